/*
 * Calls between the board's machine and the firmware's: numbers, strings and bytes are copied, bytes also back; an exception goes on in
 * the caller. The firmware's work is metered while it runs for the board, and not while the board works for it.
 */
#ifndef RV32_BRIDGE_H
#define RV32_BRIDGE_H

#include "xs.h"

/* Host functions: askBoard(call, …) in the firmware's machine, askFirmware(call, …) in the board's. */
void xs_ask_board(xsMachine* the);
void xs_ask_firmware(xsMachine* the);

#endif
