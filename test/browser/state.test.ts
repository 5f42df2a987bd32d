// biome-ignore-all lint/suspicious/noDocumentCookie: cookies are what is tested, in browsers without a Cookie Store.
/** The answer: where it is kept, how long, what it is worth, and what taking it back does. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hash } from '../../packages/portti/src/policy/fingerprint.ts'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, button, type Fixture, fixturePage, policy, porttiFile, untouched } from './fixture.ts'
import type { Cookie } from './storage-snapshot.ts'
import { openWorld, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window & typeof globalThis & { ran?: string[]; old?: boolean; persisted?: boolean }

const DAY = 86_400_000
const MONTH = (365.25 * DAY) / 12
let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(porttiFile)
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

const mark = (service: string, name = service) =>
  `<script type="text/plain" data-service="${service}">(window.ran ??= []).push('${name}')</script>`
const BODY = mark('google-analytics') + mark('google-signals') + mark('meta-pixel')

async function open(address: string, more: Partial<Fixture> = {}, where = page): Promise<void> {
  const url = address.includes(':') ? address : `https://${address}.shop.example/`
  world.route(url, fixturePage({ body: BODY, ...more }))
  await where.goto(url)
}
const ran = () => window.ran ?? []
const state = () => document.documentElement.dataset.portti
const kept = async (where = page): Promise<Cookie | undefined> =>
  (await where.cookies()).find(({ name }) => name === 'portti')
/** Sets the page's clock off by so many days. */
const clock = (days: number) =>
  `<script>{ const now = Date.now; Date.now = () => now() + ${days} * ${DAY} }</script>`

describe('the cookie', () => {
  test('is written after an answer only, a yes and a no alike, and is read on the next page', async () => {
    const spans: number[] = []
    for (const [action, all] of [
      ['accept', ['google-analytics', 'google-signals', 'meta-pixel']],
      ['reject', []],
    ] as const) {
      await open(`cookie-${action}`)
      await page.element(button(action))
      await arrived(page, world)
      expect(await page.storage()).toEqual(untouched)
      expect(await page.cookies()).toEqual([])
      await page.click(button(action))
      await page.waitFor(() => document.documentElement.dataset.portti === 'given')
      const cookie = await kept()
      expect(cookie).toMatchObject({ path: '/', secure: true, httpOnly: false, sameSite: 'Lax' })
      expect(cookie?.domain).toBe(`cookie-${action}.shop.example`)
      expect(cookie?.value).toMatch(new RegExp(`^1\\.\\d{13}\\.${action}\\..*analytics:[01]:`))
      expect(`portti=${cookie?.value}`.length).toBeLessThanOrEqual(1024)
      expect({ ...(await page.storage()), cookie: '' }).toEqual(untouched)
      spans.push(Math.round(((cookie?.expiry ?? 0) * 1000 - Date.now()) / DAY))
      await page.reload()
      await arrived(page, world)
      expect(await page.eval(state)).toBe('given')
      expect(await page.has(button('accept'))).toBe(false)
      expect(await page.eval(ran)).toEqual(all)
    }
    expect(spans).toEqual([365, 365])
  })

  test('goes without Secure where the page has no encryption', async () => {
    await open('http://plain.shop.example/')
    await page.eval(() => portti.rejectAll())
    expect(await kept()).toMatchObject({ secure: false, sameSite: 'Lax', path: '/' })
  })

  test('is shared with sub-domains where the policy says so', async () => {
    const shared = { policy: { ...policy, cookie: { domain: 'mallila.example' } } }
    await open('https://www.mallila.example/', shared)
    await page.eval(() => portti.acceptAll())
    await open('https://kauppa.mallila.example/', shared)
    expect(await page.eval(state)).toBe('given')
    await page.eval(() => portti.withdraw())
    await page.goto('https://www.mallila.example/')
    await arrived(page, world)
    expect(await page.eval(ran)).toEqual([])
  })

  test('gives way to localStorage where the page swallows cookies', async () => {
    const first = `<script>
      const real = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
      Object.defineProperty(Document.prototype, 'cookie', { ...real, set() {} })
    </script>`
    await open('swallowed', { first })
    await page.click(button('accept'))
    await page.waitFor(() => window.ran?.length === 3)
    expect((await page.storage()).cookie).toBe('')
    expect(Object.keys((await page.storage()).localStorage ?? {})).toEqual(['portti'])
    await page.reload()
    await page.waitFor(() => window.ran?.length === 3)
    expect(await page.eval(state)).toBe('given')
    expect(await page.has(button('accept'))).toBe(false)
  })

  test('that cannot be kept at all works for this page, says so, and is asked for again on the next', async () => {
    await open('sandbox', {
      headers: { 'content-security-policy': 'sandbox allow-scripts' },
      first: consoleTap(),
    })
    await page.click(button('accept'))
    await page.waitFor(() => window.ran?.length === 3)
    expect(await page.text('#portti >>> [part="note"]')).not.toBe('')
    expect(await page.console()).toEqual([])
    await page.reload()
    await page.element(button('accept'))
    expect(await page.eval(state)).toBe('unasked')
    expect(await page.eval(ran)).toEqual([])
  })
})

