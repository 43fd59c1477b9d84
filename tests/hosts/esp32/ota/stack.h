/*
 * What update.c has under it on the chip, for a desktop: of XS, one result; of ESP-IDF v6.0 two slots and what otadata says of each, with its names, types
 * and errors (esp_ota_ops.h, esp_flash_partitions.h, esp_partition.h, esp_err.h).
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct { int result; } xsMachine;
#define xsResult the
#define xsmcSetInteger(slot, value) ((slot)->result = (value))

#define CONFIG_IDF_FIRMWARE_CHIP_ID 0x0005

typedef int esp_err_t;
#define ESP_OK 0
#define ESP_FAIL -1
#define ESP_ERR_NOT_FOUND 0x105
typedef struct { uint32_t address; uint32_t size; } esp_partition_t;
typedef enum {
	ESP_OTA_IMG_NEW = 0,
	ESP_OTA_IMG_PENDING_VERIFY = 1,
	ESP_OTA_IMG_VALID = 2,
	ESP_OTA_IMG_INVALID = 3,
	ESP_OTA_IMG_ABORTED = 4,
	ESP_OTA_IMG_UNDEFINED = 0xFFFFFFFF,
} esp_ota_img_states_t;

#define NOTHING_WRITTEN 5
static const esp_partition_t slots[2] = { { 0x10000, 0x170000 }, { 0x180000, 0x170000 } };
static unsigned states[2];
static int slotCount = 2;
static int running;
static int restarts;

static const esp_partition_t *esp_ota_get_running_partition(void)
{
	return &slots[running];
}

static const esp_partition_t *esp_ota_get_next_update_partition(const esp_partition_t *from)
{
	assert(NULL == from);
	return &slots[slotCount > 1 ? 1 - running : running];
}

static esp_err_t esp_ota_get_state_partition(const esp_partition_t *partition, esp_ota_img_states_t *state)
{
	unsigned found = states[partition - slots];

	if (NOTHING_WRITTEN == found)
		return ESP_ERR_NOT_FOUND;
	*state = (esp_ota_img_states_t)found;
	return ESP_OK;
}

static esp_err_t esp_ota_mark_app_valid_cancel_rollback(void)
{
	if (NOTHING_WRITTEN == states[running])
		return ESP_FAIL;
	states[running] = ESP_OTA_IMG_VALID;
	return ESP_OK;
}

static void esp_restart(void)
{
	restarts++;
}
