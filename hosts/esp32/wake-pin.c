/*
 * Inputs that wake the processor from light sleep, and lines that are pulled low or let go, for wake-pin.ts. An edge does not wake it; a level does (ESP-IDF v6.0, "Sleep Modes", GPIO
 * wake-up), but interrupts for as long as it stands. So each pin waits for the level that it does not have: as soon as that is there, its
 * interrupt is off until JavaScript was told, and then it waits for the other one. Names: driver/gpio.h; xsHost.h of SDK 8.2.3.
 */
#include "xsmc.h"
#include "xsHost.h"
#include "mc.xs.h"
#include "driver/gpio.h"

/* Two sensors, a button, and two lines of a bus that is clocked free. */
#define PINS 5
#define RISING 1
#define FALLING 2
#define PULL_UP 1
#define PULL_DOWN 2
#define OPEN_DRAIN 9

typedef struct {
	xsMachine *the;
	xsSlot owner;
	uint8_t pin;
	uint8_t edges;
	/* Seen last: it waits for the other. */
	uint8_t level;
	uint8_t isOpen;
	/* On its way to JavaScript. */
	volatile uint8_t isPosted;
	/* There was no room to tell of it: its interrupt is off. */
	volatile uint8_t isMissed;
} WakePin;

static WakePin pins[PINS];

static void arm(WakePin *it)
{
	it->isMissed = 0;
	it->level = gpio_get_level(it->pin);
	gpio_wakeup_enable(it->pin, it->level ? GPIO_INTR_LOW_LEVEL : GPIO_INTR_HIGH_LEVEL);
	gpio_intr_enable(it->pin);
}

static void deliver(void *machine, void *refcon, uint8_t *message, uint16_t messageLength)
{
	WakePin *it = refcon;

	(void)machine, (void)message, (void)messageLength;
	it->isPosted = 0;
	if (!it->isOpen)
		return;
	it->level = !it->level;
	if (it->edges & (it->level ? RISING : FALLING)) {
		xsBeginHost(it->the);
			xsCall0(it->owner, xsID_onReadable);
		xsEndHost(it->the);
	}
	if (it->isOpen)
		arm(it);
	for (int i = 0; i < PINS; i++)
		if (pins[i].isOpen && pins[i].isMissed)
			arm(&pins[i]);
}

static void onLevel(void *refcon)
{
	WakePin *it = refcon;

	gpio_intr_disable(it->pin);
	it->isPosted = 1;
	if (modMessagePostToMachineFromISR(it->the, deliver, it)) {
		it->isPosted = 0;
		it->isMissed = 1;
	}
}

/* (pin, mode, edges, first level of an output), called on the object whose onReadable is told of the edges → what read and close call it. */
void xs_patella_wake_pin_open(xsMachine *the)
{
	int pin = xsmcToInteger(xsArg(0));
	int mode = xsmcToInteger(xsArg(1));
	int pulls = OPEN_DRAIN == mode ? 0 : mode;
	WakePin *it = NULL;
	gpio_config_t config;

	if (pin < 0 || !GPIO_IS_VALID_GPIO(pin))
		xsRangeError("wake pin: no such pin");
	for (int i = PINS; i-- > 0;) {
		if (pins[i].isOpen && pins[i].pin == pin)
			xsUnknownError("wake pin: in use");
		if (!pins[i].isOpen && !pins[i].isPosted)
			it = &pins[i];
	}
	if (!it)
		xsUnknownError("wake pin: none left");
	config = (gpio_config_t) {
		.pin_bit_mask = 1ull << pin,
		.mode = OPEN_DRAIN == mode ? GPIO_MODE_INPUT_OUTPUT_OD : GPIO_MODE_INPUT,
		.pull_up_en = (pulls & PULL_UP) ? GPIO_PULLUP_ENABLE : GPIO_PULLUP_DISABLE,
		.pull_down_en = (pulls & PULL_DOWN) ? GPIO_PULLDOWN_ENABLE : GPIO_PULLDOWN_DISABLE,
		.intr_type = GPIO_INTR_DISABLE,
	};
	if (OPEN_DRAIN == mode)
		gpio_set_level(pin, xsmcToInteger(xsArg(3)));	/* before it drives the line */
	if (gpio_config(&config))
		xsUnknownError("wake pin: refused by ESP-IDF");

	it->the = the;
	it->owner = xsThis;
	it->pin = pin;
	it->edges = xsmcToInteger(xsArg(2));
	it->isOpen = 1;
	it->isMissed = 0;
	xsRemember(it->owner);
	if (it->edges) {
		gpio_install_isr_service(0);	/* may be there already: the SDK's Digital asks for it too */
		gpio_isr_handler_add(pin, onLevel, it);
		arm(it);
	}
	xsmcSetInteger(xsResult, it - pins);
}

/* (number of it) → 0 or 1 */
void xs_patella_wake_pin_read(xsMachine *the)
{
	WakePin *it = &pins[xsmcToInteger(xsArg(0))];

	xsmcSetInteger(xsResult, gpio_get_level(it->pin));
	if (it->isMissed)
		arm(it);
}

/* (number of it, level): low, or let go. */
void xs_patella_wake_pin_write(xsMachine *the)
{
	gpio_set_level(pins[xsmcToInteger(xsArg(0))].pin, xsmcToInteger(xsArg(1)));
}

/* (number of it). A message that is on its way finds it closed. */
void xs_patella_wake_pin_close(xsMachine *the)
{
	WakePin *it = &pins[xsmcToInteger(xsArg(0))];

	if (it->edges) {
		gpio_intr_disable(it->pin);
		gpio_wakeup_disable(it->pin);
		gpio_isr_handler_remove(it->pin);
	}
	gpio_reset_pin(it->pin);
	it->isOpen = 0;
	xsForget(it->owner);
}
