import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { categories, declared } from '../../../../test/fixtures/policy.ts'
import type { DeclaredPolicy } from '../policy/declared-policy.ts'
import { contentSecurityPolicy, type LockOptions } from './content-security-policy.ts'

/** Reads a header as browsers do: policies by comma, directives by semicolon, sources by space. */
const read = (header: string): ReadonlyMap<string, readonly string[]>[] =>
  header.split(',').map(
    (policy) =>
      new Map(
        policy.split(';').map((directive): [string, string[]] => {
          const [name = '', ...sources] = directive.trim().split(/\s+/)
          return [name, sources]
        }),
      ),
  )
const directives = (options?: LockOptions, policy: unknown = declared) =>
  read(contentSecurityPolicy(policy, options).header)
const KNOWN =
  /^(default|script|style|img|font|connect|frame|media|object|worker|manifest)-src$|^(form-action|base-uri|report-uri)$/
/** As in CSP3 section 6.7, for what our policies hold. */
const permits = (sources: readonly string[], url: string): boolean => {
  const { protocol, hostname, pathname, port } = new URL(url)
  return sources.some((source) => {
    const [, scheme, host, at, path] = /^(?:(\w+):\/\/)?([\w.*-]+)(?::(\d+))?(\/.*)?$/.exec(source) ?? []
    if (!host || source.endsWith(':') || source.startsWith("'")) return false
    if (scheme ? `${scheme}:` !== protocol : protocol !== 'https:') return false
    if ((at ?? '') !== port) return false
    if (host.startsWith('*.') ? !hostname.endsWith(host.slice(1)) : host !== hostname) return false
    if (!path || path === '/') return true
    const [wanted, asked] = [decode(path), decode(pathname)]
    return wanted.endsWith('/') ? asked.startsWith(wanted) : asked === wanted
  })
}
/** What is no right encoding stands for itself. */
const decode = (path: string) =>
  path.replace(/(%[\da-f]{2})+/gi, (bytes) => Buffer.from(bytes.replace(/%/g, ''), 'hex').toString('latin1'))
const passes = (url: string, options?: LockOptions, policy?: unknown) =>
  directives(options, policy).every((one) =>
    permits(one.get('script-src') ?? one.get('default-src') ?? [], url),
  )

const GA = 'https://www.googletagmanager.com/gtag/js?id=G-1'
const CLARITY = 'https://www.clarity.ms/tag/x'
const PIXEL = 'https://connect.facebook.net/en_US/fbevents.js'

