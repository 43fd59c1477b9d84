/*
 * Interrupts of the pins of chip.h, and of XS what wake-pin.c uses: arguments, a result, an object whose onReadable is called, and the queue of
 * messages from an interrupt to JavaScript (xsHost.h of SDK 8.2.3), which has room for so many and no more.
 */
#include <stdlib.h>
#include "chip.h"

typedef int xsSlot;
typedef struct { int arguments[4]; int result; xsSlot receiver; } xsMachine;
typedef void (*modMessageDeliver)(void *the, void *refcon, uint8_t *message, uint16_t messageLength);

#define QUEUE_LENGTH 3
#define xsID_onReadable 7
#define xsArg(index) the->arguments[index]
#define xsThis the->receiver
#define xsResult the->result
#define xsmcToInteger(slot) (slot)
#define xsmcSetInteger(slot, value) ((slot) = (value))
#define xsRangeError(message) longjmp(thrown, 1)
#define xsUnknownError(message) longjmp(thrown, 1)
#define xsRemember(slot) (remembered++)
#define xsForget(slot) (remembered--)
#define xsBeginHost(machine) { xsMachine *the = machine; (void)the
#define xsEndHost(machine) }
#define xsCall0(slot, id) callOnReadable(slot, id)

static jmp_buf thrown;
static int remembered;
static void callOnReadable(xsSlot receiver, int id);
static struct { modMessageDeliver deliver; void *refcon; } queue[QUEUE_LENGTH];
static int queued, interrupts;
/* An output began by pulling its line low. */
static bool wasPulledLow;

static int modMessagePostToMachineFromISR(xsMachine *the, modMessageDeliver deliver, void *refcon)
{
	assert(the);
	if (queued == QUEUE_LENGTH)
		return -1;
	queue[queued].deliver = deliver;
	queue[queued++].refcon = refcon;
	return 0;
}

/* JavaScript has time for what is waiting now. */
static void serviceMessages(void)
{
	for (int count = queued; count > 0; count--) {
		modMessageDeliver deliver = queue[0].deliver;
		void *refcon = queue[0].refcon;
		memmove(queue, queue + 1, sizeof(queue[0]) * --queued);
		deliver(NULL, refcon, NULL, 0);
	}
}

/* A level interrupts for as long as it stands and nobody turned it off. */
static void look(void)
{
	for (int pin = 0; pin < PIN_COUNT; pin++) {
		struct pin *it = &chip[pin];
		while (it->interrupts && it->handler && it->interrupt == (gpio_get_level(pin) ? GPIO_INTR_HIGH_LEVEL : GPIO_INTR_LOW_LEVEL)) {
			assert(++interrupts < 1000);
			it->handler(it->argument);
		}
	}
}

/* In light sleep; waking by the pin's level, which the sleeping chip compares, not by an edge. */
static bool wakesUp(gpio_num_t pin)
{
	struct pin *it = pinOf(pin);
	return it->wakes_from_light_sleep && it->interrupt == (gpio_get_level(pin) ? GPIO_INTR_HIGH_LEVEL : GPIO_INTR_LOW_LEVEL);
}

static esp_err_t gpio_config(const gpio_config_t *config)
{
	for (int pin = 0; pin < PIN_COUNT; pin++)
		if ((config->pin_bit_mask >> pin) & 1) {
			if (config->mode == GPIO_MODE_INPUT_OUTPUT_OD && chip[pin].level == 0)
				wasPulledLow = true;
			if (!GPIO_IS_VALID_OUTPUT_GPIO(pin) && (config->pull_up_en || config->pull_down_en))
				return ESP_ERR_INVALID_ARG;
			chip[pin].mode = config->mode;
			chip[pin].pulled_up = config->pull_up_en;
			chip[pin].pulled_down = config->pull_down_en;
			chip[pin].interrupt = config->intr_type;
			chip[pin].interrupts = config->intr_type != GPIO_INTR_DISABLE;
		}
	return ESP_OK;
}
static esp_err_t gpio_wakeup_enable(gpio_num_t pin, gpio_int_type_t type)
{
	assert(type == GPIO_INTR_LOW_LEVEL || type == GPIO_INTR_HIGH_LEVEL);
	pinOf(pin)->interrupt = type;
	pinOf(pin)->wakes_from_light_sleep = true;
	return ESP_OK;
}
static esp_err_t gpio_wakeup_disable(gpio_num_t pin) { pinOf(pin)->wakes_from_light_sleep = false; return ESP_OK; }
static esp_err_t gpio_intr_enable(gpio_num_t pin) { pinOf(pin)->interrupts = true; look(); return ESP_OK; }
static esp_err_t gpio_intr_disable(gpio_num_t pin) { pinOf(pin)->interrupts = false; return ESP_OK; }
static esp_err_t gpio_install_isr_service(int flags)
{
	static bool isThere;
	assert(flags == 0);
	if (isThere)
		return ESP_ERR_INVALID_STATE;
	return (isThere = true, ESP_OK);
}
static esp_err_t gpio_isr_handler_add(gpio_num_t pin, gpio_isr_t handler, void *argument)
{
	pinOf(pin)->handler = handler;
	pinOf(pin)->argument = argument;
	return ESP_OK;
}
static esp_err_t gpio_isr_handler_remove(gpio_num_t pin) { pinOf(pin)->handler = NULL; return ESP_OK; }
static esp_err_t gpio_reset_pin(gpio_num_t pin)
{
	chip[pin].mode = GPIO_MODE_DISABLE;
	return ESP_OK;
}
