import test from "ava"
import { foreignFunctions, linkFigures, linkWarnings } from "../../simulator/link/figures"
import { inProcess } from "./in-process"

const SOURCE = String.raw`#define mxAliasCount 3
#define mxHeapCount 4
static const txU1 gxCode1[5];
static const txU1 gxCode1[5] = {
/* 0000 */	{ NULL, {.ID = XS_NO_ID, .flag = 0x8b, .kind = XS_CODE_X_KIND}, .value = { .code = { (txByte*)"\x0f\x44", NULL } } },
/* 0001 */	{ NULL, {.ID = 12 /* a */, .flag = 0x8e, .kind = XS_STRING_X_KIND}, .value = { .string = "a\"\x5cb" } },
/* 0002 */	{ NULL, {.ID = 0, .flag = 0x8b, .kind = XS_ARRAY_BUFFER_KIND}, .value = { .arrayBuffer = { (txByte*)"\x5a", NULL } } },
/* 0003 */	{ NULL, {.ID = 0, .flag = 0x8b, .kind = XS_CODE_KIND}, .value = { .code = { (txByte*)(gxNoCode), NULL } } },
`

test("code, data and slots are counted in what XS's linker wrote", (t) => {
  t.deepEqual(linkFigures(SOURCE), {
    codeBytes: 5 + 3,
    dataBytes: 5 + 2,
    slots: 4,
    slotBytes: 64,
    aliasBytes: 12,
  })
})

test("a file that is none of the linker's is refused", (t) => {
  t.throws(() => linkFigures("int main;"), { message: /no mxHeapCount/ })
})

test("warnings about the SDK's modules are not ours", (t) => {
  const output = `# xsl modules
### warning: gap: GAP: not frozen
### warning: src/power/port: Wake: not frozen
### warning: hosts/esp32/board: PARTS.open() rate: no const
### 4021 instances, 3614 keys
`
  t.deepEqual(linkWarnings(output), [
    { module: "src/power/port", words: "Wake: not frozen" },
    { module: "hosts/esp32/board", words: "PARTS.open() rate: no const" },
  ])
})

test("foreign functions are those that the SDK's glue declares", (t) => {
  const glue =
    "extern txAPI gxAPI;\nextern uint8_t* one();\nextern int32_t two(uint8_t arg0, uint8_t arg1);\n"
  t.deepEqual(foreignFunctions(glue), ["one", "two"])
})

test.serial("without the SDK it says what to set, as for any input that is not there", async (t) => {
  const { MODDABLE } = process.env
  delete process.env.MODDABLE
  const { code, err } = await inProcess(["link"])
  if (MODDABLE !== undefined) process.env.MODDABLE = MODDABLE
  t.is(code, 2)
  t.regex(err, /MODDABLE is not set.*8\.2\.3/)
})

test.serial("a platform that there is not is refused with those that there are", async (t) => {
  const { code, err } = await inProcess(["link", "esp32/other"])
  t.is(code, 2)
  t.regex(err, /esp32\/m5stick_cplus and esp32\/xiao_esp32c3/)
})
