/*
 * What a stretch of the firmware's work cost: retired instructions, XS memory taken, calls to soft-float routines. A stretch is begun and
 * ended by the bridge or by the firmware's bench; while the firmware asks its board for something, it is paused. One that the board begins
 * meanwhile is part of it. The meter's own instructions are not in it, but for the few around its reading of the counter.
 */
#ifndef RV32_METER_H
#define RV32_METER_H

#include <stdint.h>

#include "heap.h"

typedef struct {
	uint32_t kind;
	uint32_t instructions;
	/* Taken meanwhile; meaningless when garbage was collected. */
	uint32_t slots;
	uint32_t chunk_bytes;
	uint32_t soft_floats;
	uint32_t collections;
} lap;

/* RV32 `rdinstret`, as a number: the assembler wants zicsr for the name, and with it another library. */
static inline uint32_t instructions_now(void)
{
	uint32_t count;
	__asm__ volatile(".insn i 0x73, 2, %0, x0, -1022" : "=r"(count) : : "memory");
	return count;
}

/* Of the machine that is metered. */
void meter_watch(const void* machine);
void meter_begin(void);
void meter_pause(void);
void meter_resume(void);
void meter_end(uint32_t kind);
/* In place of the end: the work threw. */
void meter_drop(void);

/* The laps so far, and forgets them with the next meter_begin. */
const lap* meter_take(uint32_t* count);

/* Counted by soft-float.c. */
extern uint32_t soft_float_calls;

#endif
