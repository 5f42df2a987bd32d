/**
 * Whatever code does under the guard, before the answer nothing leaves the page: the part of the leak suite that is quick, and that
 * every change has to pass. `npm run leaks` plays all of it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vendorAnswers } from '../leaks/cases/bundles.ts'
import { families } from '../leaks/cases.ts'
import { knownFaults } from '../leaks/expected.ts'
import type { LeakCase } from '../leaks/leak-case.ts'
import { createProofs } from '../leaks/proof.ts'
import { trackerHosts } from '../leaks/tracker.ts'
import { engine, launch, type Page } from './engines.ts'
import { play } from './leaks/play.ts'
import { sites } from './leaks/sites.ts'
import { openWorld, standIns, type World } from './world.ts'

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(
    sites,
    trackerHosts,
    ({ host, path }) => vendorAnswers[host + path.replace(/\?.*/, '')],
    standIns(),
  )
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})

const proofs = createProofs(engine)
const isCode = ({ inserts, calls }: LeakCase) => inserts !== undefined || calls !== undefined

describe.each(families)('$name', ({ name, cases }) => {
  const held = cases.filter(
    (one) =>
      isCode(one) &&
      !one.except?.[engine] &&
      !knownFaults(`${name}: ${one.name}`, engine, 'guard').some((kind) => kind !== 'lost'),
  )
  test.for(held.map((one) => [one.name, one] as const))('%s', async ([title, one]) => {
    const proof = proofs.find(`${name}: ${title}`, one)
    if (!proof) throw new Error('Nobody has seen that this is a way out: UPDATE=1 npm run leaks')
    const host = `${name}-${title}`.toLowerCase().replace(/\W+/g, '-').slice(0, 60).replace(/-$/, '')
    expect(await play({ page, world }, one, `${host}.shop.example`, 'guard', proof, 'answer')).toEqual([])
  })
})
