/**
 * Mutation testing of the folders that decide, in pieces, so that it can be stopped and taken up again:
 *
 *   npm run mutants                       what was not measured since it was changed
 *   npm run mutants -- consent gate/plan  only paths that hold one of these
 *   npm run mutants -- --again            files in which mutants have survived, after tests were added
 *   npm run mutants -- --seconds 100      begins nothing new after that time
 *   npm run mutants -- --list             runs nothing: prints what survives, and the scores
 *
 * Reports lie in `reports/mutants`. `UPDATE=1` writes the scores into the README.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

const SOURCE = 'packages/portti/src'
const REPORTS = 'reports/mutants'
const DONE = `${REPORTS}/done.json`
const folders = ['policy', 'consent', 'gate']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    again: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    seconds: { type: 'string', default: 'Infinity' },
    /** About how many lines one run of Stryker takes on; a run that is stopped leaves nothing. */
    lines: { type: 'string', default: '60' },
  },
})
const end = Date.now() + Number(values.seconds) * 1000

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {})
const reportOf = (folder) => `${REPORTS}/${folder}.json`
const mutantsOf = ({ folder, path }) => read(reportOf(folder)).files?.[path]?.mutants ?? []
const survived = ({ status }) => status === 'Survived' || status === 'NoCoverage'

const all = folders.flatMap((folder) =>
  readdirSync(`${SOURCE}/${folder}`)
    .filter((name) => /\.tsx?$/.test(name) && !/\.test(-d)?\.tsx?$/.test(name))
    .map((name) => {
      const path = `${SOURCE}/${folder}/${name}`
      const text = readFileSync(path, 'utf8')
      const lines = text.split('\n')
      return { folder, path, lines, hash: createHash('sha1').update(text).digest('hex') }
    }),
)
const isChosen = ({ path }) => !positionals.length || positionals.some((part) => path.includes(part))
const chosen = all.filter(isChosen)

/** Parts of a file that one run takes on, and then the whole: for what crosses their borders. The rest is in the report. */
function piecesOf({ path, lines }) {
  const most = Number(values.lines)
  const pieces = []
  for (let from = 1; lines.length > most && from < lines.length; from += most) {
    const to = Math.min(from + most - 1, lines.length)
    pieces.push({ mutate: `${path}:${from}-${to}`, cost: to - from })
  }
  return [...pieces, { mutate: path, cost: pieces.length ? 10 : lines.length }]
}

const isOpen = (file, mutate) => read(DONE)[mutate] !== file.hash
const isWanted = (file, { mutate }) =>
  isOpen(file, mutate) || (values.again && mutate === file.path && mutantsOf(file).some(survived))

/** One run of Stryker: pieces of one folder. */
function run(folder, pieces) {
  const mutate = pieces.map((piece) => piece.mutate)
  console.log(mutate.join('\n'))
  // The test beside each file; in `policy`, where files are tested together, all of them.
  const names = pieces.map(({ file: { path } }) => path.replace(/.*\/|\.tsx?$/g, ''))
  const own = names.filter((name) => existsSync(`${SOURCE}/${folder}/${name}.test.ts`))
  const TESTS =
    folder === 'policy' || own.length < names.length ? '*' : own.length > 1 ? `{${own.join()}}` : own[0]
  const { status } = spawnSync(
    'npx',
    ['stryker', 'run', '--mutate', mutate.join(), '--incrementalFile', reportOf(folder)],
    { env: { ...process.env, FOLDER: folder, TESTS }, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  if (status !== 0) throw new Error(`Stryker ended with ${status}`)
  const done = pieces.map((piece) => [piece.mutate, piece.file.hash])
  writeFileSync(DONE, JSON.stringify({ ...read(DONE), ...Object.fromEntries(done) }, null, 2))
}

mkdirSync(REPORTS, { recursive: true })
for (const folder of values.list ? [] : folders) {
  let batch = []
  const flush = () => {
    if (batch.length && Date.now() < end) run(folder, batch)
    batch = []
  }
  for (const file of chosen.filter((one) => one.folder === folder)) {
    for (const piece of piecesOf(file).filter((one) => isWanted(file, one))) {
      const cost = batch.reduce((sum, one) => sum + one.cost, piece.cost)
      // A whole file comes after its parts, never with them.
      if (cost > Number(values.lines) || batch.some((one) => one.file === file)) flush()
      batch.push({ ...piece, file })
    }
  }
  flush()
}

for (const file of chosen) {
  for (const { location, mutatorName, replacement, status } of mutantsOf(file).filter(survived)) {
    const { start, end: last } = location
    const line = file.lines[start.line - 1] ?? ''
    const code = start.line === last.line ? line.slice(start.column - 1, last.column - 1) : line.trim()
    const place = `${file.path.slice(SOURCE.length + 1)}:${start.line}:${start.column}`
    console.log(`${place} ${status} ${mutatorName}: ${code} → ${replacement.replace(/\s+/g, ' ')}`)
  }
}

const day = new Date().toISOString().slice(0, 10)
const rows = folders.map((folder) => {
  const files = all.filter((file) => file.folder === folder)
  const measured = files.filter((file) => !isOpen(file, file.path))
  const found = measured.flatMap(mutantsOf)
  // A test file that cannot be loaded any more is a `RuntimeError`.
  const valid = found.filter(({ status }) =>
    /^(Killed|Timeout|RuntimeError|Survived|NoCoverage)$/.test(status),
  )
  const killed = valid.filter((mutant) => !survived(mutant)).length
  const score = ((100 * killed) / (valid.length || 1)).toFixed(1)
  return `| \`${folder}\` | ${measured.length} of ${files.length} | ${valid.length} | ${killed} | ${score} % |`
})
const table = [
  '<!-- mutants -->',
  `| folder, ${day} | files measured | mutants | killed | score |`,
  '| --- | ---: | ---: | ---: | ---: |',
  ...rows,
  '<!-- /mutants -->',
].join('\n')
console.log(table)
const open = all.filter((file) => isOpen(file, file.path)).map(({ path }) => path.slice(SOURCE.length + 1))
if (open.length) console.log(`Not measured as they are now: ${open.join(', ')}`)
if (process.env.UPDATE) {
  const readme = readFileSync('README.md', 'utf8')
  writeFileSync('README.md', readme.replace(/<!-- mutants -->[\s\S]*<!-- \/mutants -->/, table))
}
