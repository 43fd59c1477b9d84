#include "bridge.h"

#include <stdlib.h>
#include <string.h>

#include "machines.h"
#include "meter.h"
#include "xsmc.h"

/* What is called, and five arguments. */
enum { MAX_ARGUMENTS = 6, MAX_MESSAGE_BYTES = 256 };

typedef struct {
	xsType type;
	xsIntegerValue integer;
	xsNumberValue number;
	const char* string;
	void* bytes;
	xsUnsignedValue length;
} value;

static char thrown[MAX_MESSAGE_BYTES];

/* What it points to is the machine's, and moves when that collects. */
static value look(xsMachine* the, xsSlot* slot)
{
	value seen = { .type = xsmcTypeOf(*slot) };
	switch (seen.type) {
	case xsBooleanType:
		seen.integer = xsmcToBoolean(*slot);
		break;
	case xsIntegerType:
		seen.integer = xsmcToInteger(*slot);
		break;
	case xsNumberType:
		seen.number = xsmcToNumber(*slot);
		break;
	case xsStringType:
	case xsStringXType:
		seen.string = xsmcToString(*slot);
		break;
	case xsReferenceType:
		xsmcGetBufferReadable(*slot, &seen.bytes, &seen.length);
		break;
	default:
		break;
	}
	return seen;
}

static void put(xsMachine* the, const value* seen, xsSlot* slot)
{
	switch (seen->type) {
	case xsBooleanType:
		xsmcSetBoolean(*slot, seen->integer);
		break;
	case xsIntegerType:
		xsmcSetInteger(*slot, seen->integer);
		break;
	case xsNumberType:
		xsmcSetNumber(*slot, seen->number);
		break;
	case xsStringType:
	case xsStringXType:
		xsmcSetString(*slot, (char*)seen->string);
		break;
	case xsReferenceType:
		xsmcSetArrayBuffer(*slot, seen->bytes, seen->length);
		break;
	default:
		xsmcSetUndefined(*slot);
		break;
	}
}

/*
 * @param answer what globalThis of `callee` knows the answering function by
 * @return whether it threw; the words are in `thrown` then
 */
static int ask(xsMachine* caller, xsMachine* callee, const char* answer, int is_metered)
{
	xsMachine* the = caller;
	int count = xsmcArgc < MAX_ARGUMENTS ? xsmcArgc : MAX_ARGUMENTS;
	xsSlot* arguments[MAX_ARGUMENTS];
	xsSlot* answered = &xsResult;
	value result;
	/* Read after a longjmp. Not shared: a call inside this one may throw, and be caught there. */
	volatile int has_thrown = 0;
	volatile int is_running = 0;
	for (int at = 0; at < count; at++) arguments[at] = &xsArg(at);
	xsBeginHost(callee);
	{
		xsmcVars(MAX_ARGUMENTS + 2);
		xsTry {
			for (int at = 0; at < count; at++) {
				value argument = look(caller, arguments[at]);
				put(the, &argument, &xsVar(at));
			}
			xsmcGet(xsVar(MAX_ARGUMENTS), xsGlobal, xsID((char*)answer));
			is_running = is_metered;
			if (is_metered) meter_begin();
			xsVar(MAX_ARGUMENTS + 1) = xsCallFunction6(xsVar(MAX_ARGUMENTS), xsGlobal, xsVar(0), xsVar(1), xsVar(2),
				xsVar(3), xsVar(4), xsVar(5));
			if (is_metered) meter_end(xsmcToInteger(xsVar(0)));
			is_running = 0;
			for (int at = 0; at < count; at++) {
				value into = look(caller, arguments[at]);
				if (into.type == xsReferenceType) {
					value from = look(the, &xsVar(at));
					memcpy(into.bytes, from.bytes, into.length);
				}
			}
			result = look(the, &xsVar(MAX_ARGUMENTS + 1));
			put(caller, &result, answered);
		}
		xsCatch {
			has_thrown = 1;
			if (is_running) meter_drop();
			strncpy(thrown, xsmcToString(xsException), MAX_MESSAGE_BYTES - 1);
		}
	}
	xsEndHost(callee);
	return has_thrown;
}

void xs_ask_board(xsMachine* the)
{
	int has_thrown;
	meter_pause();
	has_thrown = ask(the, board_machine, "answerFirmware", 0);
	meter_resume();
	if (has_thrown) xsUnknownError("%s", thrown);
}

void xs_ask_firmware(xsMachine* the)
{
	if (ask(the, firmware_machine, "answerBoard", 1)) xsUnknownError("%s", thrown);
}
