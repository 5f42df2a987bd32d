/** Whatever goes wrong, nothing that was marked is released, and the page works as if we were not there. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import {
  arrived,
  button,
  type Fixture,
  fixturePage,
  policy,
  porttiFile,
  VENDOR,
  vendorHost,
} from './fixture.ts'
import { html, openWorld, type Reply, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
type Opened = Window & typeof globalThis & { ran?: string[]; __consoleLines?: string[] }
declare const window: Window &
  typeof globalThis & {
    ran?: string[]
    own?: boolean
    changes?: number
    violations?: string[]
    opened?: Opened
  }

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(porttiFile, vendorHost)
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

const held = 'type="text/plain" data-service="google-analytics"'
const BODY = `<script ${held} data-src="${VENDOR}/x"></script><script ${held}>(window.ran ??= []).push('y')</script>
  <iframe data-service="youtube" data-src="${VENDOR}/f.html"></iframe><button id="own" onclick="own = true">Oma</button>`
const ran = () => window.ran ?? []
const vendor = () => world.to('vendor.example').map(({ path }) => path)

async function open(name: string, more: Partial<Fixture> = {}): Promise<void> {
  world.route(`https://${name}.shop.example/`, fixturePage({ body: BODY, first: consoleTap(), ...more }))
  await page.goto(`https://${name}.shop.example/`)
}
/** Accepts, by the banner's button, and waits until everything has run. */
async function acceptAndRun(): Promise<void> {
  await page.click(button('accept'))
  await page.waitFor(() => window.ran?.length === 2)
  expect(await page.eval(ran)).toEqual(['x', 'y'])
  await expect.poll(() => vendor().sort()).toEqual(['/f.html', '/x'])
}

