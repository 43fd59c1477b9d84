/* Runs wake-pin.c through what happens on its pins, and prints "what: outcome" for wake-pin.test.ts. */
#include "pins.h"
#include "../../../../hosts/esp32/wake-pin.c"

enum { BUTTON = 4, SENSOR = 5, FOREIGN = 20 };
enum { RECEIVER = 100, REFUSED = -1 };

static char told[200];
/* What JavaScript does when it is told: reads the sensor, whose line falls. */
static bool isRead, closesWhenTold;
static int numberOf[PIN_COUNT];

static void drive(int pin, int level)
{
	chip[pin].wire = level;
	look();
}

static int openLevel;

static int openPin(int pin, int pulls, int edges)
{
	xsMachine *machine = calloc(1, sizeof(xsMachine));
	*machine = (xsMachine) { .arguments = { pin, pulls, edges, openLevel }, .receiver = RECEIVER + pin };
	if (setjmp(thrown))
		return REFUSED;
	xs_patella_wake_pin_open(machine);
	return numberOf[pin] = machine->result;
}

static int readPin(int pin)
{
	xsMachine machine = { .arguments = { numberOf[pin] } };
	xs_patella_wake_pin_read(&machine);
	return machine.result;
}

static void writePin(int pin, int level)
{
	xsMachine machine = { .arguments = { numberOf[pin], level } };
	xs_patella_wake_pin_write(&machine);
}

static void closePin(int pin)
{
	xsMachine machine = { .arguments = { numberOf[pin] } };
	xs_patella_wake_pin_close(&machine);
}

static void callOnReadable(xsSlot receiver, int id)
{
	int pin = receiver - RECEIVER;
	assert(id == xsID_onReadable && !chip[pin].interrupts);
	sprintf(told + strlen(told), " %d=%d", pin, readPin(pin));
	if (isRead)
		drive(SENSOR, 0);
	if (closesWhenTold)
		closePin(pin);
}

static void say(const char *what)
{
	printf("%s:%s\n", what, told[0] ? told : " nothing");
	told[0] = 0;
}

int main(void)
{
	for (int pin = 0; pin < PIN_COUNT; pin++)
		chip[pin].wire = -1;
	drive(SENSOR, 0);
	openPin(SENSOR, 0, RISING);
	openPin(BUTTON, PULL_UP, RISING | FALLING);
	printf("at rest: %d %d, remembered %d\n", readPin(SENSOR), readPin(BUTTON), remembered);
	serviceMessages();
	say("nothing happened");

	drive(SENSOR, 1);
	printf("asleep, the line goes high: %d\n", wakesUp(SENSOR));
	serviceMessages();
	say("rises");
	drive(SENSOR, 0);
	printf("asleep, the line falls: %d\n", wakesUp(SENSOR));
	serviceMessages();
	say("falls");
	isRead = true;
	for (int batch = 0; batch < 3; batch++) {
		drive(SENSOR, 1);
		serviceMessages();
	}
	say("three batches");
	isRead = false;
	interrupts = 0;
	drive(SENSOR, 1);
	for (int turn = 0; turn < 50; turn++)
		serviceMessages();
	say("a line that is stuck");
	printf("interrupts of it: %d\n", interrupts);
	drive(SENSOR, 0);
	serviceMessages();

	drive(BUTTON, 0);
	serviceMessages();
	drive(BUTTON, 1);
	serviceMessages();
	say("a press");
	drive(BUTTON, 0);
	drive(BUTTON, 1);
	drive(BUTTON, 0);
	drive(BUTTON, 1);
	serviceMessages();
	serviceMessages();
	say("a bounce that was over before JavaScript looked");

	for (int filler = 0; filler < QUEUE_LENGTH; filler++)
		modMessagePostToMachineFromISR((xsMachine *)1, deliver, &pins[PINS - 1]);
	drive(SENSOR, 1);
	queued = 0;
	serviceMessages();
	say("no room to tell");
	readPin(SENSOR);
	drive(SENSOR, 0);
	serviceMessages();
	drive(SENSOR, 1);
	serviceMessages();
	say("after somebody looked");
	drive(SENSOR, 0);
	serviceMessages();
	for (int filler = 0; filler < QUEUE_LENGTH; filler++)
		modMessagePostToMachineFromISR((xsMachine *)1, deliver, &pins[PINS - 1]);
	drive(SENSOR, 1);
	queued = 0;
	drive(BUTTON, 0);
	serviceMessages();
	drive(SENSOR, 0);
	serviceMessages();
	told[0] = 0;
	drive(SENSOR, 1);
	serviceMessages();
	say("after another pin was told");
	drive(SENSOR, 0);
	drive(BUTTON, 1);
	serviceMessages();
	told[0] = 0;

	printf("opened twice: %d\n", openPin(BUTTON, PULL_UP, FALLING));
	printf("no such pin: %d %d\n", openPin(-1, 0, 0), openPin(22, 0, 0));
	openPin(FOREIGN, PULL_DOWN, 0);
	printf("without edges: %d, interrupts %d, wakes %d\n", readPin(FOREIGN), chip[FOREIGN].handler != NULL, chip[FOREIGN].wakes_from_light_sleep);
	openPin(1, 0, 0);
	openPin(2, 0, 0);
	printf("one too many: %d\n", openPin(3, 0, 0));
	closePin(1);
	closePin(2);

	drive(SENSOR, 1);
	closePin(SENSOR);
	openPin(SENSOR, 0, RISING);
	serviceMessages();
	say("closed on the way, opened anew with the line high");
	drive(SENSOR, 0);
	serviceMessages();
	drive(SENSOR, 1);
	closePin(SENSOR);
	drive(SENSOR, 0);
	openPin(SENSOR, 0, RISING);
	serviceMessages();
	say("closed on the way, opened anew with the line low");
	closesWhenTold = true;
	drive(SENSOR, 1);
	serviceMessages();
	say("closed when it was told");
	printf("closed: interrupts %d, wakes %d\n", chip[SENSOR].interrupts || chip[SENSOR].handler, chip[SENSOR].wakes_from_light_sleep);
	closesWhenTold = false;
	closePin(BUTTON);
	closePin(FOREIGN);

	chip[SENSOR].level = 0;
	chip[SENSOR].wire = 1;
	openLevel = 1;
	openPin(SENSOR, OPEN_DRAIN, 0);
	printf("a line let go: %d, pulled low meanwhile %d\n", readPin(SENSOR), wasPulledLow);
	writePin(SENSOR, 0);
	printf("pulled low: %d\n", readPin(SENSOR));
	writePin(SENSOR, 1);
	printf("let go again: %d\n", readPin(SENSOR));
	chip[SENSOR].wire = 0;
	printf("held by another: %d\n", readPin(SENSOR));
	closePin(SENSOR);
	printf("all closed: remembered %d\n", remembered);
	return 0;
}
