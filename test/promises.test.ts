/** `docs/promises.md` says which test proves a promise: every promise is there, and every test that it names exists. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const lines = readFileSync(`${ROOT}docs/promises.md`, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('- **R'))

const id = (number: number) => `R${String(number).padStart(2, '0')}`
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, step) => id(first + step))
/** R11 is not wanted: a site's own tests click too. */
const promised = [...range(1, 10), ...range(20, 34), ...range(40, 49)]

/** Files and the titles that stand after them. */
const named = (line: string): [file: string, title: string][] =>
  [...line.matchAll(/`([^`]+\.test\.tsx?)`((?:,? "[^"]+")*)/g)].flatMap(([, file = '', titles = '']) => {
    const all = [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']): [string, string] => [file, title])
    // A file alone proves nothing.
    return all.length > 0 ? all : [[file, '']]
  })

test('every promise has one line, in order', () => {
  expect(lines.map((line) => /R\d\d/.exec(line)?.[0])).toEqual(promised)
})

describe.each(lines.map((line) => [/R\d\d/.exec(line)?.[0] ?? '', line] as const))(
  'the promise %s',
  (_, line) => {
    test('names tests that exist, or says why there is none', () => {
      const tests = named(line)
      if (line.includes('No test: ')) expect(tests).toEqual([])
      else {
        expect(tests.length).toBeGreaterThan(0)
        expect(line).toContain(' Goal: ')
        expect(line).toContain(' Engines: ')
      }
      const missing = tests.filter(([file, title]) => {
        if (!title || !existsSync(ROOT + file)) return true
        const text = readFileSync(ROOT + file, 'utf8').replaceAll("\\'", "'")
        return !["'", '"', '`'].some((quote) => text.includes(quote + title + quote))
      })
      expect(missing).toEqual([])
    })
  },
)