describe('a policy', () => {
  const good = JSON.stringify(policy)
  const json = (body: string, headers = {}): Reply => ({
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  const categories = (...list: unknown[]) => json(JSON.stringify({ ...policy, categories: list }))
  const controller = (changes: object) =>
    json(JSON.stringify({ ...policy, controller: { ...policy.controller, ...changes } }))
  const elsewhere = (status: number, location: string): Reply => ({ status, headers: { location } })
  const bad: Readonly<Record<string, Reply | 'drop'>> = {
    'that is not found': { status: 404, body: good },
    'behind a broken server': { status: 500, body: good },
    'that is a page': html('<!doctype html><title>Etusivu</title>'),
    'that ends early': json(good.slice(0, -20)),
    'that is empty': json(''),
    'that is a word': json('hello'),
    'that is null': json('null'),
    'that is a list': json('[]'),
    'that is too large': json(`${good}${' '.repeat(300_000)}`),
    'of wrong types': json(JSON.stringify({ ...policy, languages: 'fi', categories: { analytics: true } })),
    'with an unknown service': categories({ id: 'analytics', services: ['google-analitics'] }),
    'with needs in a circle': categories(
      { id: 'analytics', needs: 'ads', services: ['google-analytics'] },
      { id: 'ads', needs: 'analytics', services: ['meta-pixel'] },
    ),
    'with code for a link': controller({ privacyNotice: 'javascript:own=true' }),
    'with an object for a text': controller({ name: { fi: { type: 'b', props: {} } } }),
    'with keys that reach the prototype': json(good.replace('{', '{"__proto__":{"required":true},')),
    'that is switched on in advance': categories({
      id: 'analytics',
      default: true,
      services: ['google-analytics'],
    }),
    'whose connection drops': 'drop',
    'that leads in a circle': elsewhere(302, '/consent-policy.json'),
    'that leads to a host that does not share': elsewhere(302, 'https://other.example/consent-policy.json'),
  }
  const fetched = `<!doctype html><html lang="fi"><head>${consoleTap()}<script src="/portti.js" data-policy="/consent-policy.json"></script></head>
    <body>${BODY}</body></html>`
  const complaints = async () => (await page.console()).filter((line) => line.includes('portti: '))

  test.for(Object.entries(bad))(
    '%s holds everything, harms nothing and is told of once',
    async ([what, reply]) => {
      const home = `https://${what.replace(/\W/g, '-')}.shop.example/`
      world.route(home, html(fetched))
      world.route(`${home}consent-policy.json`, reply)
      await page.goto(home)
      await page.eval(() => portti.ready.then(() => portti.acceptAll()))
      await page.click('#own')
      await arrived(page, world)
      expect(
        await page.eval(() => [window.own, window.ran, portti.held(), document.querySelector('#portti')]),
      ).toEqual([true, null, [], null])
      expect(vendor()).toEqual([])
      const lines = await page.console()
      expect(lines).toHaveLength(1)
      expect(lines[0]).toMatch(/^warn: portti: /)
      expect((await page.storage()).cookie).toBe('')
    },
  )

  test('that never comes is given up after five seconds; the page does not wait', async () => {
    world.route('https://hang.shop.example/', html(fetched))
    world.route('https://hang.shop.example/consent-policy.json', 'hang')
    const start = Date.now()
    await page.goto('https://hang.shop.example/')
    await page.click('#own')
    expect(Date.now() - start).toBeLessThan(4000)
    expect(await page.eval(() => window.own)).toBe(true)
    expect(await complaints()).toEqual([])
    await expect.poll(complaints, { timeout: 9000 }).toHaveLength(1)
    expect(Date.now() - start).toBeGreaterThan(4500)
    expect(await page.eval(() => window.ran)).toBe(null)
    expect(vendor()).toEqual([])
  })

  const fine: Readonly<Record<string, Reply>> = {
    'with a byte order mark': json(`\ufeff${good}`),
    'that comes late': { ...json(good), after: 700 },
    'that has moved': elsewhere(301, '/moved.json'),
    'that says it is text': { headers: { 'content-type': 'text/plain' }, body: good },
  }
  test.for(Object.entries(fine))('%s is used', async ([what, reply]) => {
    const home = `https://${what.replace(/\W/g, '-')}.shop.example/`
    world.route(home, html(fetched))
    world.route(`${home}consent-policy.json`, reply)
    world.route(`${home}moved.json`, json(good))
    await page.goto(home)
    await acceptAndRun()
    expect(await page.console()).toEqual([])
  })

  test('in the page that is broken, too large or not there does the same', async () => {
    const tag = '<script src="/portti.js"></script>'
    const inline = (text: string) => `<script type="application/json" id="portti-policy">${text}</script>`
    const pages = {
      broken: inline('{') + tag,
      blank: inline(' ') + tag,
      large: inline(`${good}${' '.repeat(300_000)}`) + tag,
      missing: tag,
      renamed: inline(good).replace('portti-policy', 'policy') + tag,
      element: `${tag}<div id="portti-policy">${good}</div>`,
    }
    for (const [name, head] of Object.entries(pages)) {
      world.route(
        `https://inline-${name}.shop.example/`,
        html(`<!doctype html><html lang="fi"><head>${consoleTap()}${head}</head><body>${BODY}</body></html>`),
      )
      await page.goto(`https://inline-${name}.shop.example/`)
      await page.eval(() => portti.ready.then(() => portti.acceptAll()))
      await arrived(page, world)
      const lines = await page.console()
      expect([name, lines.length, await page.eval(() => window.ran)]).toEqual([name, 1, null])
      expect(lines[0]).toMatch(/^warn: portti: /)
    }
    expect(vendor()).toEqual([])
  })
})

describe('a page with a strict content security policy', () => {
  const watch = `<script nonce="n1">window.violations = []
    addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample), true)</script>`
  const first = watch + consoleTap('n1')
  const rest = `style-src 'nonce-n1'; connect-src 'self'; img-src 'self'; frame-src ${VENDOR}; base-uri 'none'`
  const body = BODY.replace(/ onclick="[^"]*"/, '')
  const policies = {
    nonces: `default-src 'none'; script-src 'nonce-n1'; ${rest}`,
    'strict-dynamic': `default-src 'none'; script-src 'nonce-n1' 'strict-dynamic'; ${rest}`,
    'trusted types': `default-src 'none'; script-src 'nonce-n1'; ${rest}; require-trusted-types-for 'script'; trusted-types portti`,
  }

  test.for(Object.entries(policies))(
    'of %s gets the styled banner, and scripts with the nonce, without a violation',
    async ([what, header]) => {
      const name = `csp-${what.replace(/\W/g, '-')}`
      await open(name, { first, body, tag: 'nonce="n1"', headers: { 'content-security-policy': header } })
      await page.element(button('accept'))
      const look = () => {
        const section = document.querySelector('#portti')?.shadowRoot?.querySelector('section')
        const style = section && getComputedStyle(section)
        return style?.backgroundColor
      }
      expect(await page.eval(look)).toMatch(/^(?!rgba\(0, 0, 0, 0\))\w+/)
      expect(vendor()).toEqual([])
      await acceptAndRun()
      expect(
        await page.eval(() =>
          [...document.querySelectorAll<HTMLScriptElement>('script[data-service]')].map(({ nonce }) => nonce),
        ),
      ).toEqual(['n1', 'n1'])
      expect(await page.eval(() => window.violations)).toEqual([])
      expect(await page.console()).toEqual([])
    },
  )

  test('that refuses our Trusted Types policy keeps its scripts shut, says so once, and its frames work', async () => {
    const header = `require-trusted-types-for 'script'; trusted-types 'none'`
    await open('tt-none', {
      first: watch.replace(' nonce="n1"', '') + consoleTap(),
      body,
      headers: { 'content-security-policy': header },
    })
    await page.element(button('accept'))
    expect(await page.eval(() => window.violations)).toEqual([])
    await page.click(button('accept'))
    await expect.poll(vendor).toEqual(['/f.html'])
    await arrived(page, world)
    expect(await page.eval(() => window.ran)).toBe(null)
    const lines = await page.console()
    expect(lines.filter((line) => line.startsWith('warn: portti: '))).toHaveLength(1)
    expect(lines.filter((line) => /uncaught|unhandled/.test(line))).toEqual([])
    expect(await page.eval(() => document.documentElement.dataset.portti)).toBe('given')
  })
})

describe('a hostile page', () => {
  const names =
    'createElement createElementNS createTextNode querySelector querySelectorAll getElementById body head cookie documentElement readyState currentScript activeElement title addEventListener dispatchEvent visibilityState prerendering importNode adoptNode defaultView'.split(
      ' ',
    )
  const clobber =
    names.map((name) => `<img name="${name}" alt=""><form name="${name}"></form>`).join('') +
    ['portti', 'dataLayer', 'gtag', 'trustedTypes', 'portti-policy', 'clarity', 'fbq']
      .map((id) => `<a id="${id}"></a>`)
      .join('')
  const tag = '<script src="/portti.js"></script>'
  const pollution =
    'default enabled accepted required granted allowed allows consent checked on active optOut optout necessary known once retired gpc use needs services categories from until choice kind state yes perService host bridge'.split(
      ' ',
    )
  const having = (code: string) => [`<script>${code}</script>`, '']
  const pages: Readonly<Record<string, readonly string[]>> = {
    "that names elements like the document's members after our tag": ['', tag + clobber],
    "that names elements like the document's members before our tag": ['', clobber + tag],
    'with a polluted Object.prototype': having(
      `for (const name of ${JSON.stringify(pollution)}) Object.prototype[name] = true`,
    ),
    'with functions on Array.prototype and Object.prototype': having(
      'Array.prototype.each = Object.prototype.extend = function () { return this }',
    ),
    'with an old toJSON': having(
      'Array.prototype.toJSON = String.prototype.toJSON = Date.prototype.toJSON = function () { return "[" + this + "]" }',
    ),
    'that replaces what it can': [
      `${tag}<script>{ const no = () => { throw new Error('replaced') }
        JSON.parse = JSON.stringify = window.fetch = no
        Document.prototype.createElement = Document.prototype.querySelectorAll = no
        EventTarget.prototype.addEventListener = EventTarget.prototype.dispatchEvent = no }</script>`,
      '',
    ],
  }
  // Browsers' drivers do not survive such pages, so each is looked at from the one that opened it.
  const look = () => {
    const { document: seen, ran, __consoleLines: lines } = (window.opened ?? window) as Opened
    const find = Document.prototype.querySelectorAll
    const host = [...find.call(seen, '#portti')].find((element) => element.shadowRoot)
    const root = Object.getOwnPropertyDescriptor(Document.prototype, 'documentElement')?.get?.call(seen)
    return {
      ran: Array.from(ran ?? []).join(),
      lines: Array.from(lines ?? []).join(),
      state: root?.getAttribute('data-portti'),
      asks: !!host?.shadowRoot?.querySelector('[data-portti-action="accept"]'),
    }
  }
  const press = () => {
    const host = [...Document.prototype.querySelectorAll.call(window.opened?.document, '#portti')].find(
      (element) => element.shadowRoot,
    )
    host?.shadowRoot?.querySelector<HTMLElement>('[data-portti-action="accept"]')?.click()
  }

  test.for(Object.entries(pages))('%s is served like any other', async ([what, [head = '', body = '']]) => {
    const home = `https://${what.replace(/\W/g, '-').toLowerCase()}.shop.example/`
    const inline = `<script type="application/json" id="portti-policy">${JSON.stringify(policy)}</script>`
    world.route(home, html(`<!doctype html><button onclick="opened = window.open('/hostile')">Avaa</button>`))
    const own = (head + body).includes(tag) ? '' : tag
    world.route(
      `${home}hostile`,
      html(
        `<!doctype html><html lang="fi"><head>${consoleTap()}${inline}${head}${own}</head><body>${body}${BODY}</body></html>`,
      ),
    )
    await page.goto(home)
    await page.click('button')
    await expect.poll(() => page.eval(look)).toEqual({ ran: '', lines: '', state: 'unasked', asks: true })
    await arrived(page, world)
    expect(vendor()).toEqual([])
    await page.eval(press)
    await expect.poll(() => page.eval(look)).toEqual({ ran: 'x,y', lines: '', state: 'given', asks: false })
    await expect.poll(() => vendor().sort()).toEqual(['/f.html', '/x'])
    expect((await page.cookies()).map(({ name }) => name)).toEqual(['portti'])
    await page.eval(() => window.opened?.location.reload())
    await expect.poll(() => vendor().sort()).toEqual(['/f.html', '/f.html', '/x', '/x'])
    await expect.poll(() => page.eval(look)).toEqual({ ran: 'x,y', lines: '', state: 'given', asks: false })
    await page.eval(() => window.opened?.close())
  })

  test('that hides the banner is fully usable, decides nothing and gets no second banner', async () => {
    await open('hidden', { head: '<style>#portti { display: none !important }</style>' })
    await page.element('#portti')
    await page.click('#own')
    expect(await page.eval(() => [window.own, document.documentElement.style.overflow])).toEqual([true, ''])
    await page.eval(() => {
      document.querySelector('#portti')?.remove()
      document.body.append(document.createElement('p'))
    })
    await arrived(page, world)
    expect(await page.has('#portti')).toBe(false)
    expect(await page.eval(() => [window.ran ?? [], document.documentElement.dataset.portti])).toEqual([
      [],
      'unasked',
    ])
  })
})

describe('a page of an unusual kind', () => {
  test('with our tag twice has one banner and one event per decision', async () => {
    await open('twice', {
      head: '<script src="/portti.js?again"></script><script src="/portti.js"></script>',
    })
    await page.element(button('accept'))
    await page.eval(() => {
      window.changes = 0
      document.addEventListener('portti:change', () => {
        window.changes = (window.changes ?? 0) + 1
      })
    })
    expect(await page.eval(() => document.querySelectorAll('#portti').length)).toBe(1)
    await acceptAndRun()
    expect(await page.eval(() => [window.changes, document.querySelectorAll('#portti').length])).toEqual([
      1, 1,
    ])
    expect(await page.console()).toEqual([])
  })

  test('made of framesets stays shut and unharmed', async () => {
    const head = `${consoleTap()}<script type="application/json" id="portti-policy">${JSON.stringify(policy)}</script><script src="/portti.js"></script>`
    world.route(
      'https://frameset.shop.example/',
      html(
        `<!doctype html><html><head>${head}<script ${held}>ran = ['y']</script></head><frameset cols="*"><frame src="${VENDOR}/f.html"></frameset></html>`,
      ),
    )
    await page.goto('https://frameset.shop.example/')
    await arrived(page, world)
    expect(
      await page.eval(() => [window.ran, document.body.tagName, document.querySelector('#portti')]),
    ).toEqual([null, 'FRAMESET', null])
    expect(await page.console()).toEqual([])
  })

  test('in XHTML gets banner, placeholder and order alike', async () => {
    const text = JSON.stringify(policy)
    const xhtml = `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="sv"><head><title>Mallila</title>
      ${consoleTap().replace('<script>', '<script>//<![CDATA[\n').replace('</script>', '\n//]]></script>')}
      <script type="application/json" id="portti-policy">${text}</script><script src="/portti.js"></script></head>
      <body><script ${held} data-src="${VENDOR}/x"></script><script ${held}>(window.ran ??= []).push('y')</script>
      <iframe data-service="youtube" data-src="${VENDOR}/f.html"></iframe></body></html>`
    world.route('https://xhtml.shop.example/', {
      headers: { 'content-type': 'application/xhtml+xml; charset=utf-8' },
      body: xhtml,
    })
    await page.goto('https://xhtml.shop.example/')
    expect(await page.text(button('accept'))).toBe('Godkänn alla')
    expect(await page.has('[data-portti-place="youtube"]')).toBe(true)
    await acceptAndRun()
    expect(await page.console()).toEqual([])
  })

  test('in a frame of its own site shows no banner there and follows the answer of the top page', async () => {
    world.route(
      'https://framed.shop.example/inner',
      fixturePage({ body: `<script ${held}>(window.ran ??= []).push('inner')</script>` }),
    )
    await open('framed', { body: '<iframe id="inner" src="/inner"></iframe>' })
    await page.element(button('accept'))
    expect(await page.inFrame('#inner', () => page.has('#portti'))).toBe(false)
    await page.click(button('accept'))
    await page.inFrame('#inner', () => page.waitFor(() => window.ran?.length === 1))
    expect(await page.inFrame('#inner', () => page.has('#portti'))).toBe(false)
  })
})

test('no built-in of the page is patched or added to', async () => {
  const first = `<script>
    window.builtIns = () => {
      const found = new Map()
      const note = (path, owner) => {
        for (const key of Reflect.ownKeys(owner)) {
          const { value, get, set } = Object.getOwnPropertyDescriptor(owner, key)
          found.set(path + String(key), [value, get, set].filter((one) => typeof one === 'function'))
        }
      }
      for (const name of Object.getOwnPropertyNames(window)) {
        const value = /^webkit|^on|^se_|^(event|ran|own)$/.test(name) ? undefined : window[name]
        if (typeof value !== 'function') continue
        note(name + '.', value)
        if (value.prototype) note(name + '.prototype.', value.prototype)
      }
      for (const one of ['document', 'navigator', 'history', 'location', 'JSON', 'Reflect', 'Math', 'console']) note(one + '.', window[one])
      return found
    }
    window.before = builtIns()
  </script>`
  await open('patched', { first })
  await acceptAndRun()
  const changed = await page.eval(() => {
    const at = window as unknown as { before: Map<string, unknown[]>; builtIns(): Map<string, unknown[]> }
    const now = at.builtIns()
    const other = [...now].filter(([name, parts]) =>
      parts.some((part, i) => part !== at.before.get(name)?.[i]),
    )
    return [at.before.size > 3000, other.map(([name]) => name)]
  })
  expect(changed).toEqual([true, []])
})
