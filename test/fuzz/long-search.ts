/**
 * The long search: `npm run fuzz -- [seconds] [target …]`. Guided by what code an input reaches, as V8 itself counts it. What
 * breaks a promise goes into the corpus, which the tests try each time; with `--keep` so does what has reached new code.
 */
import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { readCorpus, writeCorpus } from './corpus.ts'
import { type Coverage, search } from './search.ts'
import { type Target, targets } from './targets.ts'

/** Where the files begin that the build has put in here; it writes a comment before each. */
const files = Array.from(
  readFileSync(new URL(import.meta.url), 'utf8').matchAll(/^\/\/ (\S+\.\w+)$/gm),
  ({ index, 1: path = '' }) => ({ index, path }),
)
/** What the search itself does is nothing new. */
const isOurs = (offset: number) =>
  files
    .filter(({ index }) => index <= offset)
    .at(-1)
    ?.path.startsWith('packages/') === true

/** Counts blocks of this very file, which the build has put all code into. */
function createCoverage(session: Session): Coverage {
  const seen = new Map<string, Uint8Array>()

  const compare = (learns: boolean): boolean => {
    let isNew = false
    // Posting is synchronous within one process.
    session.post('Profiler.takePreciseCoverage', (_, { result }) => {
      for (const { functions } of result.filter(({ url }) => url === import.meta.url)) {
        for (const { ranges } of functions) {
          const [whole] = ranges
          if (!whole || whole.count === 0 || !isOurs(whole.startOffset)) continue
          const { startOffset: from, endOffset: to } = whole
          // Outer blocks come before those inside them.
          const now = new Uint8Array(to - from)
          for (const { startOffset, endOffset, count } of ranges)
            now.fill(count > 0 ? 1 : 0, startOffset - from, endOffset - from)
          const before = seen.get(`${from}-${to}`)
          const fresh = before ? now.some((ran, at) => ran === 1 && before[at] === 0) : true
          isNew ||= fresh
          if (learns && fresh)
            seen.set(`${from}-${to}`, before ? now.map((ran, at) => ran | (before[at] ?? 0)) : now)
        }
      }
    })
    return isNew
  }
  return { isNew: () => compare(false), learn: () => compare(true) }
}

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const seconds = Number(words.find((word) => /^\d+$/.test(word)) ?? 60)
const chosen = targets.filter(({ name }) => words.includes(name) || words.every((word) => /^\d+$/.test(word)))
const seed = Number(process.env.SEED ?? Date.now() % 1e9)
const session = new Session()
session.connect()
session.post('Profiler.enable')
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })

/** The shortest inputs that together meet all that these do. */
function fewest(target: Target, inputs: readonly string[]): string[] {
  const met = new Set<string>()
  const coverage = createCoverage(session)
  coverage.isNew()
  return [...inputs]
    .sort((a, b) => a.length - b.length)
    .filter((input) => {
      const before = met.size
      for (const one of target.run(input)) met.add(one)
      return coverage.learn() || met.size > before
    })
}

for (const target of chosen) {
  const seeds = readCorpus(target.name)
  const end = Date.now() + (seconds * 1000) / chosen.length
  const { tried, crashes, fresh } = search({
    target,
    seeds,
    seed,
    more: () => Date.now() < end,
    coverage: createCoverage(session),
  })
  const broken = crashes.filter(({ input }) => !seeds.includes(input))
  console.log(
    `${target.name}: ${tried} inputs, ${fresh.length} that met something new, ${crashes.length} that broke a promise (SEED=${seed})`,
  )
  for (const { input, error } of crashes) console.log(JSON.stringify(input), error)
  const whole = [...seeds, ...fresh].filter((input) => crashes.every((crash) => crash.input !== input))
  const kept = process.argv.includes('--keep') ? fewest(target, whole) : seeds
  if (broken.length || kept !== seeds)
    writeCorpus(target.name, [...kept, ...crashes.map(({ input }) => input)])
  if (crashes.length) process.exitCode = 1
}
