import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Item, plan, type State } from './plan.ts'

const item = (state: State, allowed: boolean) => ({ state, allowed })
const items: fc.Arbitrary<Item[]> = fc.array(
  fc.record({ state: fc.constantFrom<State>('waiting', 'running', 'spent'), allowed: fc.boolean() }),
)

/** What the items are once the plan was carried out; scripts become spent, the rest runs. */
function carryOut(before: readonly Item[], scripts: ReadonlySet<Item>): Item[] {
  const { release, retract } = plan(before)
  return before.map((one) => {
    if (release.includes(one)) return { ...one, state: scripts.has(one) ? 'spent' : 'running' }
    return retract.includes(one) ? { ...one, state: 'waiting' } : one
  })
}

describe('the plan', () => {
  test('releases what waits and may run, in the order given', () => {
    const [a, b, c, d] = [
      item('waiting', true),
      item('waiting', false),
      item('waiting', true),
      item('running', true),
    ]
    expect(plan([c, b, a, d])).toEqual({ release: [c, a], retract: [], stuck: false })
    expect(plan([c, b, a, d]).release[0]).toBe(c)
  })

  test('takes back what runs and may not', () => {
    const running = item('running', false)
    expect(plan([running, item('running', true)])).toEqual({ release: [], retract: [running], stuck: false })
  })

  test('is stuck on what has run and may not', () => {
    expect(plan([item('spent', false)])).toEqual({ release: [], retract: [], stuck: true })
    expect(plan([item('spent', true)]).stuck).toBe(false)
  })

  test('does nothing for nothing', () => {
    expect(plan([])).toEqual({ release: [], retract: [], stuck: false })
  })

  test('never releases what may not run, and never both releases and retracts', () => {
    fc.assert(
      fc.property(items, (items) => {
        const { release, retract } = plan(items)
        expect(release.every(({ allowed }) => allowed)).toBe(true)
        expect(release.filter((one) => retract.includes(one))).toEqual([])
      }),
    )
  })

  test('leaves nothing to do once it was carried out', () => {
    fc.assert(
      fc.property(items, fc.array(fc.boolean()), (items, kinds) => {
        const after = carryOut(items, new Set(items.filter((_, i) => kinds[i])))
        expect(plan(after)).toMatchObject({ release: [], retract: [] })
      }),
    )
  })
})
