/** Holds every way out of an unmarked page, in five phases, and proves first that it is one. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { families } from '../leaks/cases.ts'
import { type FaultKind, keepFaults, knownFaults, reasonOf } from '../leaks/expected.ts'
import { createProofs } from '../leaks/proof.ts'
import { phasesOn, type Rung, rungs } from '../leaks/rungs.ts'
import { engine, launch, type Page } from './engines.ts'
import { play, prove } from './leaks/play.ts'
import { openLeakWorld } from './leaks/sites.ts'
import type { World } from './world.ts'

let world: World
let page: Page
beforeAll(async () => {
  world = await openLeakWorld()
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
// An engine may crash in between; the case is played again then.
beforeEach(async () => {
  if (!page || !(await page.isAlive())) page = await launch(engine, { world })
})

/** For work on the suite: only these rungs, proofs anew, and a file that gets a line per case; those that have one are not played. */
const only: readonly string[] = process.env.LEAKS_RUNGS?.split(',') ?? rungs
const anew = process.env.LEAKS_PROVE !== undefined
const log = process.env.LEAKS_LOG
const played = log && existsSync(log) ? readFileSync(log, 'utf8') : ''
/** `0/2`: every second case, so that two runs share the work. */
const [part = 0, parts = 1] = (process.env.LEAKS_PART ?? '0/1').split('/').map(Number)
const proofs = createProofs(engine)

for (const [f, family] of families.entries()) {
  describe(family.name, () => {
    for (const [c, one] of family.cases.entries()) {
      if (c % parts !== part) continue
      const excepted = one.except?.[engine]
      const name = `${family.name}: ${one.name}`
      test(excepted ? `${one.name}: no way out here, ${excepted}` : one.name, async () => {
        if (played.includes(`[${JSON.stringify(name)},`)) return
        const stage = { page, world }
        let proof = anew ? undefined : proofs.find(name, one)
        if (!proof) {
          const { missing, proof: made } = await prove(stage, one, `c${f}-${c}.bare.shop.example`)
          if (excepted) expect(missing, 'without Portti it is a way out').not.toEqual([])
          else expect(missing, 'what the page does not do without Portti').toEqual([])
          if (anew || process.env.UPDATE) proofs.keep(name, one, made)
          proof = made
        }
        if (excepted) return
        const seen: string[] = []
        const found: Partial<Record<Rung, FaultKind[]>> = {}
        const wanted: typeof found = {}
        for (const rung of rungs) {
          if (!only.includes(rung) || /none|same/.test(phasesOn(rung, one))) continue
          const host = `c${f}-${c}.${rung.replace(/\W+/g, '-')}.shop.example`
          const faults = await play(stage, one, host, rung, proof)
          seen.push(...faults.map((fault) => `${rung}: ${fault}`))
          // The cast: the first word is the kind.
          const kinds = faults.map((line) => line.replace(/ .*/s, '') as FaultKind)
          const known = knownFaults(name, engine, rung)
          // What is seen at times only is not waited for.
          const late = known.filter((kind) => reasonOf(name, engine, rung, kind)?.sometimes)
          found[rung] = [...new Set([...kinds, ...late])].sort()
          wanted[rung] = [...known].sort()
        }
        if (process.env.UPDATE) keepFaults(name, engine, found)
        if (log) appendFileSync(log, `${JSON.stringify([name, seen])}\n`)
        if (!process.env.UPDATE) expect(found, seen.join('\n')).toEqual(wanted)
      })
    }
  })
}
