/** `npm run faults`: tries every fault with every library and prints the table. See README.md here for the words after `--`. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { versionOf } from '../bench/versions.ts'
import { faults } from './faults.ts'
import { entrants, openCourse } from './run.ts'
import { asTable, type Results, rowOf } from './table.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    faults: { type: 'string' },
    add: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    keep: { type: 'string', default: 'test/faults/dist/tried.json' },
  },
})
const FILE = values.keep

/** `<entrant> <fault>` → what went wrong, or null. */
const tried: Record<string, string | null> =
  values.add && existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {}
const chosen = entrants.filter(({ id }) => !values.only || values.only.split(',').includes(id))
const wanted = faults.filter(({ name }) => !values.faults || new RegExp(values.faults, 'i').test(name))

const course = await openCourse()
try {
  for (const fault of wanted)
    for (const entrant of chosen) {
      const key = `${entrant.id} ${fault.name}`
      if (key in tried) continue
      try {
        tried[key] = (await course.try(fault, entrant)) ?? null
      } catch (error) {
        // The test has failed, not the library: told, and not in the table.
        console.error(`${key}: ${error instanceof Error ? error.message : error}`)
        continue
      }
      mkdirSync('test/faults/dist', { recursive: true })
      writeFileSync(FILE, JSON.stringify(tried))
      console.error(`${entrant.name}: ${fault.name}: ${tried[key] ?? 'passed'}`)
    }
} finally {
  await course.close()
}

const rows = faults
  .filter(({ name }) => entrants.every(({ id }) => `${id} ${name}` in tried))
  .map((fault) =>
    rowOf(
      fault,
      entrants.map(({ id }) => tried[`${id} ${fault.name}`] ?? undefined),
    ),
  )
const results: Results = {
  date: new Date().toISOString().slice(0, 10),
  browser: execFileSync('chromium', ['--version'], { encoding: 'utf8' })
    .trim()
    .replace(/ (built|on) .*/, ''),
  entrants: entrants.map((entrant) => ({
    id: entrant.id,
    name: entrant.name,
    version: versionOf(entrant).version ?? '',
  })),
  rows,
}
const table = asTable(results)
console.log(table)
if (rows.length < faults.length)
  console.log(`${faults.length - rows.length} faults have not been tried with everybody yet.`)
if (values.write) {
  writeFileSync('docs/faults.json', `${JSON.stringify(results, null, 2)}\n`)
  // As every JSON file here is laid out.
  execFileSync('node_modules/.bin/biome', ['format', '--write', 'docs/faults.json'])
  const readme = readFileSync('README.md', 'utf8')
  writeFileSync(
    'README.md',
    readme.replace(/(?<=<!-- faults -->\n).*?(?=<!-- \/faults -->)/s, () => table),
  )
}
