/* Runs nimble-bonds.c through what happens to it, and prints "what: outcome" for nimble-bonds.test.ts. */
#include "stack.h"
#include "../../../../hosts/esp32/nimble-bonds.c"

static const ble_addr_t publicPhone = { BLE_ADDR_PUBLIC, { 0xee, 0xff, 0xc0, 0xa4, 0x16, 0x00 } };
static const ble_addr_t randomPhone = { BLE_ADDR_RANDOM, { 0xe6, 0xd5, 0xc4, 0xb3, 0xa2, 0xc1 } };

static void store(const ble_addr_t *peer)
{
	struct ble_store_value_sec *keys = &stored[storedCount++];
	keys->peer_addr = *peer;
	keys->key_size = 16;
	keys->ltk_present = keys->sc = 1;
	for (int i = 0; i < 16; i++)
		keys->ltk[i] = i + 1;
	subscribed[subscribedCount++] = resolved[resolvedCount++] = *peer;
}

static void printKeys(const char *what, int handle)
{
	xsMachine machine = { .integer = handle };
	xs_patella_link_keys(&machine);
	printf("%s: ", what);
	for (int i = 0; i < machine.resultLength; i++)
		printf("%02x", machine.result[i]);
	puts(machine.hasResult ? "" : "none");
}

static void printStore(const char *what, int failed)
{
	printf("%s: %d; keys %d, subscriptions %d, identities %d\n", what, failed, storedCount, subscribedCount, resolvedCount);
}

static int deleteKeys(const uint8_t *address, int length)
{
	xsMachine machine = { .integer = -1, .bytes = address, .length = length };
	xs_patella_delete_keys(&machine);
	return machine.integer;
}

int main(void)
{
	static const uint8_t publicAddress[] = { 0x00, 0x16, 0xa4, 0xc0, 0xff, 0xee };
	static const uint8_t randomAddress[] = { 0xc1, 0xa2, 0xb3, 0xc4, 0xd5, 0xe6 };
	xsMachine all = { .integer = -1 };

	store(&publicPhone);
	store(&randomPhone);
	theLink.conn_handle = 2;
	theLink.peer_id_addr = publicPhone;
	theLink.sec_state.bonded = 1;
	printKeys("not encrypted", 2);
	theLink.sec_state.encrypted = 1;
	theLink.sec_state.bonded = 0;
	printKeys("keys not kept", 2);
	theLink.sec_state.bonded = 1;
	printKeys("other link", 1);
	printKeys("public", 2);
	theLink.peer_id_addr.type |= 2;
	printKeys("public identity", 2);
	theLink.peer_id_addr = randomPhone;
	theLink.peer_id_addr.type |= 2;
	printKeys("random identity", 2);
	stored[1].key_size = 7;
	printKeys("short", 2);
	stored[1].key_size = 16;
	stored[1].sc = 0;
	printKeys("older", 2);
	stored[1].ltk_present = 0;
	printKeys("no long-term key", 2);

	printStore("wrong length", deleteKeys(publicAddress, 5));
	printStore("one", deleteKeys(publicAddress, 6));
	printStore("again", deleteKeys(publicAddress, 6));
	printStore("random", deleteKeys(randomAddress, 6));
	subscribed[subscribedCount++] = randomPhone;
	printStore("subscription alone", deleteKeys(randomAddress, 6));
	store(&publicPhone);
	store(&randomPhone);
	xs_patella_delete_all_keys(&all);
	printStore("all", all.integer);
	return 0;
}