describe('the lock', () => {
  test('lets only the site through before an answer', () => {
    const { header, meta, unlocked, issues } = contentSecurityPolicy(declared)
    expect(header).toBe(
      "default-src 'self' data: blob: 'unsafe-inline'; script-src 'self' 'unsafe-inline'; connect-src 'self' data: blob:; worker-src 'self' data: blob:; form-action 'self'; base-uri 'self'",
    )
    expect(meta).toBe(`<meta http-equiv="Content-Security-Policy" content="${header}">`)
    expect([unlocked, issues]).toEqual([[], []])
  })

  test('lets through what is necessary', () => {
    const withPay: DeclaredPolicy = {
      ...declared,
      categories: [{ id: 'necessary', services: ['paytrail'] }, ...categories.slice(1)],
    }
    const [first] = directives({}, withPay)
    expect(first?.get('form-action')?.length).toBeGreaterThan(1)
  })

  test('lets through what was granted and nothing else', () => {
    expect([passes(GA), passes(PIXEL)]).toEqual([false, false])
    expect([
      passes(GA, { choice: { analytics: true } }),
      passes(PIXEL, { choice: { analytics: true } }),
    ]).toEqual([true, false])
    expect([passes(CLARITY, { choice: { ads: true } }), passes(PIXEL, { choice: { ads: true } })]).toEqual([
      false,
      true,
    ])
  })

  test("follows a service's own answer before its category's", () => {
    const some = { choice: { media: true, youtube: false } }
    expect(passes('https://www.youtube.com/embed/x', some)).toBe(false)
    expect(passes('https://www.instagram.com/embed.js', some)).toBe(true)
  })

  test('needs what a category needs, and days that have come', () => {
    const measure = 'https://stats.g.doubleclick.net/x'
    expect(passes(measure, { choice: { demographics: true } })).toBe(false)
    expect(passes(measure, { choice: { demographics: true, analytics: true } })).toBe(true)
    const study: DeclaredPolicy = {
      ...declared,
      categories: [
        {
          id: 'analytics',
          services: [{ id: 'study', use: 'hotjar', from: '2026-11-01', until: '2026-11-30' }],
        },
      ],
    }
    const on = (day: string) =>
      passes('https://static.hotjar.com/x.js', { choice: { analytics: true }, now: Date.parse(day) }, study)
    expect(['2026-10-30', '2026-11-15', '2026-12-02'].map(on)).toEqual([false, true, false])
  })

  test('never lets through what its provider has ended', () => {
    expect(passes('https://apis.google.com/js/plusone.js', { choice: { social: true } })).toBe(false)
  })

  test('says what it cannot keep apart', () => {
    // Facebook's plugins own the whole host on which Meta's pixel has a file.
    const { unlocked } = contentSecurityPolicy(declared, { choice: { social: true } })
    expect(unlocked).toEqual(['meta-pixel'])
    expect(contentSecurityPolicy(declared, { choice: { media: true } }).unlocked).toEqual([])
  })

  test('opens sockets of what was granted', () => {
    const [first] = directives({ choice: { analytics: true } })
    expect(first?.get('connect-src')).toContain('wss://*.google-analytics.com')
    const [listed] = directives({ allow: { connect: ['a.example:8080', 'https://b.example', 'data:'] } })
    expect(listed?.get('connect-src')).toEqual([
      "'self'",
      'a.example:8080',
      'https://b.example',
      'data:',
      'blob:',
      'wss://a.example:8080',
    ])
  })

  test('takes only yes for a yes, and none from a prototype', () => {
    // Casts: what a caller without types may hand over.
    const odd = { analytics: 'yes', ads: 1, social: {} } as unknown as Record<string, boolean>
    const plain = contentSecurityPolicy(declared).header
    expect(contentSecurityPolicy(declared, { choice: odd }).header).toBe(plain)
    expect(contentSecurityPolicy(declared, { choice: Object.create({ analytics: true }) }).header).toBe(plain)
  })

  test('gives nothing away and says why when the policy is faulty', () => {
    for (const faulty of [null, '{', { ...declared, categories: [{ id: 'ads', services: ['metapixel'] }] }]) {
      const { header, issues } = contentSecurityPolicy(faulty, { choice: { ads: true } })
      expect(header).toBe(contentSecurityPolicy(declared).header)
      expect(issues.length).toBeGreaterThan(0)
    }
  })
})

describe("the site's own list", () => {
  test('counts for every use', () => {
    const [first] = directives({
      allow: ['cdn.site.example', 'data:', "'unsafe-eval'", 'a.example; script-src *'],
    })
    expect(first?.get('default-src')).toContain('cdn.site.example')
    expect(first?.get('script-src')).toEqual(["'self'", 'cdn.site.example', "'unsafe-inline'"])
    expect(first?.get('form-action')).toContain('cdn.site.example')
  })

  test('counts for the use that it is given for', () => {
    const [first] = directives({
      allow: { img: ['pictures.example'], frame: ['https://map.example/'], script: ['blob:'] },
    })
    expect(first?.get('img-src')).toContain('pictures.example')
    expect(first?.get('frame-src')).toContain('https://map.example')
    expect(first?.get('default-src')).not.toContain('pictures.example')
    expect(first?.get('script-src')).toEqual(["'self'", 'blob:', "'unsafe-inline'"])
  })
})

describe('inline scripts', () => {
  test('run without a key while the site gives none', () => {
    expect(directives()).toHaveLength(1)
  })

  test('run with a nonce or a hash only where the site has them, and hosts are still kept', () => {
    const [hosts, keys, ...more] = directives({
      nonce: 'abc123==',
      hashes: ['sha256-x0/y+z='],
      choice: { analytics: true },
    })
    expect(more).toEqual([])
    expect(hosts?.get('script-src')).toContain('www.googletagmanager.com/gtag/js')
    expect(`${hosts?.get('script-src')}`).not.toContain('nonce')
    expect([...(keys?.keys() ?? [])]).toEqual(['script-src'])
    expect(keys?.get('script-src')).toEqual(
      expect.arrayContaining([
        "'self'",
        'www.googletagmanager.com/gtag/js',
        "'nonce-abc123=='",
        "'sha256-x0/y+z='",
      ]),
    )
    expect(keys?.get('script-src')).not.toContain("'unsafe-inline'")
  })

  test("with 'strict-dynamic' still pass the policy with the hosts", () => {
    const [hosts, keys] = directives({ nonce: 'abc', strictDynamic: true })
    expect(keys?.get('script-src')).toEqual(["'strict-dynamic'", "'nonce-abc'"])
    expect(hosts?.get('script-src')).toEqual(["'self'", "'unsafe-inline'"])
  })

  test('are all refused when the nonce is none', () => {
    const [, keys] = directives({ nonce: "x' 'unsafe-inline" })
    expect(keys?.get('script-src')).toEqual(["'self'"])
  })

  test('and styles and eval follow their options', () => {
    const [first] = directives({ inlineStyles: false, eval: true })
    expect(first?.get('default-src')).toEqual(["'self'", 'data:', 'blob:'])
    expect(first?.get('script-src')).toContain("'unsafe-eval'")
  })
})

