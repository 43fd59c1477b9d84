/* Reset, Bluetooth, light and deep sleep of the chip of chip.h, for power.c. */
#include "chip.h"

typedef enum {
	ESP_RST_UNKNOWN, ESP_RST_POWERON, ESP_RST_EXT, ESP_RST_SW, ESP_RST_PANIC, ESP_RST_INT_WDT, ESP_RST_TASK_WDT, ESP_RST_WDT,
	ESP_RST_DEEPSLEEP, ESP_RST_BROWNOUT, ESP_RST_SDIO, ESP_RST_USB, ESP_RST_JTAG, ESP_RST_EFUSE, ESP_RST_PWR_GLITCH, ESP_RST_CPU_LOCKUP,
	RESET_REASONS
} esp_reset_reason_t;
typedef enum { ESP_SLEEP_WAKEUP_UNDEFINED, ESP_SLEEP_WAKEUP_ALL, ESP_SLEEP_WAKEUP_EXT0, ESP_SLEEP_WAKEUP_EXT1 } esp_sleep_source_t;
typedef enum { ESP_EXT1_WAKEUP_ALL_LOW, ESP_EXT1_WAKEUP_ANY_HIGH } esp_sleep_ext1_wakeup_mode_t;
typedef enum { ESP_GPIO_WAKEUP_GPIO_LOW, ESP_GPIO_WAKEUP_GPIO_HIGH } esp_sleep_gpio_wake_up_mode_t;
typedef enum { ESP_BT_CONTROLLER_STATUS_IDLE, ESP_BT_CONTROLLER_STATUS_INITED, ESP_BT_CONTROLLER_STATUS_ENABLED } esp_bt_controller_status_t;
typedef struct { int max_freq_mhz; int min_freq_mhz; bool light_sleep_enable; } esp_pm_config_t;

static esp_reset_reason_t resetReason = ESP_RST_POWERON;
static uint32_t wakeupCauses;
static uint64_t wokenBy;
static esp_bt_controller_status_t controller = ESP_BT_CONTROLLER_STATUS_IDLE;
static uint64_t wakesLow, wakesHigh;
static bool areDigitalPinsHeld, doPinsWake;
static esp_pm_config_t power;
static jmp_buf end;

static esp_reset_reason_t esp_reset_reason(void) { return resetReason; }
#ifndef ESP32C3
static uint32_t esp_sleep_get_wakeup_causes(void) { return wakeupCauses; }
static bool rtc_gpio_is_valid_gpio(gpio_num_t pin) { return (WAKES_FROM_DEEP_SLEEP >> pin) & 1; }
static esp_err_t rtc_gpio_deinit(gpio_num_t pin)
{
	if (!rtc_gpio_is_valid_gpio(pin))
		return ESP_ERR_INVALID_ARG;
	pinOf(pin)->is_rtc = false;
	return ESP_OK;
}
#else
static uint64_t esp_sleep_get_gpio_wakeup_status(void) { return wokenBy; }
#endif

static esp_bt_controller_status_t esp_bt_controller_get_status(void) { return controller; }
static esp_err_t esp_bt_controller_disable(void)
{
	assert(controller == ESP_BT_CONTROLLER_STATUS_ENABLED);
	controller = ESP_BT_CONTROLLER_STATUS_INITED;
	return ESP_OK;
}

static esp_err_t gpio_set_direction(gpio_num_t pin, gpio_mode_t mode)
{
	if (mode == GPIO_MODE_OUTPUT && !GPIO_IS_VALID_OUTPUT_GPIO(pin))
		return ESP_ERR_INVALID_ARG;
	pinOf(pin)->mode = mode;
	return ESP_OK;
}

static esp_err_t gpio_set_pull_mode(gpio_num_t pin, gpio_pull_mode_t pull)
{
	if (!GPIO_IS_VALID_OUTPUT_GPIO(pin))
		return ESP_ERR_INVALID_ARG;
	pinOf(pin)->pulled_up = pull == GPIO_PULLUP_ONLY;
	pinOf(pin)->pulled_down = pull == GPIO_PULLDOWN_ONLY;
	return ESP_OK;
}

