/*
 * What update.ts asks of ESP-IDF's slots beyond the SDK's embedded:update. Names are those of ESP-IDF v6.0: "Over The Air Updates"; esp_ota_ops.h,
 * esp_flash_partitions.h, esp_system.h.
 */
#include "xsmc.h"
#include "xsHost.h"
#include "esp_ota_ops.h"
#include "esp_system.h"
#include "sdkconfig.h"

/* Bits of what xs_patella_update_state() gives. */
#define ON_TRIAL 1
#define ROLLED_BACK 2

/*
 * () → ON_TRIAL, ROLLED_BACK. Of the other slot it is its state that counts: esp_ota_get_last_invalid_partition() also gives a slot of which nothing is
 * written, as on a board that was never updated.
 */
void xs_patella_update_state(xsMachine *the)
{
	const esp_partition_t *running = esp_ota_get_running_partition();
	const esp_partition_t *other = esp_ota_get_next_update_partition(NULL);
	esp_ota_img_states_t state;
	int found = 0;

	if (ESP_OK == esp_ota_get_state_partition(running, &state) && ESP_OTA_IMG_PENDING_VERIFY == state)
		found |= ON_TRIAL;
	if (other && other != running && ESP_OK == esp_ota_get_state_partition(other, &state)
			&& (ESP_OTA_IMG_ABORTED == state || ESP_OTA_IMG_INVALID == state))
		found |= ROLLED_BACK;
	xsmcSetInteger(xsResult, found);
}

/* () → bytes of the slot that takes an update; 0: there is none. */
void xs_patella_update_slot_bytes(xsMachine *the)
{
	const esp_partition_t *other = esp_ota_get_next_update_partition(NULL);

	xsmcSetInteger(xsResult, other && other != esp_ota_get_running_partition() ? (int)other->size : 0);
}

/* () → what an image for this chip has in its header. */
void xs_patella_update_chip(xsMachine *the)
{
	xsmcSetInteger(xsResult, CONFIG_IDF_FIRMWARE_CHIP_ID);
}

/* () → 0, or ESP-IDF's error. */
void xs_patella_update_confirm(xsMachine *the)
{
	xsmcSetInteger(xsResult, esp_ota_mark_app_valid_cancel_rollback());
}

/* Does not return. */
void xs_patella_update_restart(xsMachine *the)
{
	(void)the;
	esp_restart();
}
