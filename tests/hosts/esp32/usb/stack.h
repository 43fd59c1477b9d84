/*
 * What usb-console.c has under it on the chip, for a desktop: of XS, three arguments, a result, calls and the queue of messages; of FreeRTOS, one task, which runs until
 * it waits for bytes that are not there; of ESP-IDF, the driver, whose buffer takes a piece whole or not at all (usb_serial_jtag.c, on a ring of bytes).
 */
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct { int integer; void *bytes; unsigned length; const char *name; int isRemembered; } xsSlot;
typedef unsigned xsUnsignedValue;
typedef struct { xsSlot arguments[3]; xsSlot result; } xsMachine;
typedef void (*modMessageDeliver)(void *the, void *refcon, uint8_t *message, uint16_t messageLength);

#define xsArg(index) the->arguments[index]
#define xsResult the->result
#define xsmcToInteger(slot) ((slot).integer)
#define xsmcSetInteger(slot, value) ((slot).integer = (value))
#define xsmcSetArrayBuffer(slot, data, size) ((slot).bytes = (data), (slot).length = (size))
#define xsmcGetBufferReadable(slot, data, size) (*(data) = (slot).bytes, *(size) = (slot).length)
#define xsRangeError(message) do { puts("RangeError: " message); return; } while (0)
#define xsBeginHost(the) {
#define xsEndHost(the) }
#define xsRemember(slot) ((slot).isRemembered = 1)
#define xsForget(slot) ((slot).isRemembered = 0)
#define xsCallFunction1(function, self, argument) \
	printf("%s: %s%s(%.*s)\n", (function).isRemembered && (self).isRemembered ? "call" : "call of garbage", (self).name, \
		(function).name, (int)(argument).length, (const char *)(argument).bytes)

#define MESSAGES 4
static struct { xsMachine *the; uint8_t bytes[64]; uint16_t length; modMessageDeliver callback; } queue[MESSAGES];
static int queued;

static int modMessagePostToMachine(xsMachine *the, uint8_t *message, uint16_t length, modMessageDeliver callback, void *refcon)
{
	(void)refcon;
	if (queued == MESSAGES)
		return -2;
	queue[queued].the = the;
	memcpy(queue[queued].bytes, message, length);
	queue[queued].length = length;
	queue[queued++].callback = callback;
	return 0;
}

static void runMessages(void)
{
	for (int i = 0; i < queued; i++)
		queue[i].callback(queue[i].the, NULL, queue[i].bytes, queue[i].length);
	queued = 0;
}

#define pdPASS 1
#define portMAX_DELAY 0xffffffff
typedef void (*TaskFunction)(void *);
static TaskFunction task;
static int hasNoMemory;
static jmp_buf waiting;

static int xTaskCreate(TaskFunction function, const char *name, int stack, void *parameter, int priority, void *handle)
{
	(void)name, (void)stack, (void)parameter, (void)priority, (void)handle;
	if (hasNoMemory)
		return 0;
	task = function;
	return pdPASS;
}

/* The machine has its turn while the task waits. */
static void vTaskDelay(int ticks)
{
	(void)ticks;
	puts("task waits for the machine");
	runMessages();
}

static void runTask(void)
{
	if (task && 0 == setjmp(waiting))
		task(NULL);
}

typedef int esp_err_t;
#define ESP_OK 0
#define ESP_ERR_NO_MEM 0x101
#define ESP_ERR_INVALID_STATE 0x103
typedef struct { uint32_t tx_buffer_size; uint32_t rx_buffer_size; } usb_serial_jtag_driver_config_t;
static int driverInstalled;
static unsigned roomBytes;
static char incoming[1024];
static unsigned incomingAt, incomingLength;
static char sent[4096];
static unsigned sentLength;

static esp_err_t usb_serial_jtag_driver_install(usb_serial_jtag_driver_config_t *config)
{
	if (driverInstalled)
		return ESP_ERR_INVALID_STATE;
	driverInstalled = 1;
	roomBytes = config->tx_buffer_size;
	return ESP_OK;
}

static esp_err_t usb_serial_jtag_driver_uninstall(void)
{
	driverInstalled = 0;
	return ESP_OK;
}

static int usb_serial_jtag_read_bytes(void *buffer, uint32_t length, uint32_t ticks)
{
	unsigned count = incomingLength - incomingAt < length ? incomingLength - incomingAt : length;
	if (0 == count && ticks == portMAX_DELAY)
		longjmp(waiting, 1);
	memcpy(buffer, incoming + incomingAt, count);
	incomingAt += count;
	return (int)count;
}

static int usb_serial_jtag_write_bytes(const void *bytes, size_t size, uint32_t ticks)
{
	(void)ticks;
	if (size > roomBytes)
		return 0;
	memcpy(sent + sentLength, bytes, size);
	sentLength += size;
	roomBytes -= size;
	return (int)size;
}
