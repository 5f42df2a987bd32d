/** Runs the rounds: everybody does one thing after the other before anybody does the next. */
import { startChromium } from './chromium.ts'
import type { Contestant, Part } from './contestants/contestant.ts'
import { contestants, withGuard } from './contestants/index.ts'
import { porttiTemplate } from './contestants/portti.ts'
import { type Turns, turns } from './lock.ts'
import { slowAccept, slowNetwork, slowSettings } from './measures/banner.ts'
import { type Bench, inOneTrace, type Measure, type Taken, type Traced } from './measures/bench.ts'
import { bytesAndRequests } from './measures/bytes.ts'
import { firstView } from './measures/first-view.ts'
import { declaredServices, heldFrames, heldScripts, insertedNodes } from './measures/scale.ts'
import { FRAMES, HELD, INSERTED, SERVICES } from './metrics.ts'
import { note, type Round, remark, type Samples } from './samples.ts'
import { openServer } from './server.ts'

export interface Plan {
  readonly rounds: number
  /** Rounds of the parts that take long. */
  readonly scaleRounds: number
  /** Ids of contestants; nobody is left out without it. */
  readonly only?: readonly string[] | undefined
  /** Words in the names of stretches; none is left out without it. */
  readonly stretches?: readonly string[] | undefined
  /** A file; everything is done in turns of two minutes with others that lock it. */
  readonly lock?: string | undefined
  readonly say: (line: string) => void
}

/** Part of a round, in a browser of its own. */
interface Stretch {
  readonly name: string
  readonly who: readonly Contestant[]
  readonly part?: Part
  readonly measures?: readonly Measure[]
  /** Measured in a trace each, of more and more. */
  readonly traces?: readonly ((bench: Bench, contestant: Contestant) => Promise<Traced>)[]
}

const VISIT: readonly Stretch[] = [
  { name: 'visits', who: contestants, traces: [firstView] },
  { name: 'slow visits', who: contestants, measures: [slowAccept, slowSettings, slowNetwork] },
]

const held = (counts: readonly number[]): Stretch => ({
  name: `${counts.join(', ')} held`,
  who: contestants,
  part: 'scripts',
  traces: counts.map((count) => (bench, contestant) => heldScripts(bench, contestant, count)),
})

const SCALE: readonly Stretch[] = [
  held(HELD.slice(0, -1)),
  held(HELD.slice(-1)),
  {
    name: 'frames',
    who: [...contestants, porttiTemplate],
    part: 'frames',
    traces: FRAMES.map((count) => (bench, contestant) => heldFrames(bench, contestant, count)),
  },
  {
    name: 'services',
    who: contestants,
    part: 'services',
    traces: SERVICES.map((count) => (bench, contestant) => declaredServices(bench, contestant, count)),
  },
  {
    name: 'inserted',
    who: withGuard,
    traces: INSERTED.map((count) => (bench, contestant) => insertedNodes(bench, contestant, count)),
  },
]

/** Who takes longer with one count is not asked for the next: one peer takes minutes for 5,000 services. */
const PATIENCE_MS = 40_000

const BYTES: readonly Stretch[] = [{ name: 'bytes', who: contestants, measures: [bytesAndRequests] }]

/** Adds rounds to `samples`. A measure that fails is told as a remark, and leaves no figure. */
export async function run(plan: Plan, samples: Samples): Promise<void> {
  const server = await openServer()
  try {
    if (plan.rounds > 0) await round(BYTES, 0)
    for (let number = 0; number < plan.rounds; number += 1) await round(VISIT, number)
    for (let number = 0; number < plan.scaleRounds; number += 1) await round(SCALE, number)
  } finally {
    await server.close()
  }

  function isWanted(name: string): boolean {
    return plan.stretches?.some((word) => name.includes(word)) ?? true
  }

  async function round(stretches: readonly Stretch[], number: number): Promise<void> {
    const taken: Round = {}
    // Now, so that what has been measured is kept whenever somebody saves.
    samples.rounds.push(taken)
    const turn = turns(plan.lock)
    try {
      for (const stretch of stretches.filter(({ name }) => isWanted(name))) {
        await turn.take()
        const started = Date.now()
        const browser = await startChromium()
        try {
          await go(stretch, number, { browser, server }, turn, taken)
        } finally {
          await browser.close()
        }
        plan.say(`${stretch.name}, round ${number + 1}: ${Math.round((Date.now() - started) / 1000)} s`)
      }
    } finally {
      await turn.end()
    }
  }

  async function go(
    { name, who, part, measures = [], traces = [] }: Stretch,
    number: number,
    bench: Bench,
    turn: Turns,
    taken: Round,
  ): Promise<void> {
    // Another one begins each time, so that nobody always comes first.
    const able = turned(
      who.filter(({ id, cannot }) => !(part && cannot?.[part]) && (!plan.only || plan.only.includes(id))),
      number,
    )
    const slow = new Set<Contestant>()
    for (const measure of traces) {
      await turn.take()
      const timed = async (bench: Bench, contestant: Contestant): Promise<Traced> => {
        const started = Date.now()
        try {
          return await measure(bench, contestant)
        } finally {
          if (Date.now() - started > PATIENCE_MS) slow.add(contestant)
        }
      }
      for (const contestant of slow)
        remark(samples, contestant.id, `${name}: takes so long that more of them were not tried`)
      const quick = able.filter((contestant) => !slow.has(contestant))
      for (const [id, one] of await inOneTrace(bench, timed, quick)) keep(id, one)
    }
    for (const measure of measures) {
      for (const contestant of able) {
        await turn.take()
        try {
          keep(contestant.id, await measure(bench, contestant))
        } catch (error) {
          remark(samples, contestant.id, error instanceof Error ? error.message : String(error))
        }
      }
    }

    function keep(id: string, { values, remarks = [] }: Taken): void {
      note(taken, id, values)
      for (const words of remarks) remark(samples, id, words)
    }
  }
}

const turned = <T>(list: readonly T[], by: number): T[] => {
  const at = list.length > 0 ? by % list.length : 0
  return [...list.slice(at), ...list.slice(0, at)]
}
