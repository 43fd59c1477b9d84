/* Raw samples for the motion pipeline on its own, kept outside of XS: six int16 each, gyro x y z, accelerometer x y z. */
#ifndef RV32_SAMPLES_H
#define RV32_SAMPLES_H

#include <stdint.h>

#include "xs.h"

/* Takes the buffer over. */
void samples_load(uint8_t* bytes, uint32_t length);

/* nextSample(): whether there is one more. sampleAxis(axis): a number of it. */
void xs_next_sample(xsMachine* the);
void xs_sample_axis(xsMachine* the);

#endif
