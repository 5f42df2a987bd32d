import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain } from '../../packages/portti/src/policy/explain.ts'
import { summary } from '../../packages/portti/src/policy/issue.ts'
import { normalise } from '../../packages/portti/src/policy/normalise.ts'
import { type Parsed, parse } from '../../packages/portti/src/policy/parse.ts'
import { catalogue } from '../../packages/portti/src/services/catalogue.ts'
import { declaredPolicies } from '../fixtures/arbitrary-policy.ts'
import { growth } from '../fixtures/growth.ts'
import { tries } from '../fixtures/tries.ts'

const corpus = new URL('../policy-corpus/good/', import.meta.url)
const texts = readdirSync(corpus).map((name) => readFileSync(new URL(name, corpus), 'utf8'))
const full = texts.find((text) => text.includes('"scheme"')) ?? ''
const objects = texts.map((text): unknown => JSON.parse(text))

/** Holds of every result, whatever was read. */
function sound(result: Parsed): Parsed {
  if (!result.ok) {
    expect(result.issues.length).toBeGreaterThan(0)
    for (const issue of result.issues) {
      expect(issue.path === '' || issue.path.startsWith('/')).toBe(true)
      expect(issue.found.length).toBeLessThan(100)
      expect(explain(issue).length).toBeGreaterThan(10)
    }
    expect(summary(result.issues).split('\n').length).toBeLessThanOrEqual(10)
    return result
  }
  const { policy } = result
  // Only what JSON can say, nothing shared with the input, and it passes again.
  expect(parse(JSON.stringify(policy), catalogue)).toEqual(result)
  expect(normalise(policy, catalogue).categories.has('necessary')).toBe(true)
  return result
}
const codesOf = (input: unknown) => {
  const result = sound(parse(input, catalogue))
  return result.ok ? [] : result.issues.map(({ code }) => code)
}

type Path = readonly (string | number)[]
/** Every place in `value`, its root first. */
const placesIn = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))]
    : [path]
const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value)

/** A copy of `value` with `inner` at `path`. Defines, never assigns: `__proto__` is one of the keys. */
function put(value: unknown, path: Path, inner: unknown): unknown {
  const copy = structuredClone(value)
  const last = path.at(-1)
  if (last === undefined) return inner
  Object.defineProperty(at(copy, path.slice(0, -1)), last, {
    value: inner,
    enumerable: true,
    configurable: true,
    writable: true,
  })
  return copy
}

const odd: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  Number.NaN,
  Infinity,
  '',
  ' ',
  '\0',
  '\ud800',
  '__proto__',
  'constructor',
  'x'.repeat(100_000),
  [],
  [[]],
  {},
  10n,
  Symbol('x'),
  () => 'x',
  new Date(0),
  new Map([['fi', 'x']]),
  new Set(['x']),
  /x/,
  new String('x'),
  new Uint8Array(8),
  Object.create(null),
  { toString: () => 'x' },
  { fi: { fi: 'x' } },
  { type: 'img', props: { src: 'x', onerror: 'x' }, key: null, ref: null, constructor: undefined },
]

