/*
 * Whether the debugger has the port that a console would use, for debug-port.ts: the SDK (8.2.3, tools/mcconfig/make.esp32.mk) links it into builds
 * that are debugged or instrumented, and into no others.
 */
#include "xsmc.h"

/* () → 1: it has. */
void xs_patella_debugger_has_port(xsMachine *the)
{
#if defined(mxDebug) || defined(mxInstrument)
	xsmcSetInteger(xsResult, 1);
#else
	xsmcSetInteger(xsResult, 0);
#endif
}
