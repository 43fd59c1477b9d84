/*
 * XS's table of the engine's optional parts, as the SDK's linker writes it for a manifest with "strip": "*", which manifest_base.json has
 * (SDK, xs/tools/xslStrip.c): a function that is made at run time has no properties "length" and "name", two slots less.
 */
#include "xsAll.h"

#define fxNewFunctionLength C_NULL
#define fxNewFunctionName C_NULL
#include "xsDefaults.c"
