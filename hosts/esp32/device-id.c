/*
 * What tells this chip from others, for device-id.ts, which calls it by the SDK's foreign-function interface. Names are those of ESP-IDF v6.0: esp_mac.h,
 * esp_random.h.
 */
#include <stdint.h>
#include <stdlib.h>
#include "esp_mac.h"
#include "esp_random.h"

#define ADDRESS_BYTES 6

/* → the address burnt into the chip when it was made; chance, when it cannot be read. The caller frees it. NULL without memory. */
uint8_t *patella_chip_address(void)
{
	uint8_t *address = malloc(ADDRESS_BYTES);

	if (address && esp_efuse_mac_get_default(address))
		esp_fill_random(address, ADDRESS_BYTES);
	return address;
}