describe('parse', () => {
  test('copes with anything in any place of a right policy', () => {
    let refused = 0
    for (const policy of objects) {
      const places = placesIn(policy)
      for (let place = 0; place < places.length; place += Math.max(1, 300 / tries(100))) {
        const path = places[Math.floor(place)] ?? []
        for (const value of odd) {
          if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') continue
          if (!sound(parse(put(policy, path, value), catalogue)).ok) refused++
        }
      }
    }
    expect(refused).toBeGreaterThan(tries(300))
  })

  test.each(odd.map((value, index) => [index, value]))('takes nothing odd for a policy (%i)', (_, value) => {
    expect(codesOf(value).length).toBeGreaterThan(0)
  })

  test('refuses keys that mean something to JavaScript, in every object of a policy', () => {
    const policy: unknown = JSON.parse(full)
    const places = placesIn(policy).filter((path) => {
      const value = at(policy, path)
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    })
    expect(places.length).toBeGreaterThan(15)
    for (const path of places) {
      for (const key of ['__proto__', 'constructor', 'prototype']) {
        const polluted = JSON.stringify(
          put(policy, [...path, key], { granted: true, required: true, retired: true }),
        )
        const result = parse(polluted, catalogue)
        const issues = result.ok ? [] : result.issues
        expect(issues.map((issue) => [issue.path, issue.code])).toEqual([
          [`/${[...path, key].join('/')}`, 'key'],
        ])
      }
    }
    expect('granted' in {} || 'required' in {} || 'retired' in {}).toBe(false)
  })

  test('changes nothing in what it was given', () => {
    const freeze = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      Object.freeze(value)
      for (const inner of Object.values(value)) freeze(inner)
    }
    fc.assert(
      fc.property(
        fc.oneof(declaredPolicies, fc.constantFrom(...objects), fc.jsonValue()),
        fc.constantFrom(...odd.slice(0, 18)),
        fc.nat(),
        (policy, value, place) => {
          const places = placesIn(policy)
          const input = put(policy, places[place % places.length] ?? [], value)
          const before = structuredClone(input)
          freeze(input)
          sound(parse(input, catalogue))
          expect(input).toEqual(before)
        },
      ),
      { numRuns: tries(120), seed: 21 },
    )
  })

  test('passes what the generator of right policies makes', () => {
    fc.assert(
      fc.property(declaredPolicies, (policy) => {
        expect(sound(parse(policy, catalogue))).toMatchObject({ ok: true })
      }),
      { numRuns: tries(120), seed: 22 },
    )
  })

  test('survives objects that answer differently each time, throw, or lie about their keys', () => {
    const policy = objects[0] as object
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...odd), { minLength: 1 }),
        fc.nat(40),
        fc.boolean(),
        (values, after, throws) => {
          let reads = 0
          const moody = (target: object): object =>
            new Proxy(target, {
              get(_, key, receiver) {
                const value: unknown = Reflect.get(target, key, receiver)
                if (reads++ === after) {
                  if (throws) throw Object.create(null)
                  return values[reads % values.length]
                }
                if (Array.isArray(value))
                  return value.map((item) => (typeof item === 'object' ? moody(item) : item))
                return typeof value === 'object' && value !== null ? moody(value) : value
              },
              ownKeys: () => [...Reflect.ownKeys(target), ...(reads > after ? ['__proto__', 'x'] : [])],
              getOwnPropertyDescriptor: (_, key) =>
                Reflect.getOwnPropertyDescriptor(target, key) ?? {
                  configurable: true,
                  enumerable: true,
                  value: 1,
                },
            })
          sound(parse(moody(structuredClone(policy)), catalogue))
        },
      ),
      { numRuns: tries(300), seed: 23 },
    )
  })

  test('reads each field once, so that a getter cannot show one value and give another', () => {
    const reads = new Map<string, number>()
    const spy = (value: unknown, path: string): unknown => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
      const copy = {}
      for (const [key, inner] of Object.entries(value)) {
        const place = `${path}/${key}`
        const own = spy(inner, place)
        Object.defineProperty(copy, key, {
          enumerable: true,
          get() {
            reads.set(place, (reads.get(place) ?? 0) + 1)
            return own
          },
        })
      }
      return copy
    }
    expect(parse(spy(JSON.parse(full), ''), catalogue).ok).toBe(true)
    expect(reads.size).toBeGreaterThan(10)
    expect([...reads].filter(([, count]) => count !== 1)).toEqual([])
  })
})

