#include "wire.h"

#include <semihost.h>
#include <stdlib.h>
#include <string.h>

/* Named pipes in the folder that QEMU was started in. The modes are the semihosting specification's "rb" and "wb". */
static const char ORDERS[] = "orders";
static const char ANSWERS[] = "answers";
enum { MODE_READ_BINARY = 1, MODE_WRITE_BINARY = 5, HEADER_BYTES = 5 };

static int input = -1;
static int output = -1;

static void read_all(uint8_t* into, uint32_t length)
{
	/* SYS_READ answers how many bytes it did not read: all of them at the end. */
	while (length > 0) {
		uint32_t left = sys_semihost_read(input, into, length);
		if (left >= length) exit(1);
		into += length - left;
		length = left;
	}
}

static void write_all(const uint8_t* from, uint32_t length)
{
	/* SYS_WRITE answers how many bytes it did not write: all of them when nobody reads any more. */
	while (length > 0) {
		uint32_t left = sys_semihost_write(output, from, length);
		if (left >= length) exit(1);
		from += length - left;
		length = left;
	}
}

char wire_receive(uint8_t** payload, uint32_t* length)
{
	uint8_t header[HEADER_BYTES];
	if (input < 0) input = sys_semihost_open(ORDERS, MODE_READ_BINARY);
	read_all(header, HEADER_BYTES);
	memcpy(length, header + 1, sizeof *length);
	*payload = malloc(*length + 1);
	if (!*payload) exit(1);
	read_all(*payload, *length);
	(*payload)[*length] = 0;
	return header[0];
}

void wire_send(char status, const void* payload, uint32_t length)
{
	uint8_t header[HEADER_BYTES] = { status };
	if (output < 0) output = sys_semihost_open(ANSWERS, MODE_WRITE_BINARY);
	memcpy(header + 1, &length, sizeof length);
	write_all(header, HEADER_BYTES);
	write_all(payload, length);
}
