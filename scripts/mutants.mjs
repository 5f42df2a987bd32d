/**
 * Mutation testing of the folders that decide, one file after the other, so that it can be stopped and taken up again:
 *
 *   npm run mutants                       what was not measured since it was changed
 *   npm run mutants -- consent            one folder; or a part of a file's path
 *   npm run mutants -- --again            also files in which mutants had survived
 *   npm run mutants -- --seconds 100      begins nothing new after that time
 *   npm run mutants -- --survivors        only prints what survives
 *
 * Reports lie in `reports/mutants`. `UPDATE=1` writes the scores into the README.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'

const SOURCE = 'packages/portti/src'
const REPORTS = 'reports/mutants'
const folders = ['policy', 'consent', 'gate']
/** Lines that one run of Stryker takes on; a run can be stopped without losing more. */
const LINES = 70

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    again: { type: 'boolean', default: false },
    survivors: { type: 'boolean', default: false },
    seconds: { type: 'string', default: 'Infinity' },
  },
})
const end = Date.now() + Number(values.seconds) * 1000

const all = folders.flatMap((folder) =>
  readdirSync(`${SOURCE}/${folder}`)
    .filter((name) => /\.tsx?$/.test(name) && !/\.test(-d)?\.tsx?$/.test(name))
    .map((name) => ({
      folder,
      path: `${SOURCE}/${folder}/${name}`,
      report: `${REPORTS}/${folder}-${name}.json`,
    })),
)
const chosen = all.filter(
  ({ path }) => !positionals.length || positionals.some((part) => path.includes(part)),
)

const read = ({ report }) => (existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined)
const mutantsOf = (file) => read(file)?.files[file.path]?.mutants ?? []
const survived = ({ status }) => status === 'Survived' || status === 'NoCoverage'
const isDone = (file) =>
  `${read(file)?.config?.mutate}` === file.path &&
  statSync(file.report).mtimeMs > statSync(file.path).mtimeMs &&
  !(values.again && mutantsOf(file).some(survived))

/** @returns {boolean} Whether it ran to its end. */
function stryker({ folder, report }, mutate) {
  const { status } = spawnSync('npx', ['stryker', 'run', '--mutate', mutate, '--incrementalFile', report], {
    env: { ...process.env, FOLDER: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return status === 0
}

/** The last line that was measured; the same file may be taken up again behind it. */
function reached(file) {
  if (!existsSync(file.report) || statSync(file.report).mtimeMs < statSync(file.path).mtimeMs) return 0
  return Number(/:\d+-(\d+)$/.exec(`${read(file).config?.mutate}`)?.[1] ?? Infinity)
}

function measure(file) {
  const lines = readFileSync(file.path, 'utf8').split('\n').length
  const ranges = []
  if (lines > 1.5 * LINES)
    for (let from = 1; from <= lines; from += LINES) ranges.push([from, Math.min(from + LINES - 1, lines)])
  const begin = reached(file)
  const runs = [
    ...ranges.filter(([from]) => from > begin).map((range) => `${file.path}:${range.join('-')}`),
    // What crosses the borders of those ranges; for the rest the report has the result.
    file.path,
  ]
  for (const run of runs) {
    if (Date.now() > end) return
    console.log(run)
    if (!stryker(file, run)) throw new Error(`Stryker failed on ${run}`)
  }
}

/** @returns {{ killed: number, valid: number }} */
function count(files) {
  const counted = files
    .flatMap(mutantsOf)
    .filter(({ status }) => /^(Killed|Timeout|Survived|NoCoverage)$/.test(status))
  return { killed: counted.filter((mutant) => !survived(mutant)).length, valid: counted.length }
}

mkdirSync(REPORTS, { recursive: true })
if (!values.survivors) for (const file of chosen) if (Date.now() < end && !isDone(file)) measure(file)

for (const file of chosen) {
  const source = readFileSync(file.path, 'utf8').split('\n')
  for (const { location, mutatorName, replacement, status } of mutantsOf(file).filter(survived)) {
    const { start, end: last } = location
    const code =
      start.line === last.line
        ? source[start.line - 1].slice(start.column - 1, last.column - 1)
        : source[start.line - 1].trim()
    console.log(
      `${basename(file.report, '.json')}:${start.line}:${start.column} ${mutatorName} ${status}: ${code} → ${replacement.replace(/\s+/g, ' ')}`,
    )
  }
}
const rows = folders.map((folder) => {
  const files = all.filter((file) => file.folder === folder)
  const open = files.filter((file) => !isDone(file)).length
  return { folder, ...count(files), open }
})
const day = new Date().toISOString().slice(0, 10)
const table = [
  '<!-- mutants -->',
  `| folder | mutants | killed | score (${day}) |`,
  '| --- | ---: | ---: | ---: |',
  ...rows.map(
    ({ folder, killed, valid }) =>
      `| \`${folder}\` | ${valid} | ${killed} | ${((100 * killed) / valid).toFixed(1)} % |`,
  ),
  '<!-- /mutants -->',
].join('\n')
console.log(table)
for (const { folder, open } of rows)
  if (open) console.log(`${folder}: ${open} files are not measured as they are now`)
if (process.env.UPDATE) {
  const readme = readFileSync('README.md', 'utf8')
  writeFileSync('README.md', readme.replace(/<!-- mutants -->[\s\S]*<!-- \/mutants -->/, table))
}
