/* Runs usb-console.c through what happens to it, and prints "what: outcome" for usb-console.test.ts. */
#include "stack.h"
#include "../../../../hosts/esp32/usb-console.c"

static xsMachine machine;

static int opened(void)
{
	memset(&machine, 0, sizeof(machine));
	machine.arguments[0].integer = 200;
	machine.arguments[1].name = "reader";
	machine.arguments[2].name = ".take";
	xs_patella_usb_open(&machine);
	return machine.result.integer;
}

static int written(const char *text, int from, int to)
{
	memset(&machine, 0, sizeof(machine));
	machine.arguments[0].bytes = (void *)text;
	machine.arguments[0].length = strlen(text);
	machine.arguments[1].integer = from;
	machine.arguments[2].integer = to;
	machine.result.integer = -1;
	xs_patella_usb_write(&machine);
	return machine.result.integer;
}

static void come(const char *text)
{
	incomingAt = 0;
	incomingLength = strlen(text);
	memcpy(incoming, text, incomingLength);
	runTask();
	runMessages();
}

int main(void)
{
	static char many[321];
	int part;

	memset(many, 'm', 320);
	driverInstalled = 1;
	printf("the debugger has it: %d\n", opened());
	driverInstalled = 0;
	hasNoMemory = 1;
	printf("no memory for a task: %d, driver %d\n", opened(), driverInstalled);
	hasNoMemory = 0;
	printf("open: %d\n", opened());
	printf("open twice: %d\n", opened());
	come("status\r");
	come(many);
	part = written("0123456789", 2, 5);
	printf("write part: %d, %.*s\n", part, (int)sentLength, sent);
	printf("write much: %d\n", written(many, 0, 320));
	printf("write when full: %d\n", written(many, 0, 320));
	printf("write outside: %d\n", written("0123", 2, 5));
	modMessagePostToMachine(&machine, (uint8_t *)"late", 4, deliver, NULL);
	xs_patella_usb_close(&machine);
	runMessages();
	come("nobody");
	printf("open again: %d\n", opened());
	come("back\r");
	return 0;
}
