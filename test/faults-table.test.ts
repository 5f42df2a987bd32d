import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { asTable, type Results } from './faults/table.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const results: Results = JSON.parse(readFileSync(`${ROOT}docs/faults.json`, 'utf8'))

test('the README shows the faults as they were measured (npm run faults -- --write)', () => {
  const shown = /(?<=<!-- faults -->\n).*?(?=<!-- \/faults -->)/s.exec(
    readFileSync(`${ROOT}README.md`, 'utf8'),
  )
  expect(shown?.[0]).toBe(asTable(results))
})

test('the fault course was run with the version of each peer that the bench names', () => {
  const { devDependencies } = JSON.parse(readFileSync(`${ROOT}test/bench/package.json`, 'utf8')) as {
    devDependencies: Record<string, string>
  }
  const versions = Object.values(devDependencies)
  const peers = results.entrants.filter(({ id }) => id !== 'portti')
  expect(peers).toHaveLength(4)
  expect(peers.filter(({ version }) => !versions.includes(version))).toEqual([])
})
