import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { growth } from '../../../../test/fixtures/growth.ts'
import type { Catalogue } from './catalogue.ts'
import { explain } from './explain.ts'
import { type Issue, summary } from './issue.ts'
import { parse } from './parse.ts'
import type { ServiceFacts } from './service-facts.ts'

const facts = (id: string, category: string): [string, ServiceFacts] => [
  id,
  {
    id,
    name: id,
    category,
    provider: { name: 'Acme Oy', country: 'FI', role: 'processor', privacyNotice: 'https://acme.example' },
    transfer: { ground: 'eea' },
    urls: [`${id}.example`],
  },
]
const catalogue: Catalogue = new Map([
  facts('google-analytics', 'analytics'),
  facts('linkedin', 'social'),
  facts('linkedin-insight', 'measure'),
  facts('session', 'necessary'),
])

const small = {
  controller: { name: 'Yritys Oy', privacyNotice: '/tietosuoja' },
  categories: [{ id: 'analytics', services: ['google-analytics'] }],
}
const issuesOf = (input: unknown): readonly Issue[] => {
  const result = parse(input, catalogue)
  return result.ok ? [] : result.issues
}
const explained = (change: object): string[] => issuesOf({ ...small, ...change }).map(explain)

describe('what is not a policy', () => {
  test.each([
    ['nothing', ''],
    ['a web page', '<!doctype html><title>404</title>'],
    ['a policy cut off', JSON.stringify(small).slice(0, -20)],
    ['NaN', 'NaN'],
  ])('%s is one issue about the whole document', (_, text) => {
    expect(issuesOf(text)).toMatchObject([{ path: '', code: 'json', expected: 'JSON' }])
  })

  test('the address of a web page is told apart from a missing comma', () => {
    expect(issuesOf('<!doctype html>').map(explain)[0]).toContain('looks like a web page')
    expect(issuesOf('{"a": 1').map(explain)[0]).toContain('closing brackets')
  })

  test('a byte order mark does no harm', () => {
    expect(parse(`\uFEFF${JSON.stringify(small)}\n`, catalogue).ok).toBe(true)
  })

  test('more than 256 KB is not even read', () => {
    const padded = (length: number) => JSON.stringify(small).padEnd(length)
    expect(parse(padded(262144), catalogue).ok).toBe(true)
    expect(issuesOf(padded(262145))).toMatchObject([{ path: '', code: 'size' }])
  })

  test.each([
    undefined,
    null,
    0,
    Symbol('policy'),
    10n,
    () => small,
    new Date(),
    new Map(),
    new Proxy(small, {
      ownKeys() {
        throw new Error('no')
      },
    }),
    {
      get controller() {
        throw Object.create(null)
      },
    },
    Object.assign([], small),
  ])('never throws (%#)', (input) => {
    expect(issuesOf(input).length).toBeGreaterThan(0)
  })

  test('a revoked proxy does not throw either', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(issuesOf(proxy)).toMatchObject([{ code: 'json' }])
  })

  test('a circular object ends', () => {
    const circular: Record<string, unknown> = { ...small }
    circular.theme = circular
    circular.categories = [circular]
    expect(issuesOf(circular).length).toBeGreaterThan(2)
  })

  test('any JSON at all gives a policy or issues with a place', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const result = parse(value, catalogue)
        return result.ok || result.issues.every(({ path }) => path === '' || path.startsWith('/'))
      }),
      { numRuns: 500 },
    )
  })

  test('any value in any place gives a policy or issues, and never a value that was not proven', () => {
    const field = fc.constantFrom(
      'controller',
      'theme',
      'categories',
      'texts',
      'aliases',
      'cookie',
      'authority',
    )
    fc.assert(
      fc.property(field, fc.anything({ withNullPrototype: true }), (name, value) => {
        const result = parse({ ...small, [name]: value }, catalogue)
        if (result.ok) expect(JSON.parse(JSON.stringify(result.policy))).toEqual({ ...result.policy })
      }),
      { numRuns: 500 },
    )
  })

  test('a very long chain of needs ends', () => {
    const categories = Array.from({ length: 3000 }, (_, index) => ({
      id: `c${index}`,
      title: 'T',
      needs: index ? `c${index - 1}` : [],
      services: [],
    }))
    expect(typeof parse({ ...small, categories }, catalogue).ok).toBe('boolean')
  })
})

