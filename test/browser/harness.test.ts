import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { html, openWorld, script, siteFiles, standIns, type World } from './world.ts'

const PIXEL = 'https://connect.facebook.net/en_US/sdk.js'
const SHOP = html(
  `<!doctype html><html lang="fi"><title>Kauppa</title>${consoleTap()}
  <style>#hovered:hover { color: rgb(1, 2, 3) }</style>
  <h1>Kauppa</h1>
  <button id="first">Ensimmäinen</button> <a id="second" href="#x">Linkki</a> <x-box id="box"></x-box>
  <p id="hovered">Teksti</p><input id="field">
  <script>
    const root = document.querySelector('x-box').attachShadow({ mode: 'open' })
    const button = document.createElement('button')
    button.id = 'yes'
    button.textContent = 'Hyväksy'
    button.onclick = (event) => {
      const tag = document.createElement('script')
      tag.src = '${PIXEL}'
      document.head.append(tag)
      window.trusted = event.isTrusted
    }
    root.append(button)
    window.tools = { double: (n) => Promise.resolve(2 * n) }
  </script>`,
  { 'set-cookie': ['seen=1; Path=/; Secure; SameSite=Lax', 'hidden=2; Path=/; HttpOnly'] },
)

let folder: string
let world: World
let page: Page

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'harness-'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Kansio</title>')
  writeFileSync(join(folder, 'kuva.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  world = await openWorld(
    (request) => (request.host.endsWith('.shop.example') && request.path === '/' ? SHOP : undefined),
    siteFiles('*.files.example', [folder], { 'x-from': 'folder' }),
    standIns(),
  )
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => world.clear())

describe('the pretend internet', () => {
  test('sees a request to a third party, and none before it is made', async () => {
    world.route(PIXEL, script('window.fb = 1', { 'set-cookie': 'fr=abc; SameSite=None; Secure' }))
    await page.goto('https://a.shop.example/')
    expect(world.thirdParty('a.shop.example')).toEqual([])
    await page.click('x-box >>> #yes')
    await page.waitFor(() => 'fb' in window)
    expect(world.thirdParty('a.shop.example')).toEqual([PIXEL])
    expect(world.thirdParty('shop.example')).toEqual([PIXEL])
    expect(world.to('connect.facebook.net')[0]?.headers.referer).toBe('https://a.shop.example/')
    expect(world.connected).toContain('connect.facebook.net')
    expect(world.cookies.filter(({ host }) => host === 'connect.facebook.net')).toEqual([
      { host: 'connect.facebook.net', way: 'given', name: 'fr', value: 'abc' },
    ])
  })

  test('sees the third-party cookie that is sent back', async () => {
    world.route(PIXEL, script('window.fb = 1', { 'set-cookie': 'back=1; Path=/; SameSite=None; Secure' }))
    await page.goto('https://b.shop.example/')
    await page.click('x-box >>> #yes')
    await page.waitFor(() => 'fb' in window)
    await page.eval(() =>
      fetch('https://connect.facebook.net/tr', { mode: 'no-cors', credentials: 'include' }),
    )
    const sent = world.cookies.filter(({ way, name }) => way === 'sent' && name === 'back')
    expect(sent.map(({ host, value }) => [host, value])).toEqual([['connect.facebook.net', '1']])
  })

  test('keeps the body of a request, plain http, other ports and sockets', async () => {
    await page.goto('https://c.shop.example/')
    await page.eval(() => navigator.sendBeacon('https://in.count.example/hit?x=1', 'body=1'))
    await expect
      .poll(() => world.to('in.count.example').map(({ method, body }) => method + body))
      .toEqual(['POSTbody=1'])
    await page.eval(
      () =>
        new Promise((done) => {
          new WebSocket('wss://socket.example:8443/live').onerror = done
        }),
    )
    expect(world.thirdParty('c.shop.example')).toEqual([
      'https://in.count.example/hit?x=1',
      'wss://socket.example:8443/live',
    ])
    world.route('http://localhost:1234/*', html('<title>Paikallinen</title>'))
    await page.goto('http://localhost:1234/x')
    expect(await page.eval(() => document.title)).toBe('Paikallinen')
  })

  test('serves a folder and the stand-ins of vendors', async () => {
    await page.goto('https://a.files.example/')
    expect(await page.eval(() => document.title)).toBe('Kansio')
    const ask = async (url: string) => {
      const response = await fetch(url)
      return [response.status, response.headers.get('content-type'), response.headers.get('x-from')]
    }
    expect(await page.eval(ask, '/kuva.svg?x=1')).toEqual([200, 'image/svg+xml', 'folder'])
    expect(await page.eval(ask, '/../../etc/hostname')).toEqual([404, null, null])
    expect(await page.eval(ask, PIXEL)).toEqual([200, 'text/javascript; charset=utf-8', null])
  })

  test('answers late, never, or with a dropped connection', async () => {
    await page.goto('https://d.shop.example/')
    world.route('https://d.shop.example/late', { body: 'late', after: 300 })
    world.route('https://d.shop.example/drop', 'drop')
    world.route('https://d.shop.example/hang', 'hang')
    const answers = await page.eval(async () => {
      const start = performance.now()
      const late = await (await fetch('/late')).text()
      const waited = performance.now() - start
      const drop = await fetch('/drop').then(
        () => 'answered',
        () => 'failed',
      )
      const hang = await fetch('/hang', { signal: AbortSignal.timeout(300) }).then(
        () => 'answered',
        () => 'given up',
      )
      return { late, slow: waited >= 290, drop, hang }
    })
    expect(answers).toEqual({ late: 'late', slow: true, drop: 'failed', hang: 'given up' })
  })
})

