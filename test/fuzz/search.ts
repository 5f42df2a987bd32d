/** The search: mutates what has met something new, and keeps whatever breaks a promise. */
import { mutate, randomFrom } from './mutate.ts'
import type { Target } from './targets.ts'

export interface Crash {
  readonly input: string
  readonly error: unknown
}

export interface Search {
  readonly target: Target
  readonly seeds: readonly string[]
  readonly seed: number
  /** Whether to go on, asked before each batch. */
  more(tried: number): boolean
  /** Without it only outcomes count. */
  readonly coverage?: Coverage
}

/** Which code has run since it was asked last. */
export interface Coverage {
  /** Whether some of that had never run before. */
  isNew(): boolean
  /** The same, and from now on it has. */
  learn(): boolean
}

export interface Found {
  readonly tried: number
  readonly crashes: readonly Crash[]
  /** Inputs that have met something new, in the order in which they did. */
  readonly fresh: readonly string[]
}

const BATCH = 32
/** Slower than this is a fault of its own: what is read is at most 1,500 characters long. */
const SLOW_MS = 2000

export function search({ target, seeds, seed, more, coverage }: Search): Found {
  const random = randomFrom(seed)
  const pool = [...seeds]
  const met = new Set<string>()
  const crashes: Crash[] = []
  const fresh: string[] = []

  /** Whether `input` has met an outcome that was never met before. */
  const attempt = (input: string): boolean => {
    const began = performance.now()
    let isNew = false
    try {
      for (const one of target.run(input)) {
        if (met.has(one)) continue
        met.add(one)
        isNew = true
      }
      const took = performance.now() - began
      if (took > SLOW_MS) throw new Error(`took ${Math.round(took)} ms`)
    } catch (error) {
      crashes.push({ input, error })
    }
    return isNew
  }
  const keep = (input: string) => {
    pool.push(input)
    fresh.push(input)
  }
  const pick = () =>
    // What was found last is tried more often.
    pool[Math.floor((random() < 0.3 ? 1 - random() ** 3 : random()) * pool.length)] ?? ''

  for (const input of seeds) attempt(input)
  coverage?.learn()
  let tried = seeds.length
  while (more(tried) && crashes.length < 10) {
    const batch = Array.from({ length: BATCH }, () => mutate(pick(), pick(), target.words, random))
    for (const input of batch) if (attempt(input)) keep(input)
    tried += BATCH
    // Asking costs more than trying: who it was is found out only where it was somebody.
    if (!coverage?.isNew()) continue
    for (const input of batch) {
      attempt(input)
      if (coverage.learn()) keep(input)
    }
  }
  return { tried, crashes, fresh }
}