describe('the copy', () => {
  test('inherits nothing and drops what is undefined', () => {
    const result = parse({ ...small, gpc: undefined }, catalogue)
    if (!result.ok) throw new Error('not ok')
    expect(Object.getPrototypeOf(result.policy)).toBe(null)
    expect(Object.getPrototypeOf(result.policy.categories[0])).toBe(null)
    expect(Object.keys(result.policy)).toEqual(['controller', 'categories'])
  })

  test('reads own fields only', () => {
    expect(issuesOf(Object.create(small))).toMatchObject([
      { path: '/controller', code: 'missing' },
      { path: '/categories', code: 'missing' },
    ])
  })

  test('is not reached through a polluted prototype', () => {
    const names = [
      'controller',
      'categories',
      'id',
      'title',
      'use',
      'needs',
      'policy',
      'text',
      'default',
      'audience',
    ]
    try {
      for (const name of names) Reflect.set(Object.prototype, name, true)
      expect(issuesOf({}).map(({ path }) => path)).toEqual(['/controller', '/categories'])
      expect(parse(JSON.stringify(small), catalogue).ok).toBe(true)
      expect(issuesOf({ ...small, categories: [{ id: 'own', services: ['nothing'] }] })).toMatchObject([
        { path: '/categories/0/services/0', code: 'service' },
        { path: '/categories/0/title', code: 'missing' },
      ])
    } finally {
      for (const name of names) Reflect.deleteProperty(Object.prototype, name)
    }
  })
})

describe('sentences', () => {
  test('a misspelt service gets the name that was meant', () => {
    expect(explained({ categories: [{ id: 'social', services: ['linkdin'] }] })).toEqual([
      '/categories/0/services/0: no catalogue service is called "linkdin". Did you mean "linkedin"? Pick a name from the catalogue, or declare the service here with its name, provider, transfer, hosts and cookies.',
    ])
  })

  test('a misspelt field, word and category get theirs', () => {
    expect(explained({ contoller: 1 })[0]).toContain('Did you mean "controller"?')
    expect(explained({ reopen: 'allways' })[0]).toContain('Did you mean "always"?')
    const categories = [...small.categories, { id: 'ads', needs: 'anlytics', services: [] }]
    expect(explained({ categories })[0]).toContain('Did you mean "analytics"?')
  })

  test('something on by default is told why that cannot be', () => {
    const categories = [{ ...small.categories[0], default: true }]
    expect(explained({ categories })[0]).toMatch(/^\/categories\/0\/default: .*Planet49/)
  })

  test('Privacy Shield is told why it is none', () => {
    const provider = { name: 'A', country: 'US', role: 'joint', privacyNotice: 'https://a.example' }
    const own = {
      id: 'own',
      name: 'A',
      provider,
      urls: ['a.example'],
      transfer: { ground: 'privacy-shield' },
    }
    expect(explained({ categories: [{ id: 'ads', services: [own] }] })[0]).toMatch(/annulled .*"dpf".*"scc"/)
  })

  test('legitimate interest and scripts in links have sentences of their own', () => {
    expect(explained({ legalBasis: 'x' })[0]).toContain('legitimate interest is none')
    expect(explained({ controller: { ...small.controller, privacyNotice: 'javascript:0' } })[0]).toContain(
      'run code',
    )
  })

  test('the page gets one short line each, and nine at most', () => {
    expect(summary(issuesOf({ ...small, categories: [{ id: 'social', services: ['linkdin'] }] }))).toBe(
      '/categories/0/services/0: found "linkdin", expected a catalogue service',
    )
    expect(summary(issuesOf('x'.repeat(300000)))).toBe('/: found 300000, expected 256 KB')
    const many = issuesOf({
      ...small,
      ...Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`k${n}`, n])),
    })
    expect(summary(many).split('\n')).toHaveLength(10)
  })

  test('a line break in a key or a text breaks no line', () => {
    const lines = summary(issuesOf({ ...small, 'a\nb\u2028': 1, reopen: 'x\r\ny' }))
    expect(lines.split(/[\r\n\u2028]/)).toHaveLength(2)
  })

  test('long values are shortened', () => {
    expect(issuesOf({ ...small, renewAfterMonths: 'x'.repeat(5000) })[0]?.found.length).toBeLessThan(90)
  })
})

test('ten times the services and cookies, up to 5,000, cost ten times as much and not a hundred', () => {
  const provider = { name: 'A', country: 'FI', role: 'joint', privacyNotice: 'https://a.example' }
  const cookies = Array.from({ length: 10 }, (_, index) => ({ name: `c${index}`, days: 1, purpose: 'visit' }))
  const policyOf = (length: number) => ({
    ...small,
    categories: [
      {
        id: 'ads',
        services: Array.from({ length }, (_, index) => ({
          id: `s${index}`,
          name: 'S',
          provider,
          transfer: { ground: 'eea' },
          cookies,
        })),
      },
    ],
  })
  const large = policyOf(500)
  expect(parse(large, catalogue).ok).toBe(true)
  expect(growth((policy) => parse(policy, catalogue), policyOf(50), large)).toBeLessThan(30)
})

test('what is necessary may be needed and meant although the policy does not list it', () => {
  const categories = [{ id: 'analytics', needs: 'necessary', services: ['google-analytics'] }]
  expect(issuesOf({ ...small, categories, aliases: { klaro: { basis: 'necessary' } } })).toEqual([])
})