static esp_err_t hold(gpio_num_t pin, bool isHeld)
{
	if (!GPIO_IS_VALID_OUTPUT_GPIO(pin))
		return ESP_ERR_NOT_SUPPORTED;
	pinOf(pin)->held = isHeld;
	return ESP_OK;
}
static esp_err_t gpio_hold_en(gpio_num_t pin) { return hold(pin, true); }
static esp_err_t gpio_hold_dis(gpio_num_t pin) { return hold(pin, false); }
static void gpio_deep_sleep_hold_en(void) { areDigitalPinsHeld = true; }
static void gpio_deep_sleep_hold_dis(void) { areDigitalPinsHeld = false; }

static esp_err_t esp_sleep_disable_wakeup_source(esp_sleep_source_t source)
{
	assert(source == ESP_SLEEP_WAKEUP_ALL);
	wakesLow = wakesHigh = doPinsWake = 0;
	return ESP_OK;
}
static esp_err_t esp_sleep_enable_gpio_wakeup(void)
{
	doPinsWake = true;
	return ESP_OK;
}
static esp_err_t wakeAt(uint64_t pins, bool isHigh)
{
	if (pins & ~WAKES_FROM_DEEP_SLEEP)
		return ESP_ERR_INVALID_ARG;
	*(isHigh ? &wakesHigh : &wakesLow) |= pins;
	return ESP_OK;
}
#ifndef ESP32C3
static esp_err_t esp_sleep_enable_ext0_wakeup(gpio_num_t pin, int level) { return wakeAt(1ULL << pin, level); }
static esp_err_t esp_sleep_enable_ext1_wakeup_io(uint64_t pins, esp_sleep_ext1_wakeup_mode_t mode)
{
	static uint64_t ext1;
	ext1 = pins;
	assert(mode == ESP_EXT1_WAKEUP_ANY_HIGH || (ext1 & (ext1 - 1)) == 0);	/* all low, of more than one, is another thing */
	return wakeAt(pins, mode == ESP_EXT1_WAKEUP_ANY_HIGH);
}
#else
static esp_err_t esp_sleep_enable_gpio_wakeup_on_hp_periph_powerdown(uint64_t pins, esp_sleep_gpio_wake_up_mode_t mode)
{
	return wakeAt(pins, mode == ESP_GPIO_WAKEUP_GPIO_HIGH);
}
#endif

static esp_err_t esp_pm_configure(const void *config)
{
	power = *(const esp_pm_config_t *)config;
	return power.min_freq_mhz > power.max_freq_mhz ? ESP_ERR_INVALID_ARG : ESP_OK;
}

static void printPins(uint64_t pins)
{
	for (int pin = 0; pin < PIN_COUNT; pin++)
		if ((pins >> pin) & 1)
			printf(" %d", pin);
}

/* Refused while a line that would wake it stands. */
static esp_err_t esp_deep_sleep_try_to_start(void)
{
	assert(controller != ESP_BT_CONTROLLER_STATUS_ENABLED);
	for (int pin = 0; pin < PIN_COUNT; pin++)
		if ((((wakesLow | wakesHigh) >> pin) & 1) && gpio_get_level(pin) == (int)((wakesHigh >> pin) & 1))
			return ESP_ERR_INVALID_STATE;
	printf("asleep; low:");
	printPins(wakesLow);
	printf("; high:");
	printPins(wakesHigh);
	printf("; held:");
	for (int pin = 0; pin < PIN_COUNT; pin++)
		if (chip[pin].held && areDigitalPinsHeld)
			printf(" %d at %d", pin, chip[pin].level);
	puts("");
	longjmp(end, 1);
}

static void __attribute__((noreturn)) esp_restart(void)
{
	puts("restarted");
	longjmp(end, 1);
}
