import { describe, expect, test } from 'vitest'
import { tries } from './fixtures/tries.ts'
import { readCorpus, writeCorpus } from './fuzz/corpus.ts'
import { search } from './fuzz/search.ts'
import { targets } from './fuzz/targets.ts'

const INPUTS: Readonly<Record<string, number>> = {
  policy: 12_000,
  answer: 20_000,
  host: 40_000,
  link: 60_000,
}

describe.each(targets.map((target) => [target.name, target] as const))('%s', (name, target) => {
  const corpus = readCorpus(name)

  test('keeps its promises for all that a longer search has found', () => {
    expect(corpus.length).toBeGreaterThan(3)
    const met = new Set(corpus.flatMap((input) => target.run(input)))
    expect(met.size).toBeGreaterThan(2)
  })

  test('keeps its promises for whatever is made out of that', () => {
    const most = tries(INPUTS[name] ?? 1000)
    const { crashes, tried } = search({ target, seeds: corpus, seed: 1, more: (count) => count < most })
    // For the next time, when this has been mended.
    if (crashes.length) writeCorpus(name, [...corpus, ...crashes.map(({ input }) => input)])
    expect(crashes).toEqual([])
    expect(tried).toBeGreaterThanOrEqual(most)
  })
})

test('a target that breaks its promise is caught, with the input that did it', () => {
  const fragile = {
    name: 'fragile',
    words: ['xy'],
    run(input: string) {
      if (/xyx.?y/.test(input)) throw new Error('broken')
      return [/xy/.test(input) ? 'some' : 'none']
    },
  }
  const { crashes } = search({ target: fragile, seeds: ['a'], seed: 1, more: (count) => count < 20_000 })
  expect(crashes.length).toBeGreaterThan(0)
  for (const { input, error } of crashes)
    expect([/xyx.?y/.test(input), `${error}`]).toEqual([true, 'Error: broken'])
})
