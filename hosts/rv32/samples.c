#include "samples.h"

#include <stdlib.h>

#include "xsmc.h"

enum { AXES = 6 };

static int16_t* samples;
static uint32_t sample_count;
/* The one after it. */
static uint32_t next;

void samples_load(uint8_t* bytes, uint32_t length)
{
	free(samples);
	samples = (int16_t*)bytes;
	sample_count = length / (AXES * sizeof *samples);
	next = 0;
}

void xs_next_sample(xsMachine* the)
{
	xsmcSetBoolean(xsResult, next < sample_count);
	next++;
}

void xs_sample_axis(xsMachine* the)
{
	xsmcSetInteger(xsResult, samples[(next - 1) * AXES + xsmcToInteger(xsArg(0))]);
}
