/*
 * Counts the calls to libgcc's soft-float routines: the linker (--wrap) leads each of them through here, from XS and the C library
 * alike, at a cost of five instructions a call.
 */
#include <stdint.h>

uint32_t soft_float_calls;

#define UNARY(result, name, type) \
	result __real_##name(type); \
	result __wrap_##name(type a) { soft_float_calls++; return __real_##name(a); }
#define BINARY(result, name, type) \
	result __real_##name(type, type); \
	result __wrap_##name(type a, type b) { soft_float_calls++; return __real_##name(a, b); }

#include "soft-float.def"
