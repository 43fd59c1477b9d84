/* The bench's core: takes orders over the wire until it is told to stop. What is answered is beside each order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "machines.h"
#include "meter.h"
#include "profile.h"
#include "samples.h"
#include "wire.h"

/* JSON. */
static void send_heap(void)
{
	char text[256];
	heap_figures figures;
	heap_measure(firmware_machine, &figures);
	snprintf(text, sizeof text,
		"{\"slots\":%lu,\"chunkBytes\":%lu,\"peakSlots\":%lu,\"peakChunkBytes\":%lu,\"stackSlots\":%lu,\"stackLimit\":%lu,"
		"\"tableBytes\":%lu,\"reservedBytes\":%lu,\"collections\":%lu}",
		figures.slots, figures.chunk_bytes, figures.peak_slots, figures.peak_chunk_bytes, figures.stack_slots,
		figures.stack_limit, figures.table_bytes, figures.reserved_bytes, heap_collections);
	wire_send(WIRE_OK, text, strlen(text));
}

int main(void)
{
	uint8_t* payload;
	uint32_t length;
	uint32_t bytes;
	machines_boot();
	for (;;) {
		char order = wire_receive(&payload, &length);
		switch (order) {
		case 'e': /* a script for flash: nothing */
			machines_evaluate(payload, length);
			break;
		case 's': /* flash is complete; u32, the bytes of the firmware's arena: nothing */
			memcpy(&bytes, payload, sizeof bytes);
			machines_seal(bytes);
			break;
		case 'b': /* a command for the board: its answer */
			machines_command_board(payload, length);
			break;
		case 'f': /* a command for the firmware's machine: its answer */
			machines_command_firmware(payload, length);
			break;
		case 'm': /* samples for the motion pipeline: nothing */
			samples_load(payload, length);
			payload = NULL;
			wire_send(WIRE_OK, NULL, 0);
			break;
		case 'o': { /* u32, a kind of lap: the orientation block in C over the samples; up after each, int32 x y z */
			const int32_t* ups;
			memcpy(&bytes, payload, sizeof bytes);
			ups = samples_orientate(bytes, &length);
			wire_send(WIRE_OK, ups, length);
			break;
		}
		case 'l': { /* the laps since the last time: `lap`s in a row */
			uint32_t count;
			const lap* laps = meter_take(&count);
			wire_send(WIRE_OK, laps, count * sizeof *laps);
			break;
		}
		case 'p': { /* the profile since the last time: `profile_entry`s, by function */
			uint32_t count;
			const profile_entry* entries = profile_take(&count);
			wire_send(WIRE_OK, entries, count * sizeof *entries);
			break;
		}
		case 'c': /* collects the firmware's garbage: nothing */
			machines_collect(firmware_machine);
			wire_send(WIRE_OK, NULL, 0);
			break;
		case 'h': /* the firmware's memory: JSON */
			send_heap();
			break;
		case 'q':
			wire_send(WIRE_OK, NULL, 0);
			return 0;
		default:
			wire_send(WIRE_FAILED, "no such order", strlen("no such order"));
		}
		free(payload);
	}
}
