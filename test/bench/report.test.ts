import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { none } from './contestants/none.ts'
import { portti } from './contestants/portti.ts'
import { picture } from './picture.ts'
import { type Figures, figuresOf } from './report.ts'
import { markdown, scaleTables, text } from './table.ts'

const machine = { on: '2026-11-22', chromium: 'Chromium 1', processors: '2 × fast' }
const rounds = [{ cpu: { none: 10, portti: 14 }, 'inserted-10000': { none: 100, portti: 103 } }]
const figures = figuresOf({ rounds, remarks: { portti: ['lost a script'] } }, [none, portti], machine)

test('shows medians, versions and what was noticed', () => {
  const mine = figures.contestants.find(({ id }) => id === 'portti')
  expect(mine?.medians.cpu).toBe(4)
  expect(mine?.overhead['inserted-10000']).toBeCloseTo(3)
  expect(mine?.version).toMatch(/^\d+\.\d+\.\d+$/)
  expect(mine?.notes).toContain('lost a script')
  expect(text(figures)).toMatch(/CPU\+ of the first view, ms +0\.0 +4\.0/)
  expect(scaleTables(figures)).toContain('- Portti: lost a script')
})

test('leaves a figure out rather than show one that was not taken', () => {
  expect(text(figures)).not.toMatch(/banner visible/)
  expect(markdown(figures)).toContain('| banner visible, slow network, ms | – |')
  expect(picture(figures)).toContain('cannot')
})

/** The figures that are kept in the repository, as `--write` has left them. */
test.skipIf(!existsSync('docs/bench.json'))('README, picture and docs/bench.md show the kept figures', () => {
  // Written by ourselves.
  const kept = JSON.parse(readFileSync('docs/bench.json', 'utf8')) as Figures
  expect(readFileSync('README.md', 'utf8')).toContain(`<!-- bench -->\n${markdown(kept)}<!-- /bench -->`)
  expect(readFileSync('docs/bench.svg', 'utf8')).toBe(picture(kept))
  expect(readFileSync('docs/bench.md', 'utf8')).toBe(scaleTables(kept))
})
