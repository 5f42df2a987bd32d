/** `npm run bench`: measures, prints the table, and keeps the rounds. See README.md beside this file. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { check } from './check.ts'
import { noGuard, withGuard } from './contestants/index.ts'
import { picture } from './picture.ts'
import { figuresOf } from './report.ts'
import { run } from './run.ts'
import { noSamples, type Samples } from './samples.ts'
import { markdown, scaleTables, text } from './table.ts'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    'scale-rounds': { type: 'string', default: '3' },
    only: { type: 'string' },
    stretches: { type: 'string' },
    lock: { type: 'string' },
    add: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})

const KEPT = 'test/bench/dist/rounds.json'
const README = 'README.md'
const TABLE = /(?<=<!-- bench -->\n).*?(?=<!-- \/bench -->)/s

const only = options.only?.split(',')
const unknown = only?.filter((id) => !withGuard.some((contestant) => contestant.id === id)) ?? []
if (unknown.length > 0) {
  throw new Error(
    `nobody is called ${unknown.join(', ')}; there are ${withGuard.map(({ id }) => id).join(', ')}`,
  )
}
if (!existsSync('packages/portti/dist/portti.js')) throw new Error('nothing is built yet: npm run build')
if (noGuard) console.log(noGuard)

const samples: Samples = options.add ? (JSON.parse(readFileSync(KEPT, 'utf8')) as Samples) : noSamples()
const started = Date.now()
await run(
  {
    rounds: Number(options.rounds),
    scaleRounds: Number(options['scale-rounds']),
    only,
    stretches: options.stretches?.split(','),
    lock: options.lock,
    say: (line) => {
      console.log(line)
      keep()
    },
  },
  samples,
)
keep()
console.log(`took ${Math.round((Date.now() - started) / 60_000)} minutes\n`)

const figures = figuresOf(samples, withGuard, {
  on: new Date().toISOString().slice(0, 10),
  chromium: version(),
  processors: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
})
console.log(text(figures))

if (options.write) {
  mkdirSync('docs', { recursive: true })
  writeFileSync('docs/bench.json', `${JSON.stringify(figures, null, 2)}\n`)
  writeFileSync('docs/bench.svg', picture(figures))
  const readme = readFileSync(README, 'utf8')
  // A function, because a replacement string has signs of its own.
  writeFileSync(
    README,
    readme.replace(TABLE, () => markdown(figures)),
  )
  writeFileSync('docs/bench.md', scaleTables(figures))
}

if (options.check) {
  const broken = check(samples.rounds)
  for (const line of broken) console.log(line)
  console.log(broken.length > 0 ? `${broken.length} limits are broken` : 'every limit is kept')
  if (broken.length > 0) process.exitCode = 1
}

function keep(): void {
  mkdirSync(dirname(KEPT), { recursive: true })
  writeFileSync(KEPT, JSON.stringify(samples))
}

function version(): string {
  return execFileSync('chromium', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    .replace(/ built.*/s, '')
    .trim()
}
