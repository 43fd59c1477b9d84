/*
 * What XS asks of a platform (XSPLATFORM), for a bare RV32IMC core with picolibc. The choices that cost instructions or memory
 * are those of the Moddable SDK for the ESP32-C3 (SDK 8.2.3, xs/platforms/esp/xsPlatform.h and tools/mcconfig/make.esp32.mk): 16-bit
 * identifiers, no unaligned access, no trap at an integer division's overflow, minus zero not told from zero.
 */
#ifndef RV32_PLATFORM_H
#define RV32_PLATFORM_H

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef mxLittleEndian
#define mxLittleEndian 1
#define mxExport extern
#define mxImport extern
#define XS_FUNCTION_NORETURN __attribute__((noreturn))

#define mxUnalignedAccess 0
#define mxMisalignedSettersCrash 1
#define mxIntegerDivideOverflowException 0
#define mxTableMinLength 1
#define C_PATH_MAX 256

#define mxUseDefaultMachinePlatform 1
#define mxUseDefaultBuildKeys 1
#define mxUseDefaultFindModule 1
#define mxUseDefaultLoadModule 1
#define mxUseDefaultParseScript 1
#define mxUseDefaultQueuePromiseJobs 1
#define mxUseDefaultSharedChunks 1
/* heap.c: slots and chunks are counted, an abort is told. */
#define mxUseDefaultChunkAllocation 0
#define mxUseDefaultSlotAllocation 0
#define mxUseDefaultAbort 0

/* No threads, no waiting: the fields are only there for xsAtomics.c. */
#define mxMachinePlatform \
	void* waiterCondition; \
	void* waiterData; \
	void* waiterLink;

#endif
