/*
 * The USB Serial/JTAG controller of the ESP32-C3 as a console, for usb-console.ts, on ESP-IDF's driver (driver/usb_serial_jtag.h), which the SDK (8.2.3) installs
 * for its debugger only. The driver tells nobody that bytes came: a task waits for them, and hands them to the machine as a message.
 */
#include "xsmc.h"
#include "xsHost.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "driver/usb_serial_jtag.h"

/* Of the controller's FIFOs (ESP32-C3 Technical Reference Manual, "USB Serial/JTAG Controller"). */
#define PACKET_BYTES 64
/* The driver takes no smaller buffers than a packet; what comes waits in one while the machine is busy. */
#define RECEIVE_BYTES 256
#define TASK_STACK_BYTES 2048
#define TASK_PRIORITY 5
/* The machine's queue of messages is full: the driver keeps what comes meanwhile. */
#define BUSY_TICKS 2

/* Who listens: none while there is no machine. A slot that is remembered stays where it is. */
static xsMachine *listener;
static xsSlot reader;
static xsSlot taker;
static uint8_t isInstalled;

static void deliver(void *machine, void *refcon, uint8_t *message, uint16_t length)
{
	xsMachine *the = machine;

	(void)refcon;
	if (the != listener)
		return;
	xsBeginHost(the);
		xsmcSetArrayBuffer(xsResult, message, length);
		xsCallFunction1(taker, reader, xsResult);
	xsEndHost(the);
}

static void receive(void *parameter)
{
	uint8_t packet[PACKET_BYTES];

	(void)parameter;
	for (;;) {
		int length = usb_serial_jtag_read_bytes(packet, sizeof(packet), portMAX_DELAY);
		while (length > 0 && listener && 0 != modMessagePostToMachine(listener, packet, (uint16_t)length, deliver, NULL))
			vTaskDelay(BUSY_TICKS);
	}
}

/* The driver and the task stay when the console is closed: a task that waits in the driver cannot be taken away. */
static int install(int bufferBytes)
{
	usb_serial_jtag_driver_config_t config = { .tx_buffer_size = bufferBytes, .rx_buffer_size = RECEIVE_BYTES };
	esp_err_t failed = usb_serial_jtag_driver_install(&config);

	if (ESP_OK != failed)
		return failed;
	if (pdPASS != xTaskCreate(receive, "console", TASK_STACK_BYTES, NULL, TASK_PRIORITY, NULL)) {
		usb_serial_jtag_driver_uninstall();
		return ESP_ERR_NO_MEM;
	}
	isInstalled = 1;
	return ESP_OK;
}

/* (bytes that wait for the host, reader, function that takes an ArrayBuffer with it as `this`) → 0, or ESP-IDF's error. */
void xs_patella_usb_open(xsMachine *the)
{
	int failed = listener ? ESP_ERR_INVALID_STATE : ESP_OK;

	if (!failed && !isInstalled)
		failed = install(xsmcToInteger(xsArg(0)));
	if (!failed) {
		reader = xsArg(1);
		taker = xsArg(2);
		xsRemember(reader);
		xsRemember(taker);
		listener = the;
	}
	xsmcSetInteger(xsResult, failed);
}

/* (bytes, from, to) → how many of them the driver took. Its buffer takes a piece whole or not at all. */
void xs_patella_usb_write(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue length;
	int from = xsmcToInteger(xsArg(1));
	int to = xsmcToInteger(xsArg(2));
	int at = from;

	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	if (from < 0 || to < from || (xsUnsignedValue)to > length)
		xsRangeError("console: not within the bytes");
	while (at < to) {
		int piece = to - at < PACKET_BYTES ? to - at : PACKET_BYTES;
		int taken = usb_serial_jtag_write_bytes((uint8_t *)bytes + at, piece, 0);
		if (taken <= 0)
			break;
		at += taken;
	}
	xsmcSetInteger(xsResult, at - from);
}

/* () Nobody listens any more. */
void xs_patella_usb_close(xsMachine *the)
{
	if (the != listener)
		return;
	listener = NULL;
	xsForget(reader);
	xsForget(taker);
}
