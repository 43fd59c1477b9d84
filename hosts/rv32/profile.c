#include "profile.h"

#include <string.h>

#include "machines.h"
#include "meter.h"
#include "xsmc.h"

enum { MAX_FUNCTIONS = 2048, MAX_DEPTH = 128, NOWHERE = MAX_FUNCTIONS };

/* One more, for what is not in a function of the profile. */
static profile_entry entries[MAX_FUNCTIONS + 1];
static uint32_t stack[MAX_DEPTH] = { NOWHERE };
static uint32_t depth;
static uint32_t used;
static uint32_t since;
static int is_taken;

static void charge(uint32_t now)
{
	entries[stack[depth]].instructions += now - since;
}

void xs_profile_enter(xsMachine* the)
{
	uint32_t now = instructions_now();
	uint32_t function = xsmcToInteger(xsArg(0));
	charge(now);
	if (is_taken) {
		memset(entries, 0, sizeof entries);
		is_taken = 0;
	}
	if (function >= MAX_FUNCTIONS) machine_died("the profile has room for fewer functions", 1);
	if (depth + 1 == MAX_DEPTH) machine_died("the profile has room for fewer calls inside each other", 1);
	entries[stack[depth]].called++;
	entries[function].calls++;
	if (function >= used) used = function + 1;
	stack[++depth] = function;
	since = instructions_now();
}

void xs_profile_leave(xsMachine* the)
{
	charge(instructions_now());
	xsResult = xsArg(0);
	if (depth > 0) depth--;
	since = instructions_now();
}

const profile_entry* profile_take(uint32_t* count)
{
	is_taken = 1;
	*count = used;
	return entries;
}
