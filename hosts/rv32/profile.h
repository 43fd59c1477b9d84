/* Instructions by JavaScript function: what is spent between the calls that an instrumented bundle makes at a function's ends. */
#ifndef RV32_PROFILE_H
#define RV32_PROFILE_H

#include <stdint.h>

#include "xs.h"

typedef struct {
	uint32_t calls;
	/* Calls that it made to other functions of the profile. */
	uint32_t called;
	/* Between its own calls of the profiler, the functions that it called left out. */
	uint64_t instructions;
} profile_entry;

/* profileEnter(function): it begins. profileLeave(value): it ends and gives `value`. */
void xs_profile_enter(xsMachine* the);
void xs_profile_leave(xsMachine* the);

/* By function; forgets them when asked for the next time something is entered. */
const profile_entry* profile_take(uint32_t* count);

#endif
