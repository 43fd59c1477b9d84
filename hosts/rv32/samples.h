/* Raw samples for the motion pipeline on its own, kept outside of XS: six int16 each, gyro x y z, accelerometer x y z. */
#ifndef RV32_SAMPLES_H
#define RV32_SAMPLES_H

#include <stdint.h>

#include "xs.h"

/* Takes the buffer over. */
void samples_load(uint8_t* bytes, uint32_t length);

/* The orientation block in C over all of them, a lap each; up after each, int32 x y z in a row. */
const int32_t* samples_orientate(uint32_t lap_kind, uint32_t* length);

/* nextSample(): whether there is one more. sampleAxis(axis): a number of it. */
void xs_next_sample(xsMachine* the);
void xs_sample_axis(xsMachine* the);

#endif
