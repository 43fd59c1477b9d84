#include "machines.h"
#include "meter.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 4096 };

static const void* watched;
static lap* laps;
static uint32_t lap_count;
static uint32_t lap_capacity;
static int is_taken;

static heap_figures before;
static uint32_t soft_floats_before;
static uint32_t collections_before;
/* Stretches begun and not ended. */
static uint32_t depth;
static uint32_t spent;
static uint32_t since;

void meter_watch(const void* machine)
{
	watched = machine;
}

void meter_begin(void)
{
	if (depth++ > 0) {
		meter_resume();
		return;
	}
	if (is_taken) lap_count = is_taken = 0;
	if (lap_count == lap_capacity) {
		lap_capacity = lap_capacity ? 2 * lap_capacity : FIRST_CAPACITY;
		laps = realloc(laps, lap_capacity * sizeof *laps);
		if (!laps) machine_died("no memory for more laps", 1);
	}
	heap_look(watched, &before);
	collections_before = heap_collections;
	soft_floats_before = soft_float_calls;
	spent = 0;
	since = instructions_now();
}

void meter_pause(void)
{
	spent += instructions_now() - since;
}

void meter_resume(void)
{
	since = instructions_now();
}

void meter_end(uint32_t kind)
{
	heap_figures after;
	lap* ended = &laps[lap_count];
	meter_pause();
	if (--depth > 0) return;
	ended->instructions = spent;
	ended->kind = kind;
	ended->soft_floats = soft_float_calls - soft_floats_before;
	heap_look(watched, &after);
	ended->slots = after.slots - before.slots;
	ended->chunk_bytes = after.chunk_bytes - before.chunk_bytes;
	ended->collections = heap_collections - collections_before;
	lap_count++;
}

void meter_drop(void)
{
	meter_pause();
	depth--;
}

const lap* meter_take(uint32_t* count)
{
	is_taken = 1;
	*count = lap_count;
	return laps;
}
