/**
 * The long search: `npm run fuzz -- [seconds] [target …]`. Guided by what code an input reaches, as V8 itself counts it. What
 * breaks a promise goes into the corpus, which the tests try each time; with `--keep` so does what has reached new code.
 */
import { Session } from 'node:inspector'
import { readCorpus, writeCorpus } from './corpus.ts'
import { type Coverage, search } from './search.ts'
import { targets } from './targets.ts'

/** Counts blocks of this very file, which the build has put all code into. */
function startCoverage(): Coverage {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const seen = new Map<string, Uint8Array>()

  const compare = (learns: boolean): boolean => {
    let isNew = false
    // Posting is synchronous within one process.
    session.post('Profiler.takePreciseCoverage', (_, { result }) => {
      for (const { functions } of result.filter(({ url }) => url === import.meta.url)) {
        for (const { ranges } of functions) {
          const [whole] = ranges
          if (!whole || whole.count === 0) continue
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
const coverage = startCoverage()

for (const target of chosen) {
  const seeds = readCorpus(target.name)
  const end = Date.now() + (seconds * 1000) / chosen.length
  const { tried, crashes, fresh } = search({ target, seeds, seed, more: () => Date.now() < end, coverage })
  const broken = crashes.filter(({ input }) => !seeds.includes(input))
  console.log(
    `${target.name}: ${tried} inputs, ${fresh.length} that met something new, ${crashes.length} that broke a promise (SEED=${seed})`,
  )
  for (const { input, error } of crashes) console.log(JSON.stringify(input), error)
  const kept = process.argv.includes('--keep') ? fresh : []
  if (broken.length + kept.length)
    writeCorpus(target.name, [...seeds, ...kept, ...broken.map(({ input }) => input)])
  if (crashes.length) process.exitCode = 1
}
