import test from "ava"
import { Draws } from "../../simulator/draws"

const MANY = 20_000
const drawn = (seed: number | string, count = MANY) => {
  const draws = new Draws(seed)
  return Array.from({ length: count }, () => draws.uniform())
}
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

test("the same seed draws the same, another something else", (t) => {
  t.deepEqual(drawn(7, 5), drawn(7, 5))
  t.deepEqual(drawn("S01 noise", 5), drawn("S01 noise", 5))
  t.notDeepEqual(drawn(7, 5), drawn(8, 5))
  t.notDeepEqual(drawn("S01 noise", 5), drawn("S01 bias", 5))
})

test("uniform draws lie in [0, 1), their mean and spread are those of an even distribution", (t) => {
  const values = drawn(1)
  t.true(values.every((value) => value >= 0 && value < 1))
  t.true(Math.abs(mean(values) - 1 / 2) < 0.01)
  t.true(Math.abs(mean(values.map((value) => (value - 1 / 2) ** 2)) - 1 / 12) < 0.003)
})

test("bell-shaped draws have mean 0, SD 1 and the tails of a normal distribution", (t) => {
  const draws = new Draws(2)
  const values = Array.from({ length: MANY }, () => draws.bell())
  t.true(Math.abs(mean(values)) < 0.03)
  t.true(Math.abs(mean(values.map((value) => value * value)) - 1) < 0.05)
  const beyond = values.filter((value) => Math.abs(value) > 1.96).length / MANY
  t.true(Math.abs(beyond - 0.05) < 0.01, `${beyond}`)
})

test("whole numbers below n come equally often", (t) => {
  const draws = new Draws(3)
  const counts = [0, 0, 0, 0, 0]
  for (let i = 0; i < MANY; i++) {
    const value = draws.below(5)
    counts[value] = (counts[value] ?? 0) + 1
  }
  t.is(counts.length, 5)
  for (const count of counts) t.true(Math.abs(count / MANY - 1 / 5) < 0.02, `${counts}`)
})
