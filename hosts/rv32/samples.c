#include "samples.h"

#include <stdlib.h>

#include "machines.h"
#include "meter.h"
#include "orientation.h"
#include "xsmc.h"

enum { AXES = 6 };
/* The chip's at its usual rate, 6667/64 Hz. */
static const double PERIOD_US = 1000000.0 / (6667.0 / 64);

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

const int32_t* samples_orientate(uint32_t lap_kind, uint32_t* length)
{
	static orientation orientations;
	static int is_created;
	static int32_t* ups;
	if (!is_created) orientation_create(&orientations, PERIOD_US);
	is_created = 1;
	*length = sample_count * 3 * sizeof *ups;
	ups = realloc(ups, *length);
	if (!ups) machine_died("no memory for the orientations", 1);
	for (uint32_t at = 0; at < sample_count; at++) {
		meter_begin();
		orientation_step(&orientations, &samples[at * AXES]);
		meter_end(lap_kind);
		ups[3 * at] = orientations.up.x;
		ups[3 * at + 1] = orientations.up.y;
		ups[3 * at + 2] = orientations.up.z;
	}
	return ups;
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
