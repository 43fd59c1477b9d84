#include "orientation.h"

#include <math.h>
#include <stdlib.h>

/* The names and sources of these numbers are in src/motion, file by file. */
enum {
	CORNER_SHIFT = 7,
	BIAS_TURN_SHIFT = 3,
	HALF_14 = 1 << 13,
	HALF_15 = 1 << 14,
	ROOT_2_Q13 = 11585,
	STATE_LIMIT = 1 << 27,
	BLOCK_SAMPLES = 16,
	BLOCK_SHIFT = 4,
	BIAS_MAX_COUNTS = 57,
	TURN_MAX_COUNTS = BIAS_MAX_COUNTS * 2,
	BIAS_LIMIT = BIAS_MAX_COUNTS << 12,
	TOLD_SHIFT = 8,
	REST_FIRST_SHIFT = 2,
	REST_LAST_SHIFT = 5,
	REST_GAIN_SHIFT = 4,
	DRIFT_SHIFT = 14,
	ROUND = 1 << (DRIFT_SHIFT - 1),
	NEAR_TURN_COUNTS = 58,
	NEAR_FORCE_COUNTS = 307,
	FAR_COUNTS = 205,
	FIRST_BLOCKS = 2,
	RAISES = 4,
	SETTLED_BLOCKS = FIRST_BLOCKS << (RAISES - 1),
	REST_RAISE = 1,
};
static const double TAU_S = 3;
static const double MOTION_GAIN_PER_S = 0.02;
static const double REST_US = 1500000;

static int32_t bounded(int32_t value, int32_t limit)
{
	return value > limit ? limit : value < -limit ? -limit : value;
}

static int32_t bounded_state(int32_t state)
{
	return state >= STATE_LIMIT ? STATE_LIMIT - 1 : state < -STATE_LIMIT ? -STATE_LIMIT : state;
}

/* The first guess of up, and where a rest begins far from it: where the force is, within what a state holds. */
static vector state_of(const int16_t axes[6])
{
	return (vector){ bounded_state(axes[3] << 15), bounded_state(axes[4] << 15), bounded_state(axes[5] << 15) };
}

void orientation_create(orientation* self, double period_us)
{
	const double gyro_rad_s = 0.07 * M_PI / 180;
	const double corner_rad_s = M_SQRT2 / TAU_S;
	const double block_s = period_us * BLOCK_SAMPLES / 1000000;
	*self = (orientation){ .is_first = 1, .raise = RAISES, .rest_shift = REST_FIRST_SHIFT };
	self->angle_gain = round(gyro_rad_s / 2 * (period_us / 1000000) * 2147483648.0);
	self->corner_q20 = round(corner_rad_s * (period_us / 1000000) * 1048576);
	self->corner_shift = CORNER_SHIFT - self->raise;
	self->bias_gain = round(MOTION_GAIN_PER_S * block_s * corner_rad_s / gyro_rad_s * 4096);
	self->drift_limit = round(BIAS_MAX_COUNTS * gyro_rad_s / corner_rad_s * 16384);
	self->rest_blocks = ceil(REST_US / (period_us * BLOCK_SAMPLES));
}

/* rest.ts, isNear */
static int is_near(const orientation* self, const vector* turn, const int16_t axes[6])
{
	const vector* mean = &self->mean_turn;
	const vector* force = &self->last_force;
	return turn->x - mean->x <= NEAR_TURN_COUNTS && mean->x - turn->x <= NEAR_TURN_COUNTS &&
		turn->y - mean->y <= NEAR_TURN_COUNTS && mean->y - turn->y <= NEAR_TURN_COUNTS &&
		turn->z - mean->z <= NEAR_TURN_COUNTS && mean->z - turn->z <= NEAR_TURN_COUNTS &&
		axes[3] - force->x <= NEAR_FORCE_COUNTS && force->x - axes[3] <= NEAR_FORCE_COUNTS &&
		axes[4] - force->y <= NEAR_FORCE_COUNTS && force->y - axes[4] <= NEAR_FORCE_COUNTS &&
		axes[5] - force->z <= NEAR_FORCE_COUNTS && force->z - axes[5] <= NEAR_FORCE_COUNTS;
}

