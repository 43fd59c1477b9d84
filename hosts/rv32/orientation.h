/*
 * The orientation block of src/motion (orientation.ts and what it is made of: gyro-bias, rest, settling, corner), in C with the same
 * integers: what a compiler makes of it, and a second opinion on its arithmetic. A wearer who is not told to be running; no gaps.
 */
#ifndef RV32_ORIENTATION_H
#define RV32_ORIENTATION_H

#include <stdint.h>

typedef struct {
	int32_t x, y, z;
} vector;

typedef struct {
	/* Up in the sensor's frame, Q14. */
	vector up;
	/* orientation.ts */
	int32_t angle_gain, corner_q20, corner_shift;
	vector low, band, last, carry, bias_turn;
	int is_first, is_near, resting;
	int32_t in_block;
	vector sum_turn;
	/* gyro-bias.ts: at 2^12 a count, and as told */
	vector fine, bias;
	int32_t bias_gain, drift_limit, rest_shift, rest_means;
	/* rest.ts */
	int32_t rest_blocks, near_blocks;
	vector mean_turn, last_force;
	/* settling.ts */
	int32_t raise, settled, blocks;
} orientation;

/* @param period_us sample period, 4,000 to 20,000 µs; a double, as the firmware's */
void orientation_create(orientation* self, double period_us);
/* @param axes gyro x y z, accelerometer x y z, counts */
void orientation_step(orientation* self, const int16_t axes[6]);

#endif
