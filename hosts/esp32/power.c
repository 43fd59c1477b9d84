/*
 * Why the chip started, and its two sleeps, for power.ts, which calls these by the SDK's foreign-function interface. Names are those of ESP-IDF
 * v6.0: "Sleep Modes", "Power Management"; esp_system.h, esp_sleep.h, esp_pm.h, driver/gpio.h. What they return is ESP-IDF's error, 0 when there is none.
 */
#include <stdint.h>
#include "driver/gpio.h"
#include "driver/rtc_io.h"
#include "esp_bt.h"
#include "esp_pm.h"
#include "esp_sleep.h"
#include "esp_system.h"
#include "sdkconfig.h"
#include "soc/soc_caps.h"

/* For a pin that is not there, or is not to wake. */
#define NO_PIN 0xff
/* The crystal of both boards (ESP32-C3 and ESP32-PICO-D4 datasheets). The processor runs by it while nobody asks for more. */
#define CRYSTAL_MHZ 40
/* Of the button's pin. */
#define PRESSED 0

/* As src/power/port.ts has them. */
enum { WAKE_POWER, WAKE_RESET, WAKE_BROWN_OUT, WAKE_CRASH, WAKE_MOTION, WAKE_BUTTON };

static int wokenByButton(uint8_t button)
{
#if SOC_PM_SUPPORT_EXT0_WAKEUP
	(void)button;
	return 0 != (esp_sleep_get_wakeup_causes() & (1u << ESP_SLEEP_WAKEUP_EXT0));
#else
	return 0 != ((esp_sleep_get_gpio_wakeup_status() >> button) & 1);
#endif
}

/* A pin that woke the chip belongs to the part that outlives sleep, and what it was held at still holds. */
static void takeBack(uint8_t pin)
{
	if (NO_PIN == pin)
		return;
#if SOC_RTCIO_INPUT_OUTPUT_SUPPORTED
	if (rtc_gpio_is_valid_gpio(pin))
		rtc_gpio_deinit(pin);
#endif
	if (GPIO_IS_VALID_OUTPUT_GPIO(pin))
		gpio_hold_dis(pin);
}

/* (pins of button, sensor, motor) → why the chip started. Before any of the pins is used. */
uint8_t patella_wake(uint8_t button, uint8_t sensor, uint8_t motor)
{
	takeBack(button);
	takeBack(sensor);
	takeBack(motor);
	gpio_deep_sleep_hold_dis();

	switch (esp_reset_reason()) {
		case ESP_RST_DEEPSLEEP:
			return wokenByButton(button) ? WAKE_BUTTON : WAKE_MOTION;
		case ESP_RST_BROWNOUT:
		case ESP_RST_PWR_GLITCH:
			return WAKE_BROWN_OUT;
		case ESP_RST_PANIC:
		case ESP_RST_INT_WDT:
		case ESP_RST_TASK_WDT:
		case ESP_RST_WDT:
		case ESP_RST_CPU_LOCKUP:
			return WAKE_CRASH;
		case ESP_RST_SW:
		case ESP_RST_EXT:
		case ESP_RST_SDIO:
		case ESP_RST_USB:
		case ESP_RST_JTAG:
			return WAKE_RESET;
		default:
			return WAKE_POWER;
	}
}

/* From here on the processor sleeps whenever no task has anything to do and nobody holds a lock (or never); pins wake it (wake-pin.c). */
int32_t patella_allow_light_sleep(uint8_t isAllowed)
{
	esp_pm_config_t config = {
		.max_freq_mhz = CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ,
		.min_freq_mhz = isAllowed ? CRYSTAL_MHZ : CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ,
		.light_sleep_enable = isAllowed,
	};
	int32_t failed = esp_sleep_enable_gpio_wakeup();

	return failed ? failed : esp_pm_configure(&config);
}

/* Whether a line that is to wake the chip by going to `level` is there already, or is none. */
static int isThere(uint8_t pin, int level)
{
	if (NO_PIN == pin)
		return 1;
	gpio_set_direction(pin, GPIO_MODE_INPUT);
	if (GPIO_IS_VALID_OUTPUT_GPIO(pin))	/* pins that are inputs alone have no resistors (ESP32: GPIO 34 to 39) */
		gpio_set_pull_mode(pin, level ? GPIO_PULLDOWN_ONLY : GPIO_PULLUP_ONLY);
	return level == gpio_get_level(pin);
}

/* In deep sleep ESP-IDF holds a line at the level that does not wake by the pin's own resistor, where it has one. */
static int32_t wakeBy(uint8_t button, uint8_t sensor, int moved)
{
	int32_t failed = 0;

#if SOC_PM_SUPPORT_EXT0_WAKEUP
	if (NO_PIN != button)
		failed = esp_sleep_enable_ext0_wakeup(button, PRESSED);
	if (0 == failed && NO_PIN != sensor)	/* all low: of one */
		failed = esp_sleep_enable_ext1_wakeup_io(1ull << sensor, moved ? ESP_EXT1_WAKEUP_ANY_HIGH : ESP_EXT1_WAKEUP_ALL_LOW);
#else
	if (NO_PIN != button)
		failed = esp_sleep_enable_gpio_wakeup_on_hp_periph_powerdown(1ull << button, ESP_GPIO_WAKEUP_GPIO_LOW);
	if (0 == failed && NO_PIN != sensor)
		failed = esp_sleep_enable_gpio_wakeup_on_hp_periph_powerdown(1ull << sensor,
			moved ? ESP_GPIO_WAKEUP_GPIO_HIGH : ESP_GPIO_WAKEUP_GPIO_LOW);
#endif
	return failed;
}

/*
 * (pins of button, sensor and motor, level of the sensor's interrupt when it was moved) → deep sleep, with Bluetooth down first, as ESP-IDF asks, and
 * the motor's pin held low. A line that stands already, a button that is stuck, is not waited for as long as there is another. Returns only an error.
 */
int32_t patella_sleep(uint8_t button, uint8_t sensor, uint8_t motor, uint8_t moved)
{
	int isPressed = isThere(button, PRESSED);
	int isMoved = isThere(sensor, moved);
	int32_t failed;

	esp_sleep_disable_wakeup_source(ESP_SLEEP_WAKEUP_ALL);
	failed = wakeBy(isPressed && !isMoved ? NO_PIN : button, isMoved && !isPressed ? NO_PIN : sensor, moved);
	if (failed)
		return failed;

	if (ESP_BT_CONTROLLER_STATUS_ENABLED == esp_bt_controller_get_status())
		esp_bt_controller_disable();
	if (NO_PIN != motor) {
		gpio_set_direction(motor, GPIO_MODE_OUTPUT);
		gpio_set_level(motor, 0);
		gpio_hold_en(motor);
		gpio_deep_sleep_hold_en();
	}
	esp_deep_sleep_try_to_start();
	/* Refused: what was to wake it happened meanwhile. */
	esp_restart();
}