describe('a page', () => {
  test('is used with the keyboard, through shadow roots', async () => {
    world.route(PIXEL, script('window.fb = 1'))
    await page.goto('https://e.shop.example/')
    const order: string[] = []
    for (let step = 0; step < 3; step += 1) {
      await page.press('Tab')
      order.push(await page.focused())
    }
    expect(order).toEqual(['button#first', 'a#second', 'x-box#box >>> button#yes'])
    expect(await page.role('x-box >>> #yes')).toEqual(['button', 'Hyväksy'])
    await page.press('Enter')
    await page.waitFor(() => 'fb' in window)
    expect(await page.eval(() => 'trusted' in window && window.trusted)).toBe(true)
    await page.press('Shift', 'Tab')
    expect(await page.focused()).toBe('a#second')
  })

  test('edits a field with named keys', async () => {
    await page.goto('https://f.shop.example/')
    await page.type('#field', 'bcd')
    await page.press('Backspace')
    await page.press('Home')
    await page.press('a')
    await page.press('End')
    await page.press('Space')
    await page.press('z')
    expect(await page.eval(() => document.querySelector('input')?.value)).toBe('abc z')
    await expect(page.press('Entr')).rejects.toThrow('no key is called "Entr"')
  })

  test('is hovered', async () => {
    await page.goto('https://g.shop.example/')
    await page.hover('#hovered')
    const color = () =>
      getComputedStyle(document.querySelector('#hovered') ?? document.body).color === 'rgb(1, 2, 3)'
    expect(await page.waitFor(color)).toBe(true)
  })

  test('calls functions of the page and waits for their promises', async () => {
    await page.goto('https://h.shop.example/')
    const double = (by: number) =>
      (window as unknown as { tools: { double(n: number): Promise<number> } }).tools.double(by)
    expect(await page.eval(double, 21)).toBe(42)
    await page.eval(() => console.warn('varoitus', 1))
    expect(await page.console()).toEqual(['warn: varoitus 1'])
  })

  test('tells what its origin keeps', async () => {
    await page.goto('https://i.shop.example/')
    const empty = { localStorage: {}, sessionStorage: {}, databases: [], caches: [] }
    expect(await page.storage()).toEqual({ ...empty, cookie: 'seen=1' })
    await page.eval(async () => {
      localStorage.setItem('long', '1')
      sessionStorage.setItem('short', '2')
      await new Promise((done) => {
        indexedDB.open('base').onsuccess = done
      })
      await caches.open('cache')
    })
    expect(await page.storage()).toEqual({
      cookie: 'seen=1',
      localStorage: { long: '1' },
      sessionStorage: { short: '2' },
      databases: ['base'],
      caches: ['cache'],
    })
    const cookies = (await page.cookies()).map(({ name, httpOnly }) => [name, httpOnly])
    expect(cookies.sort()).toEqual([
      ['hidden', true],
      ['seen', false],
    ])
  })

  test('is told that storage is refused', async () => {
    world.route(
      'https://j.shop.example/',
      html('<p>x', { 'content-security-policy': 'sandbox allow-scripts' }),
    )
    await page.goto('https://j.shop.example/')
    expect(await page.storage()).toMatchObject({ cookie: null, localStorage: null, sessionStorage: null })
  })

  test('has tabs that share an origin and keep the size', async () => {
    await page.goto('https://k.shop.example/')
    const first = await page.currentTab()
    await page.newTab()
    await page.goto('https://k.shop.example/')
    expect(await page.eval(() => innerWidth)).toBe(1280)
    await page.eval(() => localStorage.setItem('from', 'second'))
    await page.closeTab()
    expect(await page.currentTab()).toBe(first)
    expect((await page.storage()).localStorage).toEqual({ from: 'second' })
  })

  test('goes back and forward', async () => {
    await page.goto('https://l.shop.example/')
    await page.click('#second')
    expect(await page.url()).toBe('https://l.shop.example/#x')
    await page.back()
    expect(await page.url()).toBe('https://l.shop.example/')
    await page.forward()
    expect(await page.url()).toBe('https://l.shop.example/#x')
  })

  test('is looked into through a frame', async () => {
    world.route('https://m.shop.example/', html('<iframe id="frame" src="https://frame.example/"></iframe>'))
    world.route('https://frame.example/', html('<button id="inside">Sisällä</button>'))
    await page.goto('https://m.shop.example/')
    expect(await page.inFrame('#frame', () => page.text('#inside'))).toBe('Sisällä')
    expect(await page.has('#inside')).toBe(false)
  })

  test('is as narrow as a phone, zoomed and drawn', async () => {
    await page.goto('https://n.shop.example/')
    const width = () => page.eval(() => innerWidth)
    await page.resize(320, 568)
    expect(await width()).toBe(320)
    await page.resize(1280, 900)
    await page.zoom(2)
    expect(await width()).toBe(640)
    await page.zoom(1)
    expect(await width()).toBe(1280)
    await page.screenshot(join(folder, 'page.png'))
    expect(readFileSync(join(folder, 'page.png')).subarray(1, 4).toString()).toBe('PNG')
  })

  test.skipIf(engine === 'webkit')('follows media features while it runs', async () => {
    await page.goto('https://o.shop.example/')
    const asks = (query: string) => page.waitFor((media) => matchMedia(media).matches, query)
    await page.mediaFeatures({ dark: true, reducedMotion: true })
    expect(await asks('(prefers-color-scheme: dark) and (prefers-reduced-motion: reduce)')).toBe(true)
    await page.mediaFeatures({ forcedColors: true })
    expect(await asks('(forced-colors: active)')).toBe(true)
    await page.mediaFeatures({})
    expect(await asks('(forced-colors: none) and (prefers-reduced-motion: no-preference)')).toBe(true)
  })
})

