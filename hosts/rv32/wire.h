/* Frames between the bench and this core, through two pipes by semihosting: order or status (1 byte), u32 length, payload. */
#ifndef RV32_WIRE_H
#define RV32_WIRE_H

#include <stddef.h>
#include <stdint.h>

/* A line that the guest printed comes before the answer. */
enum { WIRE_OK = '.', WIRE_FAILED = '!', WIRE_PRINTED = 'p' };

/* Waits for a frame. The payload is the caller's to free and ends with a zero byte that `length` does not count. */
char wire_receive(uint8_t** payload, uint32_t* length);
void wire_send(char status, const void* payload, uint32_t length);

#endif
