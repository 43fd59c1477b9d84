#include "machines.h"

#include <stdlib.h>
#include <string.h>

#include "bridge.h"
#include "heap.h"
#include "meter.h"
#include "profile.h"
#include "samples.h"
#include "wire.h"
#include "xsmc.h"

xsMachine* flash_machine;
xsMachine* board_machine;
xsMachine* firmware_machine;

static heap_arena firmware_arena;

/* Sizes do not matter where the machine stands for flash or for the world around the chip. */
static const xsCreation WORLD = {
	.initialChunkSize = 4 << 20,
	.incrementalChunkSize = 1 << 20,
	.initialHeapCount = 256 << 10,
	.incrementalHeapCount = 64 << 10,
	.stackCount = 4096,
	.initialKeyCount = 4096,
	.incrementalKeyCount = 256,
	.nameModulo = 127,
	.symbolModulo = 127,
	.parserBufferSize = 64 << 10,
	.parserTableModulo = 1993,
};
/*
 * Grows in small steps, so that what it has is near to what it needs. Two sensors take 483 slots of stack: the shank is read while a batch
 * of the thigh waits; past its end XS writes on without a word.
 */
static const xsCreation FIRMWARE = {
	.initialChunkSize = 1536,
	.incrementalChunkSize = 512,
	.initialHeapCount = 256,
	.incrementalHeapCount = 32,
	.stackCount = 516,
	.initialKeyCount = 32,
	.incrementalKeyCount = 16,
	.nameModulo = 127,
	.symbolModulo = 127,
	.parserBufferSize = 1024,
	.parserTableModulo = 1,
};

static void xs_print(xsMachine* the)
{
	const char* line = xsmcToString(xsArg(0));
	wire_send(WIRE_PRINTED, line, strlen(line));
}

static void xs_encode_utf8(xsMachine* the)
{
	const char* text = xsmcToString(xsArg(0));
	xsmcSetArrayBuffer(xsResult, (void*)text, strlen(text));
}

static void xs_decode_utf8(xsMachine* the)
{
	void* bytes;
	xsUnsignedValue length;
	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	xsmcSetStringBuffer(xsResult, bytes, length);
}

static void xs_lap_begin(xsMachine* the)
{
	(void)the;
	meter_begin();
}

static void xs_lap_end(xsMachine* the)
{
	meter_end(xsmcToInteger(xsArg(0)));
}

/* Marked once a collection. */
static void mark(xsMachine* the, void* data, void (*markRoot)(xsMachine*, xsSlot*))
{
	(void)the, (void)data, (void)markRoot;
	heap_collections++;
}
static const xsHostHooks COUNTER = { .marker = mark };

static void install(xsMachine* the, const char* name, xsCallback callback)
{
	xsResult = xsNewHostFunction(callback, 0);
	xsmcDefine(xsGlobal, xsID((char*)name), xsResult, xsDontEnum);
}

void machines_boot(void)
{
	flash_machine = xsCreateMachine((xsCreation*)&WORLD, "flash", NULL);
	xsBeginHost(flash_machine);
	{
		install(the, "print", xs_print);
		install(the, "encodeUtf8", xs_encode_utf8);
		install(the, "decodeUtf8", xs_decode_utf8);
		install(the, "askBoard", xs_ask_board);
		install(the, "askFirmware", xs_ask_firmware);
		install(the, "lapBegin", xs_lap_begin);
		install(the, "lapEnd", xs_lap_end);
		install(the, "profileEnter", xs_profile_enter);
		install(the, "profileLeave", xs_profile_leave);
		install(the, "nextSample", xs_next_sample);
		install(the, "sampleAxis", xs_sample_axis);
	}
	xsEndHost(flash_machine);
}

typedef enum { AS_TEXT, AS_BYTES } argument_form;

/* Calls a function of the machine's global object with `payload`, and sends the bytes that it answers. */
static void call(xsMachine* machine, const char* name, argument_form form, const uint8_t* payload, uint32_t length)
{
	xsBeginHost(machine);
	{
		xsmcVars(3);
		xsTry {
			void* answer = NULL;
			xsUnsignedValue answer_length = 0;
			xsmcGet(xsVar(0), xsGlobal, xsID((char*)name));
			if (form == AS_TEXT) xsmcSetStringBuffer(xsVar(1), (char*)payload, length);
			else xsmcSetArrayBuffer(xsVar(1), (void*)payload, length);
			xsVar(2) = xsCallFunction1(xsVar(0), xsGlobal, xsVar(1));
			if (form == AS_BYTES && xsmcTypeOf(xsVar(2)) == xsReferenceType) xsmcGetBufferReadable(xsVar(2), &answer, &answer_length);
			wire_send(WIRE_OK, answer, answer_length);
		}
		xsCatch {
			const char* text = xsmcToString(xsException);
			wire_send(WIRE_FAILED, text, strlen(text));
		}
	}
	xsEndHost(machine);
}

void machines_evaluate(const uint8_t* script, uint32_t length)
{
	call(flash_machine, "eval", AS_TEXT, script, length);
}

void machines_command_board(const uint8_t* frame, uint32_t length)
{
	call(board_machine, "handleBoard", AS_BYTES, frame, length);
}

void machines_command_firmware(const uint8_t* frame, uint32_t length)
{
	call(firmware_machine, "handleFirmware", AS_BYTES, frame, length);
}

void machines_seal(uint32_t firmware_bytes)
{
	xsShareMachine(flash_machine);
	heap_settle(flash_machine);
	board_machine = xsCloneMachine((xsCreation*)&WORLD, flash_machine, "board", NULL);
	heap_reserve(&firmware_arena, firmware_bytes);
	firmware_machine = xsCloneMachine((xsCreation*)&FIRMWARE, flash_machine, "firmware", &firmware_arena);
	meter_watch(firmware_machine);
	xsBeginHost(firmware_machine);
	{
		xsResult = xsNewHostObject(NULL);
		xsSetHostHooks(xsResult, (xsHostHooks*)&COUNTER);
		/* XS does not mark what has no data. */
		xsmcSetHostData(xsResult, &firmware_arena);
		xsmcDefine(xsGlobal, xsID("collections"), xsResult, xsDontEnum);
	}
	xsEndHost(firmware_machine);
	wire_send(WIRE_OK, NULL, 0);
}

void machines_collect(xsMachine* machine)
{
	xsBeginHost(machine);
	{
		xsCollectGarbage();
	}
	xsEndHost(machine);
}

void machine_died(const char* why, int status)
{
	wire_send(WIRE_FAILED, why, strlen(why));
	exit(status);
}