test('reports go into the header only, and only to an address', () => {
  const { header, meta } = contentSecurityPolicy(declared, { report: '/csp?from=lock', nonce: 'a' })
  expect(header).toContain("base-uri 'self'; report-uri /csp?from=lock, script-src")
  expect(meta).not.toContain('report-uri')
  expect(meta.match(/<meta /g)).toHaveLength(2)
  expect(contentSecurityPolicy(declared, { report: '/x; script-src *' }).header).not.toContain('/x')
})

describe('whatever a policy and a site say', () => {
  const host = fc.constantFrom('a.example', '*.a.example', 'b.a.example', 'c.example', 'xn--4ca.example')
  const path = fc.oneof(
    fc.constantFrom('', '/', '/px', '/px/', "/p;script-src%20x,'unsafe-inline'", '/q?x=1'),
    fc.string({ unit: 'grapheme', maxLength: 9 }).map((text) => `/${text.replace(/[\s#*]/g, '')}`),
  )
  const url = fc.tuple(host, path).map(([one, other]) => one + other)
  const services = fc.uniqueArray(
    fc.tuple(fc.stringMatching(/^s\d$/), fc.array(url, { minLength: 1, maxLength: 3 })),
    {
      selector: ([id]) => id,
      maxLength: 4,
    },
  )
  const own = {
    name: 'S',
    provider: { name: 'P', country: 'FI', role: 'processor', privacyNotice: 'https://p.example/' },
  }
  const policyOf = (list: readonly (readonly [string, readonly string[]])[]) => ({
    ...declared,
    categories: [
      {
        id: 'analytics',
        services: list.map(([id, urls]) => ({ id, ...own, transfer: { ground: 'eea' }, urls })),
      },
    ],
  })
  const evil = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('*', "'none'", 'a.example,', 'x;y', 'https:', '\n', '"'),
  )

  test('no source is in the lock that was not granted or listed, and nothing but known directives', () => {
    fc.assert(
      fc.property(
        services,
        fc.subarray(['s0', 's1', 's2', 's3', 's4']),
        fc.array(evil),
        evil,
        (list, yes, allow, nonce) => {
          const choice = Object.fromEntries(yes.map((id) => [id, true]))
          const { header, meta, issues } = contentSecurityPolicy(policyOf(list), { choice, allow, nonce })
          expect(issues).toEqual([])
          expect(header).toMatch(/^[\x21-\x7e ]+$/)
          expect(meta).toMatch(/^(<meta http-equiv="Content-Security-Policy" content="[^"<>]+">){1,2}$/)
          const hosts = list
            .filter(([id]) => yes.includes(id))
            .flatMap(([, urls]) => urls.map((one) => one.replace(/\/.*/s, '')))
          for (const policy of read(header)) {
            for (const [name, sources] of policy) {
              expect(name).toMatch(KNOWN)
              for (const source of sources) {
                if (/^'(self|unsafe-inline|nonce-[\w+/=-]+)'$|^(data|blob):$/.test(source)) continue
                const named = source.replace(/^wss:\/\//, '').replace(/\/.*/s, '')
                expect([
                  ...hosts,
                  ...allow.map((text) => text.replace(/^\w+:\/\//, '').replace(/[/?#].*/s, '')),
                ]).toContain(named)
              }
            }
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  test('an address of a granted service passes as a whole path, and one of no granted service does not', () => {
    fc.assert(
      fc.property(services, fc.subarray(['s0', 's1', 's2', 's3']), (list, yes) => {
        const choice = Object.fromEntries(yes.map((id) => [id, true]))
        const policy = policyOf(list)
        const { unlocked } = contentSecurityPolicy(policy, { choice })
        for (const [id, urls] of list) {
          for (const pattern of urls) {
            const address = `https://${pattern.replace('*.', 'sub.')}`
            if (!URL.canParse(address)) continue
            // A path with `..` is another path by the time that a browser asks for it.
            if (/\/\.|%2e|\\/i.test(address)) continue
            const through = passes(address, { choice }, policy)
            if (yes.includes(id)) expect(through, address).toBe(true)
            else if (!unlocked.includes(id)) expect(through, address).toBe(false)
          }
        }
      }),
      { numRuns: 400 },
    )
  })
})
