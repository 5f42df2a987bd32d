/** The leak suite itself: that its cases are sound, and that the README tells what it measures. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from '../packages/portti/src/policy/index.ts'
import { catalogue } from '../packages/portti/src/services/catalogue.ts'
import { families } from './leaks/cases.ts'
import { knownOf, type Reason, reasonOf, reasons } from './leaks/expected.ts'
import { leakPolicy } from './leaks/policy.ts'
import { createProofs } from './leaks/proof.ts'
import { rungs } from './leaks/rungs.ts'
import { engines, leakTable } from './leaks/table.ts'

const README = fileURLToPath(new URL('../README.md', import.meta.url))
const TABLE = /(?<=<!-- leaks -->\n).*?(?=<!-- \/leaks -->)/s
const cases = families.flatMap(({ name, cases }) =>
  cases.map((one) => [`${name}: ${one.name}`, one] as const),
)

test('the policy of the suite is sound', () => {
  expect(parse(leakPolicy, catalogue)).toMatchObject({ ok: true })
})

test('there are cases enough, and no two have one name', () => {
  expect(cases.length).toBeGreaterThanOrEqual(120)
  expect(new Set(cases.map(([name]) => name)).size).toBe(cases.length)
})

test('every case would be seen: it asks somebody or leaves something', () => {
  for (const [name, one] of cases)
    expect([name, one.reaches.length + (one.leaves?.length ?? 0)]).not.toEqual([name, 0])
})

test.each(engines)('every case has been seen to be a way out of %s, or is excepted there', (engine) => {
  const proofs = createProofs(engine)
  const unseen = cases.filter(([name, one]) => !proofs.find(name, one)).map(([name]) => name)
  expect(unseen, `UPDATE=1 npx vitest run --project ${engine} test/browser/leaks.test.ts`).toEqual([])
})

test('what is known not to be held is of cases that are there, each with its reason, and no reason is idle', () => {
  const names = new Set<string>(cases.map(([name]) => name))
  const unknown: string[] = []
  const told = new Set<Reason>()
  for (const engine of engines)
    for (const [name, known] of Object.entries(knownOf(engine)))
      for (const rung of rungs)
        for (const kind of known[rung] ?? []) {
          const reason = reasonOf(name, engine, rung, kind)
          if (reason) told.add(reason)
          if (!reason || !names.has(name)) unknown.push(`${engine}, ${rung}, ${name}: ${kind}`)
        }
  expect(unknown, 'say why in test/leaks/expected.ts').toEqual([])
  expect(reasons.filter((one) => !told.has(one)).map(({ why }) => why)).toEqual([])
})

test('the README tells what is held as it is (UPDATE=1 rewrites it)', () => {
  const readme = readFileSync(README, 'utf8')
  const table = leakTable()
  console.log(`\n${table}`)
  expect(readme, 'README.md has <!-- leaks --> and <!-- /leaks -->, each on its own line').toMatch(TABLE)
  if (process.env.UPDATE)
    writeFileSync(
      README,
      readme.replace(TABLE, () => table),
    )
  else expect(readme.match(TABLE)?.[0]).toBe(table)
})
