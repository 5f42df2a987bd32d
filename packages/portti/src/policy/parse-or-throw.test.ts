import { expect, test } from 'vitest'
import { catalogue } from '../services/catalogue.ts'
import { parse } from './parse.ts'
import { parseOrThrow } from './parse-or-throw.ts'

const good = {
  controller: { name: 'Mallila Oy', privacyNotice: '/tietosuoja' },
  categories: [{ id: 'analytics', services: ['google-analytics'] }],
}

test('a sound policy comes back as parse gives it', () => {
  expect({ ok: true, policy: parseOrThrow(good, catalogue) }).toEqual(parse(good, catalogue))
})

test('a faulty one is an Error that says everything at once, a line each', () => {
  const faulty = {
    ...good,
    languages: ['fi', 7],
    categories: [{ id: 'analytics', services: ['gogle-analytics'] }],
  }
  const parsed = parse(faulty, catalogue)
  expect(parsed.ok ? [] : parsed.issues.map(({ path }) => path)).toHaveLength(2)
  let thrown: unknown
  try {
    parseOrThrow(faulty, catalogue)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(Error)
  const lines = String((thrown as Error).message).split('\n')
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^\/languages\/1: /)
  expect(lines[1]).toMatch(/^\/categories\/0\/services\/0: /)
})
