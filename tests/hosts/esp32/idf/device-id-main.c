/* Runs device-id.c with an address burnt in, and without one, and prints "what: outcome" for device-id.test.ts. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef int esp_err_t;
static int isBurnt = 1;

/* esp_mac.h of ESP-IDF v6.0: the chip's own, highest byte first; an error when its CRC does not hold. */
static esp_err_t esp_efuse_mac_get_default(uint8_t *mac)
{
	if (isBurnt)
		memcpy(mac, "\x7c\xdf\xa1\x00\x0a\xff", 6);
	return isBurnt ? 0 : 0x109;
}

/* esp_random.h */
static void esp_fill_random(void *buffer, size_t length)
{
	memset(buffer, 0x3c, length);
}

#include "../../../../hosts/esp32/device-id.c"

static void print(const char *what)
{
	uint8_t *address = patella_chip_address();
	printf("%s: ", what);
	for (int i = 0; i < 6; i++)
		printf("%02x", address[i]);
	puts("");
	free(address);
}

int main(void)
{
	print("burnt in");
	isBurnt = 0;
	print("unreadable");
	return 0;
}
