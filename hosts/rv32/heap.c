#include "xsAll.h"

#include "heap.h"
#include "machines.h"

/* No kind of slot: what the stack has never held. */
enum { UNUSED_BYTE = 0xA5 };

uint32_t heap_collections;

void heap_reserve(heap_arena* arena, uint32_t bytes)
{
	arena->low = c_malloc(bytes);
	if (!arena->low) machine_died("no memory for the firmware's arena", 1);
	arena->high = arena->low + bytes;
	arena->bytes = bytes;
}

void* fxAllocateChunks(txMachine* the, txSize size)
{
	heap_arena* arena = the->context;
	void* chunks;
	if (!arena) return c_malloc(size);
	if (arena->high - arena->low < size) return C_NULL;
	chunks = arena->low;
	arena->low += size;
	return chunks;
}

void fxFreeChunks(txMachine* the, void* chunks)
{
	if (!the->context) c_free(chunks);
}

txSlot* fxAllocateSlots(txMachine* the, txSize count)
{
	heap_arena* arena = the->context;
	txSize size = count * sizeof(txSlot);
	if (!arena) return c_malloc(size);
	if (arena->high - arena->low < size) return C_NULL;
	arena->high -= size;
	c_memset(arena->high, UNUSED_BYTE, size);
	return (txSlot*)arena->high;
}

void fxFreeSlots(txMachine* the, void* slots)
{
	if (!the->context) c_free(slots);
}

void fxAbort(txMachine* the, int status)
{
	(void)the;
	const char* why = "XS aborts";
	if (status == XS_NOT_ENOUGH_MEMORY_EXIT) why = "memory full";
	if (status == XS_STACK_OVERFLOW_EXIT) why = "stack overflow";
	if (status == XS_NO_MORE_KEYS_EXIT) why = "not enough keys";
	if (status == XS_UNHANDLED_EXCEPTION_EXIT) why = "unhandled exception";
	machine_died(why, status);
}

void heap_settle(void* machine)
{
	txMachine* the = machine;
	for (txSlot* heap = the->firstHeap; heap; heap = heap->next)
		for (txSlot* slot = heap + 1; slot < heap->value.reference; slot++) {
			if (slot->kind == XS_STRING_KIND) slot->kind = XS_STRING_X_KIND;
			if (slot->kind == XS_BIGINT_KIND) slot->kind = XS_BIGINT_X_KIND;
			if (slot->kind == XS_CODE_KIND) slot->kind = XS_CODE_X_KIND;
			if (slot->kind == XS_KEY_KIND) slot->kind = XS_KEY_X_KIND;
		}
}

void heap_look(const void* machine, heap_figures* figures)
{
	const txMachine* the = machine;
	figures->slots = the->currentHeapCount;
	figures->chunk_bytes = the->currentChunksSize;
}

/*
 * The slots of the stack that were ever used: those above the longest run of bytes that it has never held. Below it XS keeps what it converts
 * numbers to strings with (xsdtoa.c), and gives it back.
 */
static uint32_t used_stack(const txMachine* the)
{
	const txByte* top = (const txByte*)the->stackTop;
	const txByte* used = (const txByte*)the->stackBottom;
	txSize longest = 0;
	txSize run = 0;
	for (const txByte* byte = used; byte < top; byte++) {
		run = *byte == (txByte)UNUSED_BYTE ? run + 1 : 0;
		if (run > longest) {
			longest = run;
			used = byte + 1;
		}
	}
	return (top - used + sizeof(txSlot) - 1) / sizeof(txSlot);
}

void heap_measure(const void* machine, heap_figures* figures)
{
	const txMachine* the = machine;
	const heap_arena* arena = the->context;
	heap_look(machine, figures);
	figures->peak_slots = the->peakHeapCount;
	figures->peak_chunk_bytes = the->peakChunksSize;
	figures->stack_slots = used_stack(the);
	figures->stack_limit = the->stackTop - the->stackBottom;
	figures->table_bytes = sizeof(txSlot*) * (the->keyCount - the->keyOffset + the->nameModulo + the->symbolModulo + the->aliasCount);
	figures->reserved_bytes = arena->bytes - (arena->high - arena->low);
}
