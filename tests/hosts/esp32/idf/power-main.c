/* Runs power.c through resets and sleeps, and prints "what: outcome" for power.test.ts. */
#include "sleep.h"
#include "../../../../hosts/esp32/power.c"

#ifdef ESP32C3
	enum { BUTTON = 4, SENSOR = 5, MOTOR = 10, MOVED = 1, IS_RTC_A_FUNCTION = 0 };
#else
	enum { BUTTON = 37, SENSOR = 35, MOTOR = 26, MOVED = 0, IS_RTC_A_FUNCTION = 1 };
#endif

static void wireUp(int button, int sensor)
{
	memset(chip, 0, sizeof(chip));
	for (int pin = 0; pin < PIN_COUNT; pin++)
		chip[pin].wire = -1;
	chip[BUTTON].wire = button;
	chip[SENSOR].wire = sensor;
	chip[MOTOR].level = 1;
	wakesLow = wakesHigh = areDigitalPinsHeld = 0;
	controller = ESP_BT_CONTROLLER_STATUS_ENABLED;
}

static void sleepOf(const char *what, int button, int sensor, int motor)
{
	printf("%s: ", what);
	if (0 == setjmp(end))
		printf("error 0x%x\n", patella_sleep(button, sensor, motor, MOVED));
}

int main(void)
{
	for (resetReason = 0; resetReason < RESET_REASONS; resetReason++) {
		printf("reset %d: %d\n", resetReason, patella_wake(BUTTON, SENSOR, MOTOR));
	}
	resetReason = ESP_RST_DEEPSLEEP;
	wakeupCauses = 1 << ESP_SLEEP_WAKEUP_EXT0;
	wokenBy = 1 << 4;
	printf("by the button: %d\n", patella_wake(BUTTON, SENSOR, MOTOR));
	wakeupCauses = 1 << ESP_SLEEP_WAKEUP_EXT1;
	wokenBy = 1 << 5;
	printf("by motion: %d\n", patella_wake(BUTTON, SENSOR, MOTOR));
	wakeupCauses |= 1 << ESP_SLEEP_WAKEUP_EXT0;
	wokenBy |= 1 << 4;
	printf("by both: %d\n", patella_wake(BUTTON, SENSOR, MOTOR));

	wireUp(1, !MOVED);
	chip[BUTTON].is_rtc = chip[SENSOR].is_rtc = chip[MOTOR].is_rtc = areDigitalPinsHeld = true;
	chip[MOTOR].held = true;
	patella_wake(BUTTON, SENSOR, MOTOR);
	printf("taken back: %d %d\n", chip[MOTOR].held || areDigitalPinsHeld,
		IS_RTC_A_FUNCTION && (chip[BUTTON].is_rtc || chip[SENSOR].is_rtc || chip[MOTOR].is_rtc));
	wireUp(1, !MOVED);
	printf("without a motor: %d\n", patella_wake(BUTTON, SENSOR, NO_PIN));

	printf("light sleep: 0x%x", patella_allow_light_sleep(1));
	printf(" %d %d %d %d\n", power.min_freq_mhz, power.max_freq_mhz, power.light_sleep_enable, doPinsWake);
	printf("no light sleep: 0x%x", patella_allow_light_sleep(0));
	printf(" %d %d %d\n", power.min_freq_mhz, power.max_freq_mhz, power.light_sleep_enable);

	sleepOf("by motion or button", BUTTON, SENSOR, MOTOR);
	printf("Bluetooth: %d; other wake-ups: %d\n", controller, doPinsWake);
	wireUp(1, !MOVED);
	sleepOf("by the button alone", BUTTON, NO_PIN, MOTOR);
	wireUp(1, !MOVED);
	controller = ESP_BT_CONTROLLER_STATUS_IDLE;
	sleepOf("without motor or Bluetooth", BUTTON, SENSOR, NO_PIN);
	wireUp(0, !MOVED);
	sleepOf("the button stuck", BUTTON, SENSOR, MOTOR);
	wireUp(1, MOVED);
	sleepOf("the sensor's line stuck", BUTTON, SENSOR, MOTOR);
	wireUp(0, MOVED);
	sleepOf("both stuck", BUTTON, SENSOR, MOTOR);
	wireUp(0, !MOVED);
	sleepOf("the button pressed, and nothing else to wake by", BUTTON, NO_PIN, MOTOR);
	wireUp(1, !MOVED);
	chip[18].wire = 1;
	sleepOf("a pin that cannot wake", 18, SENSOR, MOTOR);
	printf("Bluetooth then: %d\n", controller);
#ifdef ESP32C3
	wireUp(-1, -1);
	sleepOf("no wires", BUTTON, SENSOR, MOTOR);
#endif
	return 0;
}
