import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cookieScopes, isNamed, namesToClear, type Where } from '../../packages/portti/src/gate/clear.ts'
import { expandLink, safeLink } from '../../packages/portti/src/gate/link.ts'
import { type Item, plan, type State } from '../../packages/portti/src/gate/plan.ts'
import { catalogue } from '../../packages/portti/src/services/catalogue.ts'
import { anyText } from '../fixtures/any-text.ts'
import { policies } from '../fixtures/arbitrary-policy.ts'
import { links } from '../fixtures/hostile-links.ts'
import { texts } from '../fixtures/hostile-texts.ts'
import { tries } from '../fixtures/tries.ts'

describe('the plan', () => {
  const states = fc.constantFrom<State>('waiting', 'queued', 'running', 'spent')
  const items = fc.array(fc.record({ state: states, allowed: fc.boolean(), script: fc.boolean() }))
  type Thing = Item & { readonly script: boolean }

  const carryOut = (things: readonly Thing[]): Thing[] => {
    const { release, retract } = plan(things)
    return things.map((thing) => {
      if (release.includes(thing)) return { ...thing, state: thing.script ? 'spent' : 'running' }
      return retract.includes(thing) ? { ...thing, state: 'waiting' } : thing
    })
  }

  test('carried out twice does what it does once, and afterwards nothing runs that may not', () => {
    fc.assert(
      fc.property(items, (things) => {
        const after = carryOut(things)
        expect(carryOut(after)).toEqual(after)
        const { release, retract, stuck } = plan(after)
        expect([release, retract]).toEqual([[], []])
        expect(after.filter(({ state, allowed }) => state === 'running' && !allowed)).toEqual([])
        expect(stuck).toBe(after.some(({ state, allowed }) => state === 'spent' && !allowed))
      }),
      { numRuns: tries(500), seed: 41 },
    )
  })

  test('keeps the order, touches each thing once, and leaves what is queued alone', () => {
    fc.assert(
      fc.property(items, (things) => {
        const { release, retract } = plan(things)
        for (const part of [release, retract]) {
          const places = part.map((thing) => things.indexOf(thing))
          expect(places).toEqual([...places].sort((a, b) => a - b))
        }
        const touched = [...release, ...retract]
        expect(new Set(touched).size).toBe(touched.length)
        expect(touched.filter(({ state }) => state === 'queued' || state === 'spent')).toEqual([])
      }),
      { numRuns: tries(500), seed: 42 },
    )
  })

  test('forgets nothing over any course of answers', () => {
    fc.assert(
      fc.property(items, fc.array(fc.array(fc.boolean()), { maxLength: 6 }), (things, answers) => {
        let now: readonly Thing[] = things
        for (const answer of answers) {
          now = carryOut(now.map((thing, index) => ({ ...thing, allowed: answer[index] === true })))
          for (const { state, allowed } of now) {
            if (state === 'running') expect(allowed).toBe(true)
            if (state === 'waiting') expect(allowed).toBe(false)
          }
        }
      }),
      { numRuns: tries(300), seed: 43 },
    )
  })
})