describe('a stored value', () => {
  test('that is malformed, forged, cut or from the future is no answer: nothing runs and the banner asks', async () => {
    await open('forged')
    await page.eval(() => portti.acceptAll())
    const good = (await kept())?.value ?? ''
    const at = good.split('.')[1] ?? ''
    // With the check that the text would have, so that what is refused is what the text says.
    const sealed = (text: string) => {
      const told = text.slice(0, text.lastIndexOf('.'))
      return `${told}.${hash([told])}`
    }
    const dated = (time: number | string) => sealed(good.replace(at, String(time)))
    const yes = (value: string) => sealed(good.replaceAll(':1:', `:${value}:`))
    const bad = [
      '',
      '1',
      'true',
      'accept',
      'null',
      '%7B%22analytics%22%3Atrue%7D',
      '{"analytics":true}',
      '[object Object]',
      '1.accept',
      `1.${at}.accept`,
      `1.${at}.`,
      good.slice(0, at.length + 14),
      good.slice(0, at.length + 21),
      `${good}.`,
      `${good}.analytics:1:x`,
      good.replace('1.', '2.'),
      good.replace('1.', '01.'),
      good.replace('accept', 'ACCEPT'),
      good.replace('accept', 'constructor'),
      yes('true'),
      yes('2'),
      yes('01'),
      yes('yes'),
      yes(''),
      good.replace(/:[a-z0-9-]+(?=\.|$)/g, ':'),
      good.replace(/:1:[a-z0-9-]+/g, ':1'),
      good.replace(/:1:[a-z0-9-]+/g, ':1:zzzzzz'),
      good.replace('analytics', '__proto__'),
      encodeURIComponent(good),
      ` ${good}x!`,
      dated(Date.now() + 2 * DAY),
      dated(Date.now() + 4000 * DAY),
      dated(9_999_999_999_999),
      dated('1e12'),
      dated(-1),
      dated(0),
      dated('NaN'),
      dated(at.slice(0, 10)),
      'a'.repeat(3000),
    ]
    const first = consoleTap()
    world.route('https://forged.shop.example/', fixturePage({ body: BODY, first }))
    for (const value of bad) {
      await page.eval((text) => {
        document.cookie = `portti=${text};Path=/;Secure;SameSite=Lax`
      }, value)
      await page.reload()
      await page.element(button('accept'))
      const seen = await page.eval(() => [
        document.documentElement.dataset.portti !== 'given',
        window.ran ?? [],
      ])
      expect([value, ...seen, await page.console()]).toEqual([value, true, [], []])
    }
    await page.click(button('reject'))
    expect(await page.eval(state)).toBe('given')
    await page.eval((text) => {
      document.cookie = `portti=${text};Path=/;Secure;SameSite=Lax`
    }, good)
    await page.reload()
    await page.waitFor(() => window.ran?.length === 3)
  })

  test('in localStorage is read as strictly', async () => {
    await open('forged-local')
    for (const value of ['true', '{"analytics":true}', '1.accept', 'x'.repeat(100_000)]) {
      await page.eval((text) => localStorage.setItem('portti', text), value)
      await page.reload()
      await page.element(button('accept'))
      expect([value.slice(0, 20), await page.eval(ran)]).toEqual([value.slice(0, 20), []])
    }
  })

  test('is asked again after the time that the policy sets, and releases nothing then', async () => {
    await open('expiry')
    await page.eval(() => portti.acceptAll())
    const days = (12 * MONTH) / DAY
    await open('expiry', { first: clock(days - 1) })
    await page.waitFor(() => window.ran?.length === 3)
    await open('expiry', { first: clock(days + 1) })
    await page.element(button('accept'))
    await arrived(page, world)
    expect(await page.eval(() => [portti.$decision.get().kind, window.ran ?? []])).toEqual(['lapsed', []])
    expect(await page.eval(state)).toBe('lapsed')
  })

  test('is asked again about what has changed only; the other answers stand', async () => {
    await open('changed')
    await page.eval(() => portti.choose({ analytics: true, ads: true }))
    const ads = { id: 'ads', services: ['google-ads', 'meta-pixel', 'linkedin-insight'] }
    const changed = {
      policy: { ...policy, categories: policy.categories.map((one) => (one.id === 'ads' ? ads : one)) },
    }
    await open('changed', changed)
    await page.element(button('accept'))
    await arrived(page, world)
    const decision = () => {
      const at = portti.$decision.get()
      return [at.kind, at.kind === 'lapsed' ? at.changed : [], window.ran ?? []]
    }
    expect(await page.eval(decision)).toEqual(['lapsed', ['ads'], ['google-analytics']])
    await page.eval(() => portti.choose({ ads: true }))
    await page.waitFor(() => window.ran?.includes('meta-pixel'))
    expect(await page.eval(decision)).toEqual(['given', [], ['google-analytics', 'meta-pixel']])
    expect(await page.eval(() => portti.allows('social'))).toBe(false)
    await page.reload()
    await page.waitFor(() => window.ran?.length === 2)
    expect(await page.eval(state)).toBe('given')
  })
})

