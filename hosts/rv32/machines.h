/*
 * Three XS machines. The bundle runs in the first, which is then shared: what it made is what the chip has in flash, built-ins and
 * preloaded modules. The board and the firmware are clones of it: what they make is RAM, the firmware's in an arena of its own.
 */
#ifndef RV32_MACHINES_H
#define RV32_MACHINES_H

#include <stdint.h>

#include "xs.h"

extern xsMachine* flash_machine;
extern xsMachine* board_machine;
extern xsMachine* firmware_machine;

void machines_boot(void);
/* Runs a script in the machine that will be flash. */
void machines_evaluate(const uint8_t* script, uint32_t length);
/* Nothing in flash changes from here on; the clones begin. */
void machines_seal(uint32_t firmware_bytes);
/* Hands `frame` to the machine's globalThis.handleBoard or handleFirmware, and sends what that answers. */
void machines_command_board(const uint8_t* frame, uint32_t length);
void machines_command_firmware(const uint8_t* frame, uint32_t length);
void machines_collect(xsMachine* machine);

/* XS cannot go on: says so to the bench and ends. */
void machine_died(const char* why, int status) __attribute__((noreturn));

#endif