static vector block_mean(vector sum)
{
	const int32_t half = BLOCK_SAMPLES >> 1;
	return (vector){ (sum.x + half) >> BLOCK_SHIFT, (sum.y + half) >> BLOCK_SHIFT, (sum.z + half) >> BLOCK_SHIFT };
}

static int is_slow(int32_t mean)
{
	return mean < TURN_MAX_COUNTS && mean > -TURN_MAX_COUNTS;
}

/* rest.ts, endBlock */
static void rest_end_block(orientation* self, const int16_t axes[6])
{
	self->mean_turn = block_mean(self->sum_turn);
	self->last_force = (vector){ axes[3], axes[4], axes[5] };
	if (!self->is_near || !is_slow(self->mean_turn.x) || !is_slow(self->mean_turn.y) || !is_slow(self->mean_turn.z))
		self->near_blocks = 0;
	else if (self->near_blocks < self->rest_blocks) self->near_blocks++;
	self->resting = self->near_blocks == self->rest_blocks;
}

/* rest.ts, isFar */
static int is_far(const orientation* self, const int16_t axes[6])
{
	return abs(axes[3] - (self->low.x >> 15)) > FAR_COUNTS || abs(axes[4] - (self->low.y >> 15)) > FAR_COUNTS ||
		abs(axes[5] - (self->low.z >> 15)) > FAR_COUNTS;
}

/* gyro-bias.ts, restedAt */
static void bias_rested(orientation* self)
{
	self->fine.x += (((self->sum_turn.x >> 1) << TOLD_SHIFT) - self->fine.x) >> self->rest_shift;
	self->fine.y += (((self->sum_turn.y >> 1) << TOLD_SHIFT) - self->fine.y) >> self->rest_shift;
	self->fine.z += (((self->sum_turn.z >> 1) << TOLD_SHIFT) - self->fine.z) >> self->rest_shift;
	if (self->rest_shift < REST_LAST_SHIFT && ++self->rest_means == 1 << self->rest_shift) {
		self->rest_means = 0;
		self->rest_shift++;
	}
}

static int32_t correction(const orientation* self, int32_t product)
{
	int32_t drift = bounded((product + ROUND) >> DRIFT_SHIFT, self->drift_limit);
	return self->resting
		? (drift * self->bias_gain + (ROUND >> REST_GAIN_SHIFT)) >> (DRIFT_SHIFT - REST_GAIN_SHIFT)
		: (drift * self->bias_gain + ROUND) >> DRIFT_SHIFT;
}

/* gyro-bias.ts, drifted */
static void bias_drifted(orientation* self)
{
	const vector low = { self->low.x >> 12, self->low.y >> 12, self->low.z >> 12 };
	const vector band = { self->band.x >> 12, self->band.y >> 12, self->band.z >> 12 };
	self->fine.x = bounded(self->fine.x - correction(self, band.y * low.z - band.z * low.y), BIAS_LIMIT);
	self->fine.y = bounded(self->fine.y - correction(self, band.z * low.x - band.x * low.z), BIAS_LIMIT);
	self->fine.z = bounded(self->fine.z - correction(self, band.x * low.y - band.y * low.x), BIAS_LIMIT);
}

static void take_bias(orientation* self)
{
	const int32_t half = 1 << (TOLD_SHIFT - 1);
	self->bias = (vector){ (self->fine.x + half) >> TOLD_SHIFT, (self->fine.y + half) >> TOLD_SHIFT,
		(self->fine.z + half) >> TOLD_SHIFT };
	self->bias_turn = (vector){ (self->bias.x * self->angle_gain) >> BIAS_TURN_SHIFT,
		(self->bias.y * self->angle_gain) >> BIAS_TURN_SHIFT, (self->bias.z * self->angle_gain) >> BIAS_TURN_SHIFT };
}