describe('two tabs', () => {
  test('agree within 200 ms, and the last answer wins', async () => {
    await open('tabs', { policy: { ...policy, afterWithdraw: 'offer' } })
    const listen = () => {
      const times: number[] = []
      Object.assign(window, { times })
      document.addEventListener('portti:change', () => times.push(performance.timeOrigin + performance.now()))
    }
    const last = () => (window as unknown as { times: number[] }).times.at(-1)
    await page.eval(listen)
    const one = await page.currentTab()
    const other = await page.newTab()
    await page.goto('https://tabs.shop.example/')
    await page.eval(listen)

    const told = await page.eval(() => {
      portti.acceptAll()
      return performance.timeOrigin + performance.now()
    })
    await page.switchTab(one)
    await page.waitFor(() => window.ran?.length === 3)
    expect((await page.waitFor(last)) - told).toBeLessThan(200)
    expect(await page.has(button('accept'))).toBe(false)

    await page.eval(() => {
      portti.choose({ ads: false })
      portti.rejectAll()
    })
    await page.switchTab(other)
    await page.waitFor(() => !portti.allows('analytics'))
    expect(await page.eval(() => portti.allows('ads'))).toBe(false)
    expect(await page.eval(state)).toBe('given')
    await page.reload()
    await arrived(page, world)
    expect(await page.eval(ran)).toEqual([])
    await page.closeTab()
    await page.switchTab(one)
  })

  test('take no word of a message that is no answer', async () => {
    await open('messages')
    await page.eval(async () => {
      const channel = new BroadcastChannel('portti')
      const at = Date.now()
      for (const message of [
        'x',
        { analytics: true },
        null,
        7,
        `1.${at}.accept`,
        `1.${at + 1}.accept.analytics:1:zzzzzz`,
        `1.${at + 2e9}.accept`,
      ])
        channel.postMessage(message)
      // A message of the same channel that comes after all of those.
      const done = new Promise((heard) => {
        new BroadcastChannel('portti').onmessage = ({ data }) => data === 'end' && heard(null)
      })
      channel.postMessage('end')
      await done
    })
    expect(
      await page.eval(() => [document.documentElement.dataset.portti !== 'given', window.ran ?? []]),
    ).toEqual([true, []])
  })
})

test('a page that comes back from the back/forward cache sees what was answered meanwhile', async () => {
  const offer = { policy: { ...policy, afterWithdraw: 'offer' } }
  world.route('https://back.shop.example/second', fixturePage({ body: '<p>Toinen</p>', ...offer }))
  await open('back', {
    ...offer,
    head: `<script>addEventListener('pageshow', (event) => { window.persisted = event.persisted })</script>`,
  })
  await page.eval(() => portti.acceptAll())
  await page.waitFor(() => window.ran?.length === 3)
  await page.eval(() => {
    location.href = '/second'
  })
  await page.waitFor(() => location.pathname === '/second' && document.readyState === 'complete')
  await page.eval(() => portti.withdraw())
  await page.back()
  await page.waitFor(() => location.pathname === '/' && window.persisted !== undefined)
  await page.waitFor(() => portti.$decision.get().kind === 'given' && !portti.allows('analytics'))
  // Where it was kept alive what had run is still there; loaded anew nothing has.
  const [persisted, done] = await page.eval(() => [window.persisted, window.ran?.length ?? 0])
  expect(done).toBe(persisted ? 3 : 0)
})

