/**
 * Whatever code does under the guard, before the answer nothing leaves the page: the part of the leak suite that is quick, and that
 * every change has to pass. `npm run leaks` plays all of it.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { families } from '../leaks/cases.ts'
import { knownFaults } from '../leaks/expected.ts'
import { createProofs } from '../leaks/proof.ts'
import { engine, launch, type Page } from './engines.ts'
import { play } from './leaks/play.ts'
import { openLeakWorld } from './leaks/sites.ts'
import type { World } from './world.ts'

let world: World
let page: Page
beforeAll(async () => {
  world = await openLeakWorld()
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})

const proofs = createProofs(engine)
const code = families.flatMap(({ name, cases }) =>
  cases
    .filter(
      ({ inserts, calls, except }) => (inserts !== undefined || calls !== undefined) && !except?.[engine],
    )
    .map((one) => [`${name}: ${one.name}`, one] as const)
    .filter(([title]) => knownFaults(title, engine, 'guard').every((kind) => kind === 'lost')),
)

test.for(code)('%s', async ([title, one]) => {
  const proof = proofs.find(title, one)
  if (!proof) throw new Error('Nobody has seen that this is a way out: UPDATE=1 npm run leaks')
  const host = title.toLowerCase().replace(/\W+/g, '-').slice(0, 60).replace(/-$/, '')
  expect(await play({ page, world }, one, `${host}.shop.example`, 'guard', proof, 'answer')).toEqual([])
})