/* settling.ts, endBlock */
static void settling_end_block(orientation* self)
{
	if (!self->settled) {
		self->blocks++;
		self->settled = self->blocks == SETTLED_BLOCKS;
		self->raise = 0;
		for (int32_t limit = FIRST_BLOCKS; limit <= SETTLED_BLOCKS; limit <<= 1)
			if (self->blocks < limit) self->raise++;
	}
	if (self->settled) self->raise = self->resting ? REST_RAISE : 0;
}

static void end_block(orientation* self, const int16_t axes[6])
{
	const int32_t was_resting = self->resting;
	rest_end_block(self, axes);
	if (self->resting && !was_resting && is_far(self, axes)) {
		self->low = state_of(axes);
		self->band = (vector){ 0, 0, 0 };
	}
	if (self->resting) bias_rested(self);
	if (self->settled) bias_drifted(self);
	take_bias(self);
	settling_end_block(self);
	self->corner_shift = CORNER_SHIFT - self->raise;
	self->in_block = 0;
	self->sum_turn = (vector){ 0, 0, 0 };
	self->is_near = 1;
}

/* An angle in Q17 rad; what its shift cuts off is carried. */
static int32_t turned(orientation* self, int32_t turn, int32_t bias_turn, int32_t* carry)
{
	int32_t product = turn * self->angle_gain - bias_turn + *carry;
	*carry = product & 16383;
	return product >> 14;
}

static vector cross(vector a, vector b)
{
	return (vector){ a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x };
}

/* One axis of the low-pass. */
static void filter(const orientation* self, int32_t force, int32_t* low, int32_t* band)
{
	const int32_t corner = self->corner_q20;
	*band += ((((force << 15) - *low - (*band >> 13) * ROOT_2_Q13) >> 13) * corner) >> self->corner_shift;
	*low += ((*band >> 13) * corner) >> self->corner_shift;
	*band = bounded_state(*band);
	*low = bounded_state(*low);
}

void orientation_step(orientation* self, const int16_t axes[6])
{
	vector* states[2] = { &self->low, &self->band };
	if (self->is_first) {
		self->is_first = 0;
		self->last = (vector){ axes[0], axes[1], axes[2] };
		self->low = state_of(axes);
	}
	const vector turn = { axes[0] + self->last.x, axes[1] + self->last.y, axes[2] + self->last.z };
	self->last = (vector){ axes[0], axes[1], axes[2] };
	const int32_t tx = turned(self, turn.x, self->bias_turn.x, &self->carry.x);
	const int32_t ty = turned(self, turn.y, self->bias_turn.y, &self->carry.y);
	const int32_t tz = turned(self, turn.z, self->bias_turn.z, &self->carry.z);

	const int32_t x = tx >> 3, y = ty >> 3, z = tz >> 3;
	const int32_t factor = 16384 - ((((x * x + y * y + z * z) >> 15) * 10923 + HALF_15) >> 15);
	const vector t = { (tx * factor + HALF_14) >> 14, (ty * factor + HALF_14) >> 14, (tz * factor + HALF_14) >> 14 };
	for (int state = 0; state < 2; state++) {
		vector* s = states[state];
		const vector v = { s->x >> 14, s->y >> 14, s->z >> 14 };
		const vector across = cross(v, t);
		const vector h = { v.x + (across.x >> 18), v.y + (across.y >> 18), v.z + (across.z >> 18) };
		const vector step = cross(h, t);
		s->x += step.x >> 3;
		s->y += step.y >> 3;
		s->z += step.z >> 3;
	}
	filter(self, axes[3], &self->low.x, &self->band.x);
	filter(self, axes[4], &self->low.y, &self->band.y);
	filter(self, axes[5], &self->low.z, &self->band.z);
	self->up = (vector){ self->low.x >> 12, self->low.y >> 12, self->low.z >> 12 };

	self->sum_turn.x += turn.x;
	self->sum_turn.y += turn.y;
	self->sum_turn.z += turn.z;
	if (self->is_near) self->is_near = is_near(self, &turn, axes);
	if (++self->in_block == BLOCK_SAMPLES) end_block(self, axes);
}