describe('a link that stands in for a vendor', () => {
  const BASE = 'https://yritys.example/sivu?a=1#b'
  const templates = [...catalogue.values()].flatMap(({ widgets = [] }) =>
    widgets.flatMap(({ link }) => link ?? []),
  )
  const values = fc.oneof(
    fc.constantFrom(...links),
    fc.constantFrom(...texts),
    fc.webUrl(),
    anyText,
    fc.constant(''),
    fc.constant(null),
  )

  test('never has another scheme than https, http, mailto or tel, whatever its markup holds', () => {
    expect(templates.length).toBeGreaterThan(5)
    let made = 0
    fc.assert(
      fc.property(fc.constantFrom(...templates), fc.array(values, { minLength: 1 }), (template, list) => {
        let next = 0
        const link = expandLink(template, () => list[next++ % list.length])
        const safe = link === undefined ? undefined : safeLink(link, BASE)
        if (safe === undefined) return
        made++
        expect(['https:', 'http:', 'mailto:', 'tel:']).toContain(new URL(safe).protocol)
        // A template that names a host keeps it.
        const fixed = /^https:\/\/([^/{]+)\//.exec(template)?.[1]
        if (fixed) expect(new URL(safe).host).toBe(fixed)
      }),
      { numRuns: tries(3000), seed: 44 },
    )
    expect(made).toBeGreaterThan(tries(500))
  })

  test('is one that browsers read the same way again, or none', () => {
    fc.assert(
      fc.property(values, (address) => {
        const safe = safeLink(address ?? '', BASE)
        if (safe === undefined) return
        expect(new URL(safe).href).toBe(safe)
        expect(safeLink(safe, 'about:blank')).toBe(safe)
      }),
      { numRuns: tries(2000), seed: 45 },
    )
  })

  test('is filled in from left to right, each name once, and never from what a value holds', () => {
    const part = fc.oneof(
      fc.constantFrom('x', '/', '?a=', '&', '$&', '$1', '%7B'),
      fc.record({
        raw: fc.boolean(),
        names: fc.array(fc.constantFrom('a', 'b', 'data-href'), { minLength: 1, maxLength: 3 }),
      }),
    )
    const value = fc.option(fc.oneof(anyText, fc.constantFrom('{a}', '{+b}', '$&', 'javascript:x')))
    fc.assert(
      fc.property(fc.array(part), fc.record({ a: value, b: value, 'data-href': value }), (parts, known) => {
        const template = parts
          .map((one) => (typeof one === 'string' ? one : `{${one.raw ? '+' : ''}${one.names.join('|')}}`))
          .join('')
        let missing = false
        const expected = parts
          .map((one) => {
            if (typeof one === 'string') return one
            const found = one.names.map((name) => known[name as 'a']).find((candidate) => candidate)
            if (!found) missing = true
            return one.raw ? found : encodeURIComponent(Buffer.from(found ?? '').toString())
          })
          .join('')
        const link = expandLink(template, (name) => known[name as 'a'])
        expect(link).toBe(missing ? undefined : expected)
      }),
      { numRuns: tries(2000), seed: 46 },
    )
  })
})

describe('what is cleared', () => {
  const kinds: readonly Where[] = ['cookie', 'localStorage', 'sessionStorage', 'indexedDB', 'cacheStorage']
  const others = fc.array(
    fc.oneof(
      fc.stringMatching(/^_?[a-z]{1,4}[0-9]?$/),
      fc.constantFrom('portti', 'PHPSESSID', '', '*', '__proto__'),
    ),
    { maxLength: 5 },
  )

  test('is what a refused service has declared for that place, never what an allowed one has, never ours', () => {
    let going = 0
    fc.assert(
      fc.property(
        policies,
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(60), fc.constantFrom('', '', '1', '_x')), { maxLength: 20 }),
        others,
        (policy, flags, near, rest) => {
          const services = [...policy.services.values()]
          const isAllowed = (index: number, required: boolean) => required || flags[index % 40] === true
          const allowed = services.filter(({ category }, index) => isAllowed(index, category === 'necessary'))
          const denied = services.filter((service) => !allowed.includes(service))
          const declared = services.flatMap(({ cookies, storage }) =>
            [...cookies, ...storage].map(({ name }) => name),
          )
          const found = near
            .map(([index, end]) => (declared[index % declared.length] ?? '').replace(/\*$/, '') + end)
            .concat(rest)
          for (const where of kinds) {
            const patterns = (list: typeof services) =>
              list.flatMap(({ cookies, storage }) =>
                where === 'cookie'
                  ? cookies.flatMap(({ name, host }) => (host === undefined ? name : []))
                  : storage.flatMap((fact) => (fact.in === where ? fact.name : [])),
              )
            const fits = (name: string, list: typeof services) =>
              patterns(list).some((pattern) =>
                pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
              )
            const names = namesToClear(found, where, denied, allowed)
            going += names.length
            expect(names).toEqual(found.filter((name) => fits(name, denied) && !fits(name, allowed)))
            if (where === 'cookie') expect(names).not.toContain('portti')
          }
        },
      ),
      { numRuns: tries(150), seed: 47 },
    )
    expect(going).toBeGreaterThan(tries(40))
  })

  test('is found by name at a cost that grows with the name only in step', () => {
    // 50,000 characters, and patterns that a backtracking search would drown in.
    const name = 'a'.repeat(50_000)
    const patterns = Array.from({ length: 2000 }, (_, n) => `${'a'.repeat(n)}b*`)
    expect(isNamed(name, patterns)).toBe(false)
    expect(isNamed(`${'a'.repeat(1999)}b${name}`, patterns)).toBe(true)
  })

  const label = fc.stringMatching(/^[a-z0-9-]{1,6}$/)
  const hosts = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'))
  const paths = fc
    .array(
      fc.oneof(
        fc.stringMatching(/^[a-z]{0,4}$/),
        fc.constantFrom(';Max-Age=99', ';Domain=evil.example', 'a;b', '%3B', '=', ','),
      ),
    )
    .map((folders) => `/${folders.join('/')}`)

  test('is looked for on the host and its parents, in every folder above the page, and nowhere else', () => {
    fc.assert(
      fc.property(hosts, paths, (host, path) => {
        const scopes = cookieScopes(host, path)
        for (const scope of scopes) {
          const [, folder = '', domain] = /^;Path=(\/[^;]*)(?:;Domain=([^;]+))?$/.exec(scope) ?? []
          expect(folder, scope).not.toBe('')
          expect(folder === '//' || `${path.split(';')[0]}/`.startsWith(folder), scope).toBe(true)
          if (domain) expect(`.${host}`.endsWith(`.${domain}`), scope).toBe(true)
        }
        expect(scopes).toContain(`;Path=/`)
        expect(scopes).toContain(`;Path=/;Domain=${host}`)
      }),
      { numRuns: tries(1000), seed: 48 },
    )
  })
})