describe('taking an answer back', () => {
  const segments = {
    id: 'segments',
    name: 'Segmentit',
    provider: {
      name: 'Acme Oy',
      country: 'FI',
      role: 'processor',
      privacyNotice: 'https://acme.example/privacy',
    },
    transfer: { ground: 'eea' },
    urls: ['*.acme.example'],
    cookies: [{ name: 'acme_*', days: 90, purpose: 'ads' }],
    storage: ['localStorage', 'sessionStorage', 'indexedDB', 'cacheStorage'].map((where) => ({
      in: where,
      name: 'acme*',
      purpose: 'ads',
    })),
  }
  const withSegments = (afterWithdraw: string) => ({
    ...policy,
    afterWithdraw,
    categories: policy.categories.map((one) =>
      one.id === 'ads' ? { ...one, services: [...one.services, segments] } : one,
    ),
  })
  /** What the services leave behind, and some things of the site's own. */
  const leave = async () => {
    for (const place of [
      'Path=/',
      'Path=/a/b',
      'Path=/a/',
      'Path=/;Domain=shop.example',
      'Path=/a/b;Domain=shop.example',
    ]) {
      document.cookie = `_ga=1;Max-Age=999;${place}`
      document.cookie = `acme_${place.length}=1;Max-Age=999;Secure;${place}`
    }
    document.cookie = 'own=1;Max-Age=999;Path=/'
    document.cookie = 'xacme_=1;Max-Age=999;Path=/'
    for (const store of [localStorage, sessionStorage]) {
      store.setItem('acme', '1')
      store.setItem('acme_profile', '1')
      store.setItem('own', '1')
    }
    for (const name of ['acme-base', 'own']) {
      await new Promise<void>((done) => {
        const opened = indexedDB.open(name)
        opened.onsuccess = () => {
          opened.result.close()
          done()
        }
      })
      await caches.open(name)
    }
  }
  const names = () =>
    document.cookie
      .split('; ')
      .map((pair) => pair.split('=')[0])
      .sort()

  test('clears what was declared, on host and parent domain and every path, and loads the page again', async () => {
    const url = 'https://clear.shop.example/a/b/page'
    world.route(url, fixturePage({ body: BODY, policy: withSegments('reload') }))
    await page.goto(url)
    await page.eval(() => portti.acceptAll())
    await page.waitFor(() => window.ran?.length === 3)
    await page.eval(leave)
    expect(await page.eval(names)).toHaveLength(5 + 5 + 3)
    const before = world.to('clear.shop.example').length
    await page.eval(() => {
      window.old = true
      portti.withdraw()
    })
    await page.waitFor(() => !window.old && document.readyState === 'complete')
    expect(
      world
        .to('clear.shop.example')
        .slice(before)
        .map(({ path }) => path),
    ).toContain('/a/b/page')
    expect(await page.eval(names)).toEqual(['own', 'portti', 'xacme_'])
    expect(await page.eval(ran)).toEqual([])
    await expect
      .poll(async () => {
        const { localStorage, sessionStorage, databases, caches } = await page.storage()
        return [localStorage, sessionStorage, databases, caches]
      })
      .toEqual([{ own: '1' }, { own: '1' }, ['own'], ['own']])
  })

  test('offers to load the page again where the policy wants that, and does when asked', async () => {
    await open('offer', { policy: withSegments('offer') })
    await page.eval(() => portti.acceptAll())
    await page.waitFor(() => window.ran?.length === 3)
    await page.eval(leave)
    await page.eval(() => {
      window.old = true
      portti.withdraw()
    })
    await page.element(button('reload'))
    expect(await page.eval(names)).toEqual(['own', 'portti', 'xacme_'])
    expect(await page.eval(() => window.old)).toBe(true)
    await page.click(button('reload'))
    await page.waitFor(() => !window.old && document.readyState === 'complete')
    expect(await page.eval(ran)).toEqual([])
  })

  test('of one category leaves the cookies that an allowed service shares', async () => {
    await open('shared', { body: '<p>Kauppa</p>' })
    await page.eval(() => portti.choose({ analytics: true, demographics: true, ads: true }))
    await page.eval(() => {
      document.cookie = '_gcl_au=1;Max-Age=999;Path=/'
      document.cookie = '__gads=1;Max-Age=999;Path=/'
      portti.choose({ ads: false })
    })
    await arrived(page, world)
    expect(await page.eval(names)).toEqual(['_gcl_au', 'portti'])
    await page.eval(() => portti.choose({ demographics: false }))
    await arrived(page, world)
    expect(await page.eval(names)).toEqual(['portti'])
  })
})

