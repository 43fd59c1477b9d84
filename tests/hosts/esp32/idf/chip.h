/*
 * What power.c, wake-pin.c and device-id.c have under them on a chip, for a desktop: pins, sleep, reset reasons of ESP-IDF v6.0 with its names,
 * prototypes and refusals (driver/gpio.h, driver/rtc_io.h, esp_sleep.h, esp_pm.h, esp_bt.h, esp_system.h, esp_mac.h; soc_caps.h of both chips).
 * ESP32C3 or ESP32 says which chip.
 */
#include <assert.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ 160
#define ESP_OK 0
#define ESP_ERR_INVALID_ARG 0x102
#define ESP_ERR_INVALID_STATE 0x103
#define ESP_ERR_NOT_SUPPORTED 0x106
#define ESP_ERR_NOT_ALLOWED 0x10d

typedef int esp_err_t;
typedef int gpio_num_t;
typedef enum { GPIO_INTR_DISABLE, GPIO_INTR_POSEDGE, GPIO_INTR_NEGEDGE, GPIO_INTR_ANYEDGE, GPIO_INTR_LOW_LEVEL, GPIO_INTR_HIGH_LEVEL } gpio_int_type_t;
typedef enum { GPIO_MODE_DISABLE, GPIO_MODE_INPUT, GPIO_MODE_OUTPUT, GPIO_MODE_INPUT_OUTPUT_OD } gpio_mode_t;
typedef enum { GPIO_PULLUP_ONLY, GPIO_PULLDOWN_ONLY, GPIO_PULLUP_PULLDOWN, GPIO_FLOATING } gpio_pull_mode_t;
typedef enum { GPIO_PULLUP_DISABLE, GPIO_PULLUP_ENABLE } gpio_pullup_t;
typedef enum { GPIO_PULLDOWN_DISABLE, GPIO_PULLDOWN_ENABLE } gpio_pulldown_t;
typedef struct {
	uint64_t pin_bit_mask;
	gpio_mode_t mode;
	gpio_pullup_t pull_up_en;
	gpio_pulldown_t pull_down_en;
	gpio_int_type_t intr_type;
} gpio_config_t;
typedef void (*gpio_isr_t)(void *arg);

#ifdef ESP32C3
	#define SOC_GPIO_SUPPORT_HP_PERIPH_PD_SLEEP_WAKEUP 1
	#define GPIO_IS_VALID_GPIO(pin) ((pin) <= 21)
	#define GPIO_IS_VALID_OUTPUT_GPIO(pin) GPIO_IS_VALID_GPIO(pin)
	#define WAKES_FROM_DEEP_SLEEP 0x3fULL
#else
	#define SOC_PM_SUPPORT_EXT0_WAKEUP 1
	#define SOC_PM_SUPPORT_EXT1_WAKEUP 1
	#define SOC_RTCIO_INPUT_OUTPUT_SUPPORTED 1
	#define GPIO_IS_VALID_GPIO(pin) ((pin) <= 39 && (pin) != 20 && (pin) != 24 && ((pin) < 28 || (pin) > 31))
	#define GPIO_IS_VALID_OUTPUT_GPIO(pin) (GPIO_IS_VALID_GPIO(pin) && (pin) < 34)
	/* 0, 2, 4, 12 to 15, 25 to 27, 32 to 39 */
	#define WAKES_FROM_DEEP_SLEEP 0xff0e00f015ULL
#endif
#define PIN_COUNT 40

static struct pin {
	/* What the wire drives it to; -1: nothing does, and its resistor decides. */
	int wire;
	gpio_mode_t mode;
	int level;
	bool pulled_up, pulled_down, held, is_rtc;
	gpio_int_type_t interrupt;
	bool interrupts, wakes_from_light_sleep;
	gpio_isr_t handler;
	void *argument;
} chip[PIN_COUNT];

static struct pin *pinOf(gpio_num_t pin)
{
	assert(pin >= 0 && pin < PIN_COUNT && GPIO_IS_VALID_GPIO(pin));
	return &chip[pin];
}

static int gpio_get_level(gpio_num_t pin)
{
	struct pin *it = pinOf(pin);
	if ((it->mode != GPIO_MODE_INPUT && it->mode != GPIO_MODE_INPUT_OUTPUT_OD) || it->is_rtc)
		return 0;
	if (it->mode == GPIO_MODE_INPUT_OUTPUT_OD && it->level == 0)
		return 0;
	return it->wire >= 0 ? it->wire : it->pulled_up;
}

static esp_err_t gpio_set_level(gpio_num_t pin, uint32_t level)
{
	pinOf(pin)->level = level;
	return ESP_OK;
}