describe('a visitor with wishes', () => {
  const wishes = { dark: true, reducedMotion: true, gpc: true, cookies: false, size: [320, 568] as const }
  let wishing: Page
  beforeAll(async () => {
    wishing = await launch(engine, { world, ...wishes })
  })
  afterAll(() => wishing?.close())

  test('is heard by a page from its first line on, in every tab', async () => {
    const look = () => ({
      wide: innerWidth,
      dark: matchMedia('(prefers-color-scheme: dark)').matches,
      calm: matchMedia('(prefers-reduced-motion: reduce)').matches,
      gpc: 'globalPrivacyControl' in navigator && navigator.globalPrivacyControl,
    })
    const heard = { wide: 320, dark: true, calm: true, gpc: engine !== 'webkit' }
    await wishing.goto('https://p.shop.example/')
    expect(await wishing.eval(look)).toEqual(heard)
    expect((await wishing.storage()).cookie || null).toBe(null)
    await wishing.newTab()
    await wishing.goto('https://p.shop.example/')
    expect(await wishing.eval(look)).toEqual(heard)
    const signals = world.to('p.shop.example').filter(({ path }) => path === '/')
    expect(signals.map(({ headers }) => headers['sec-gpc'])).toEqual(
      engine === 'webkit' ? [undefined, undefined] : ['1', '1'],
    )
    expect(world.cookies.filter(({ way }) => way === 'sent')).toEqual([])
  })
})

describe('a browser without third-party cookies', () => {
  let strict: Page
  beforeAll(async () => {
    strict = await launch(engine, { world, thirdPartyCookies: false })
  })
  afterAll(() => strict?.close())

  test('sends none', async () => {
    world.route(PIXEL, script('window.fb = 1', { 'set-cookie': 'strict=1; Path=/; SameSite=None; Secure' }))
    await strict.goto('https://q.shop.example/')
    await strict.click('x-box >>> #yes')
    await strict.waitFor(() => 'fb' in window)
    await strict.eval(() =>
      fetch('https://connect.facebook.net/tr', { mode: 'no-cors', credentials: 'include' }),
    )
    expect(world.to('connect.facebook.net').map(({ path }) => path)).toEqual(['/en_US/sdk.js', '/tr'])
    const sent = world.cookies.filter(({ host, way }) => host === 'connect.facebook.net' && way === 'sent')
    expect(sent).toEqual([])
  })
})
