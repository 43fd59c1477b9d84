/*
 * The memory of XS machines. The firmware's machine has an arena of its own, as the SDK gives it on the chip ("static" of a manifest's
 * creation): its stack first, chunks from below, slots from above; what does not fit is not there.
 */
#ifndef RV32_HEAP_H
#define RV32_HEAP_H

#include <stdint.h>

typedef struct {
	/* In use, garbage since the last collection included; a slot has 16 bytes. */
	uint32_t slots;
	uint32_t chunk_bytes;
	/* Most at any time. */
	uint32_t peak_slots;
	uint32_t peak_chunk_bytes;
	/* Slots of the stack that were ever used, and those that there are. */
	uint32_t stack_slots;
	uint32_t stack_limit;
	/* The machine's tables outside of the arena: keys, names, symbols, aliases. */
	uint32_t table_bytes;
	/* What its arena has given: the whole stack, slots and chunks in the steps that they grow by. */
	uint32_t reserved_bytes;
} heap_figures;

/* Memory for one machine, which is created or cloned with it as its context. */
typedef struct {
	uint8_t* low;
	uint8_t* high;
	uint32_t bytes;
} heap_arena;

void heap_reserve(heap_arena* arena, uint32_t bytes);
/*
 * Makes a shared machine's slots say that their chunks are not of the heap, as the SDK's linker does for flash. XS 13.3 leaves it out: a
 * clone that collects would move what it runs.
 */
void heap_settle(void* machine);
/* Slots and chunks: cheap. */
void heap_look(const void* machine, heap_figures* figures);
/* All of it. */
void heap_measure(const void* machine, heap_figures* figures);

/* Garbage collections of the firmware's machine (machines.c counts them). */
extern uint32_t heap_collections;

#endif
