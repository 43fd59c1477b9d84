/*
 * What nimble-bonds.c has under it on the chip, for a desktop: of XS, one argument and one result; of NimBLE, one link and a store of keys,
 * subscriptions and the radio's list of identities, with its names, types and asserts (espressif/esp-nimble, nimble-1.6.0-idf).
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct {
	int integer;
	const uint8_t *bytes;
	int length;
	int hasResult;
	uint8_t result[64];
	int resultLength;
} xsMachine;

#define xsArg(index) the
#define xsResult the
#define xsmcToInteger(slot) ((slot)->integer)
#define xsmcToArrayBuffer(slot) ((void *)(slot)->bytes)
#define xsmcGetArrayBufferLength(slot) ((slot)->length)
#define xsmcSetArrayBuffer(slot, data, size) ((slot)->hasResult = 1, (slot)->resultLength = (size), memcpy((slot)->result, data, size))
#define xsmcSetInteger(slot, value) ((slot)->hasResult = 1, (slot)->integer = (value))
#define xsRangeError(message) do { puts("RangeError: " message); return; } while (0)
#define c_memset memset

#define MYNEWT_VAL(name) MYNEWT_VAL_##name
#define MYNEWT_VAL_BLE_STORE_MAX_BONDS 4
#define BLE_ADDR_PUBLIC 0
#define BLE_ADDR_RANDOM 1
#define BLE_HS_ENOENT 5
#define BLE_HS_ENOTCONN 7

typedef struct { uint8_t type; uint8_t val[6]; } ble_addr_t;
struct ble_gap_sec_state { unsigned encrypted:1; unsigned authenticated:1; unsigned bonded:1; unsigned key_size:5; };
struct ble_gap_conn_desc { struct ble_gap_sec_state sec_state; ble_addr_t peer_id_addr; uint16_t conn_handle; };
struct ble_store_key_sec { ble_addr_t peer_addr; uint8_t idx; };
struct ble_store_value_sec { ble_addr_t peer_addr; uint8_t key_size; uint8_t ltk[16]; uint8_t ltk_present:1; uint8_t sc:1; };

static struct ble_gap_conn_desc theLink;
static struct ble_store_value_sec stored[MYNEWT_VAL(BLE_STORE_MAX_BONDS)];
static int storedCount;
static ble_addr_t subscribed[8];
static int subscribedCount;
static ble_addr_t resolved[8];
static int resolvedCount;

static int isSame(const ble_addr_t *a, const ble_addr_t *b)
{
	return a->type == b->type && 0 == memcmp(a->val, b->val, sizeof(a->val));
}

static void removeFrom(ble_addr_t *list, int *count, const ble_addr_t *peer)
{
	int kept = 0;
	for (int i = 0; i < *count; i++)
		if (!isSame(&list[i], peer))
			list[kept++] = list[i];
	*count = kept;
}

static int ble_gap_conn_find(uint16_t handle, struct ble_gap_conn_desc *out)
{
	if (handle != theLink.conn_handle)
		return BLE_HS_ENOTCONN;
	*out = theLink;
	return 0;
}

static int ble_store_read_our_sec(const struct ble_store_key_sec *key, struct ble_store_value_sec *value)
{
	assert(key->peer_addr.type <= BLE_ADDR_RANDOM && key->idx == 0);
	for (int i = 0; i < storedCount; i++)
		if (isSame(&stored[i].peer_addr, &key->peer_addr)) {
			*value = stored[i];
			return 0;
		}
	return BLE_HS_ENOENT;
}

static int ble_store_util_delete_peer(const ble_addr_t *peer)
{
	int kept = 0;
	for (int i = 0; i < storedCount; i++)
		if (!isSame(&stored[i].peer_addr, peer))
			stored[kept++] = stored[i];
	storedCount = kept;
	removeFrom(subscribed, &subscribedCount, peer);
	return 0;
}

static int ble_gap_unpair(const ble_addr_t *peer)
{
	removeFrom(resolved, &resolvedCount, peer);
	return ble_store_util_delete_peer(peer);
}

static int ble_store_util_bonded_peers(ble_addr_t *out, int *count, int limit)
{
	assert(storedCount <= limit);
	for (int i = 0; i < storedCount; i++)
		out[i] = stored[i].peer_addr;
	*count = storedCount;
	return 0;
}