describe('a visitor with Global Privacy Control', () => {
  let signalling: Page
  beforeAll(async () => {
    signalling = await launch(engine, { world, gpc: true })
  })
  afterAll(() => signalling?.close())
  // WebKit has no such setting.
  const first = '<script>Object.defineProperty(navigator, "globalPrivacyControl", { value: true })</script>'

  test('accepts all but ads and demographics, and may still turn them on by hand', async () => {
    await open('gpc', engine === 'webkit' ? { first } : {}, signalling)
    await signalling.click(button('accept'))
    await signalling.waitFor(() => window.ran?.length === 1)
    const state = () => ['analytics', 'social', 'media', 'demographics', 'ads'].map((id) => portti.allows(id))
    expect(await signalling.eval(state)).toEqual([true, true, true, false, false])
    await signalling.reload()
    await arrived(signalling, world)
    expect(await signalling.eval(ran)).toEqual(['google-analytics'])
    await signalling.eval(() => portti.choose({ ads: true }))
    await signalling.waitFor(() => window.ran?.includes('meta-pixel'))
    await signalling.eval(() => portti.acceptAll())
    expect(await signalling.eval(state)).toEqual([true, true, true, false, true])
    expect(await signalling.eval(() => portti.record()?.gpc)).toBe(true)
  })
})

describe('a browser that refuses cookies', () => {
  let refusing: Page
  beforeAll(async () => {
    refusing = await launch(engine, { world, cookies: false })
  })
  afterAll(() => refusing?.close())

  test('gets its answer for this page, with no error', async () => {
    await open('refused', { first: consoleTap() }, refusing)
    await refusing.click(button('accept'))
    await refusing.waitFor(() => window.ran?.length === 3)
    expect(await refusing.console()).toEqual([])
    const { cookie, localStorage } = await refusing.storage()
    expect(cookie ?? '').toBe('')
    // Some engines refuse all storage with the cookies; only then there is something to say.
    const keeps = Object.keys(localStorage ?? {}).length > 0
    expect(await refusing.has('#portti >>> [part="note"]')).toBe(!keeps)
    await refusing.reload()
    await arrived(refusing, world)
    expect(await refusing.eval(() => window.ran?.length ?? 0)).toBe(keeps ? 3 : 0)
    expect(await refusing.has(button('accept'))).toBe(!keeps)
  })
})

test.skipIf(engine !== 'chromium')(
  'a page that is prepared ahead shows, stores and releases nothing until it is looked at (only Chromium prepares pages)',
  async () => {
    const report = `<script>
      const report = (when) => fetch('/report?' + [when, document.prerendering, (window.ran ?? []).length, !!document.querySelector('#portti'), document.documentElement.dataset.portti])
      addEventListener('load', () => setTimeout(() => report('loaded'), 200))
    </script>`
    world.route('https://ahead.shop.example/next', fixturePage({ body: BODY + report }))
    await open('ahead', {
      head: `<script type="speculationrules">{"prerender":[{"source":"list","urls":["/next"],"eagerness":"immediate"}]}</script>`,
    })
    await page.eval(() => portti.choose({ analytics: true }))
    await expect
      .poll(() => world.to('ahead.shop.example').filter(({ path }) => path.startsWith('/report')).length, {
        timeout: 5000,
      })
      .toBe(1)
    const [seen] = world.to('ahead.shop.example').filter(({ path }) => path.startsWith('/report'))
    expect(seen?.path).toBe('/report?loaded,true,0,false,')
    await page.eval(() => {
      location.href = '/next'
    })
    await page.waitFor(() => location.pathname === '/next' && window.ran?.length === 1)
    expect(await page.eval(state)).toBe('given')
  },
)
