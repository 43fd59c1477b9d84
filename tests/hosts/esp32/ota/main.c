/* Runs update.c with each state that otadata can have, and prints "what: outcome" for update.test.ts. */
#include "stack.h"
#include "../../../../hosts/esp32/update.c"

static int resultOf(void (*function)(xsMachine *))
{
	xsMachine machine = { -1 };
	function(&machine);
	return machine.result;
}

int main(void)
{
	static const unsigned all[] = { ESP_OTA_IMG_NEW, ESP_OTA_IMG_PENDING_VERIFY, ESP_OTA_IMG_VALID, ESP_OTA_IMG_INVALID, ESP_OTA_IMG_ABORTED, NOTHING_WRITTEN, ESP_OTA_IMG_UNDEFINED };

	for (running = 0; running < 2; running++)
		for (unsigned mine = 0; mine < sizeof(all) / sizeof(all[0]); mine++)
			for (unsigned others = 0; others < sizeof(all) / sizeof(all[0]); others++) {
				states[running] = all[mine];
				states[1 - running] = all[others];
				printf("%d %u %u: %d\n", running, all[mine], all[others], resultOf(xs_patella_update_state));
			}
	running = 0;
	printf("bytes: %d\n", resultOf(xs_patella_update_slot_bytes));
	slotCount = 1;
	printf("bytes of one: %d\n", resultOf(xs_patella_update_slot_bytes));
	states[0] = ESP_OTA_IMG_ABORTED;
	printf("state of one: %d\n", resultOf(xs_patella_update_state));
	printf("chip: %d\n", resultOf(xs_patella_update_chip));
	states[0] = ESP_OTA_IMG_PENDING_VERIFY;
	printf("confirm: %d\n", resultOf(xs_patella_update_confirm));
	printf("confirmed: %u\n", states[0]);
	states[0] = NOTHING_WRITTEN;
	printf("confirm nothing: %d\n", resultOf(xs_patella_update_confirm));
	xs_patella_update_restart(NULL);
	printf("restarts: %d\n", restarts);
	return 0;
}