describe('a policy that comes damaged over the network', () => {
  const whole = texts.reduce((a, b) => (a.length < b.length ? a : b)).trimEnd()

  test('is refused at whatever character it was cut off', () => {
    for (const text of [whole, full.trimEnd()]) {
      for (let length = 0; length < text.length; length++) {
        expect(parse(text.slice(0, length), catalogue).ok).toBe(false)
      }
      expect(parse(text, catalogue).ok).toBe(true)
    }
  })

  test.each([
    ['with a byte order mark', `\uFEFF${whole}`, true],
    ['with white space around', `\r\n\t ${whole} \n`, true],
    ['padded to 256 KB', whole.padEnd(262_144), true],
    ['padded to one byte more', whole.padEnd(262_145), false],
    ['that is empty', '', false],
    ['that is white space', ' \n', false],
    ['that is a byte order mark', '\uFEFF', false],
    ['twice', whole + whole, false],
    ['twice, on two lines', `${whole}\n${whole}`, false],
    ['as a list', `[${whole}]`, false],
    ['as text in JSON', JSON.stringify(whole), false],
    ['with a comma at the end', whole.replace(/\}$/, ',}'), false],
    ['with a comment', `// policy\n${whole}`, false],
    ['in single quotes', whole.replaceAll('"', "'"), false],
    ['with JSONP around', `callback(${whole})`, false],
    ['with a guard in front', `)]}',\n${whole}`, false],
    ['as a web page', `<!doctype html><title>404</title><pre>${whole}</pre>`, false],
    ['read as UTF-16', Buffer.from(whole).toString('utf16le'), false],
    ['read as bytes of UTF-16', Buffer.from(whole, 'utf16le').toString('latin1'), false],
    ['packed', `\u001f\ufffd\b\0${whole}`, false],
    ['full of NUL', '\0'.repeat(200_000), false],
    ['of 100,000 open brackets', '['.repeat(100_000), false],
    ['of 40,000 nested objects', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`, false],
    [
      'of 100,000 nested lists in a field',
      whole.replace('{', `{"x":${'['.repeat(99_999)}${']'.repeat(99_999)},`),
      false,
    ],
    ['of one long number', '9'.repeat(250_000), false],
    ['of one long text', `"${'x'.repeat(250_000)}"`, false],
    ['of 4,000 unknown keys', `{${Array.from({ length: 4000 }, (_, n) => `"k${n}":1`).join()}}`, false],
  ])('%s is read or refused, never half', (_, text, ok) => {
    expect(sound(parse(text, catalogue)).ok).toBe(ok)
  })

  test('with any one character changed gives a policy or issues', () => {
    for (let place = 0; place < whole.length; place++) {
      for (const letter of '"{}[],:\\0a\u0000\ud800') {
        sound(parse(whole.slice(0, place) + letter + whole.slice(place + 1), catalogue))
      }
    }
  })

  test('is read with 500 services and 5,000 cookies, which fit into 256 KB', () => {
    const cookies = Array.from({ length: 10 }, (_, n) => `{"name":"c${n}","days":1,"purpose":"ads"}`)
    const services = Array.from(
      { length: 500 },
      (_, n) => `{"id":"s${n}","use":"hotjar","cookies":[${cookies}]}`,
    )
    const text = `{"controller":{"name":"Y","privacyNotice":"/t"},"categories":[{"id":"ads","services":[${services}]}]}`
    expect(text.length).toBeLessThan(262_144)
    const result = parse(text, catalogue)
    if (!result.ok) throw new Error(summary(result.issues))
    const policy = normalise(result.policy, catalogue)
    expect([
      policy.services.size,
      [...policy.services.values()].flatMap((service) => service.cookies).length,
    ]).toEqual([501, 5001])
    expect(policy.categories.get('ads')?.fingerprint).toHaveLength(1)
  })
})

describe('sixteen times the input costs far less than its square', () => {
  const repeat = (count: number, one: (index: number) => string) =>
    Array.from({ length: count }, (_, n) => one(n)).join()
  const inCategory = (fields: string) =>
    `{"controller":{"name":"Y","privacyNotice":"/t"},"categories":[{"id":"ads",${fields}}]}`
  test.each<[string, (count: number) => string]>([
    ['unknown keys', (count) => `{${repeat(count, (n) => `"k${n}":1`)}}`],
    ['unknown services', (count) => inCategory(`"services":[${repeat(count, (n) => `"s${n}"`)}]`)],
    [
      'services with all their fields missing',
      (count) => inCategory(`"services":[${repeat(count, (n) => `{"id":"s${n}"}`)}]`),
    ],
    [
      'wrong addresses',
      (count) =>
        inCategory(
          `"services":[{"id":"s","use":"hotjar","urls":[${repeat(count, () => `"${'a.'.repeat(60)}*"`)}]}]`,
        ),
    ],
    [
      'one long wrong address',
      (count) => inCategory(`"services":[{"id":"s","use":"hotjar","urls":["${'a-.'.repeat(count * 4)}"]}]`),
    ],
    [
      'one long wrong link',
      (count) =>
        inCategory(`"services":[]}],"authority":{"name":"x","url":"${'a+'.repeat(count * 4)}:"},"x":[{`),
    ],
  ])('of %s', (_, make) => {
    const read = (text: string) => parse(text, catalogue)
    expect(growth(read, make(200), make(3200))).toBeLessThan(100)
  })
})
