/*
 * NimBLE's keys of the phones that paired, for nimble-bonds.ts. The SDK (8.2.3) does not tell whose keys encrypt a link, and its module "sm"
 * deletes one bond where all are meant and then reads address 0 (modBLESM.c, modBLEServer.c). Names are those of NimBLE 1.6
 * (espressif/esp-nimble, host/ble_gap.h and ble_store.h), whose functions take the host's lock themselves.
 */
#include "xsmc.h"
#include "xsHost.h"
#include "host/ble_hs.h"
#include "host/ble_store.h"

#define ADDRESS_BYTES 6
#define TYPE_AT ADDRESS_BYTES
#define SECURE_AT (TYPE_AT + 1)
#define KEY_CHECK_AT (SECURE_AT + 1)
#define KEY_CHECK_BYTES 4
#define CRC32_POLYNOMIAL 0xEDB88320

static int keysOf(const ble_addr_t *peer, struct ble_store_value_sec *keys)
{
	struct ble_store_key_sec key;

	c_memset(&key, 0, sizeof(key));
	key.peer_addr = *peer;
	return ble_store_read_our_sec(&key, keys);
}

/* CRC-32 (IEEE 802.3), as src/storage/crc32.ts. */
static uint32_t crc32Of(const uint8_t *bytes, int length)
{
	uint32_t crc = 0xFFFFFFFF;

	while (length-- > 0) {
		crc ^= *bytes++;
		for (int bit = 0; bit < 8; bit++)
			crc = (crc & 1) ? (crc >> 1) ^ CRC32_POLYNOMIAL : crc >> 1;
	}
	return ~crc;
}

/*
 * (connection handle) → undefined when the link is not encrypted by keys that are kept; otherwise 12 bytes: the phone's address, highest
 * byte first (its identity, when it told one), the address's type (0 public, 1 random), 1 when the keys are of LE Secure Connections and of full
 * length, CRC-32 of the long-term key, lowest byte first.
 */
void xs_patella_link_keys(xsMachine *the)
{
	struct ble_gap_conn_desc link;
	struct ble_store_value_sec keys;
	uint8_t found[KEY_CHECK_AT + KEY_CHECK_BYTES];
	uint32_t crc;
	ble_addr_t peer;

	if (0 != ble_gap_conn_find(xsmcToInteger(xsArg(0)), &link))
		return;
	if (!link.sec_state.encrypted || !link.sec_state.bonded)
		return;
	peer = link.peer_id_addr;
	peer.type &= BLE_ADDR_RANDOM;	/* an identity's type (2, 3) is stored as that of the plain address */
	if (0 != keysOf(&peer, &keys) || !keys.ltk_present)
		return;

	for (int i = 0; i < ADDRESS_BYTES; i++)
		found[i] = peer.val[ADDRESS_BYTES - 1 - i];
	found[TYPE_AT] = peer.type;
	found[SECURE_AT] = keys.sc && keys.key_size == sizeof(keys.ltk);
	crc = crc32Of(keys.ltk, sizeof(keys.ltk));
	for (int i = 0; i < KEY_CHECK_BYTES; i++)
		found[KEY_CHECK_AT + i] = (uint8_t)(crc >> (8 * i));
	xsmcSetArrayBuffer(xsResult, found, sizeof(found));
}

/* Deletes keys, identity and subscriptions. A subscription can be there without keys: written by a phone whose keys went while it was connected. */
static int deletePeer(const ble_addr_t *peer)
{
	struct ble_store_value_sec keys;

	if (0 == keysOf(peer, &keys))
		ble_gap_unpair(peer);	/* also takes the phone off the radio's list of identities */
	return ble_store_util_delete_peer(peer);
}

/* (address, highest byte first) → 0, or NimBLE's error. */
void xs_patella_delete_keys(xsMachine *the)
{
	uint8_t *address = xsmcToArrayBuffer(xsArg(0));
	ble_addr_t peer;
	int failed;

	if (ADDRESS_BYTES != xsmcGetArrayBufferLength(xsArg(0)))
		xsRangeError("address: 6 bytes");
	for (int i = 0; i < ADDRESS_BYTES; i++)
		peer.val[i] = address[ADDRESS_BYTES - 1 - i];
	peer.type = BLE_ADDR_PUBLIC;
	failed = deletePeer(&peer);
	peer.type = BLE_ADDR_RANDOM;
	if (0 == failed)
		failed = deletePeer(&peer);
	xsmcSetInteger(xsResult, failed);
}

/* () → 0, or NimBLE's error. */
void xs_patella_delete_all_keys(xsMachine *the)
{
	ble_addr_t peers[MYNEWT_VAL(BLE_STORE_MAX_BONDS)];
	int count = 0;
	int failed = ble_store_util_bonded_peers(peers, &count, MYNEWT_VAL(BLE_STORE_MAX_BONDS));

	while (0 == failed && count-- > 0)
		failed = deletePeer(&peers[count]);
	xsmcSetInteger(xsResult, failed);
}
