import test from "ava"
import { flatFootFlexionCdeg } from "../../src/motion/flexion"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { bendSlopeQ10, createWearer } from "../../src/motion/wearer"

test("a wearer begins as the model's mean runner, without an offset", (t) => {
  t.deepEqual(createWearer(FLEXION_MODEL), {
    bendSlopeQ10: FLEXION_MODEL.bendSlopeQ10,
    bendOffsetCdeg: FLEXION_MODEL.bendOffsetCdeg,
    peakOffsetCdeg: 0,
    liveStanceOffsetCdeg: 0,
    liveSwingOffsetCdeg: 0,
  })
})

test("what one wearer is taught changes neither the model nor another wearer", (t) => {
  const model = { ...FLEXION_MODEL }
  const one = createWearer(model)
  one.bendSlopeQ10 = 2048
  one.peakOffsetCdeg = 300
  t.deepEqual(model, FLEXION_MODEL)
  t.is(createWearer(model).peakOffsetCdeg, 0)
})

test("the wearer's own line of the bends: slope 2, offset 5° past 10° of thigh", (t) => {
  const wearer = { ...createWearer(FLEXION_MODEL), bendSlopeQ10: 2048, bendOffsetCdeg: 500 }
  t.is(flatFootFlexionCdeg(wearer, 3000), 6500)
})

test("the slope is what a bend held at a known angle says, between 1 and 2", (t) => {
  t.is(bendSlopeQ10(4500, 3000), 1536)
  t.is(bendSlopeQ10(2000, 3000), 1024)
  t.is(bendSlopeQ10(9000, 3000), 2048)
  t.is(bendSlopeQ10(4500, 0), 2048)
})
