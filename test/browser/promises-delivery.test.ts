/** What comes over the network, and what does not: policies, large ones too, our own files, and visitors of every kind. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, button, fixturePage, policy, porttiFile, VENDOR, vendorHost } from './fixture.ts'
import { html, openWorld, type Reply, script, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window &
  typeof globalThis & { ran?: string[]; mine?: string[]; own?: boolean; tasks?: string[] }

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
  <button id="own" onclick="own = true">Oma</button>`
const vendor = () => world.to('vendor.example').map(({ path }) => path)
const fetched = (head = '') =>
  html(
    `<!doctype html><html lang="fi"><head>${consoleTap()}${head}<script src="/portti.js" data-policy="/consent-policy.json"></script></head><body>${BODY}</body></html>`,
  )
const json = (body: string): Reply => ({ headers: { 'content-type': 'application/json' }, body })

describe('a policy that does not come', () => {
  test('is asked for anew on the next page, and counts then', async () => {
    const home = 'https://retry.shop.example/'
    world.route(home, fetched())
    world.route(`${home}consent-policy.json`, { status: 503 })
    await page.goto(home)
    await expect.poll(async () => (await page.console()).length).toBe(1)
    await page.click('#own')
    expect(await page.eval(() => [window.own, window.ran ?? []])).toEqual([true, []])
    world.route(`${home}consent-policy.json`, json(JSON.stringify(policy)))
    await page.reload()
    await page.click(button('accept'))
    await page.waitFor(() => window.ran?.length === 2)
    expect(await page.console()).toEqual([])
  })

  test('because it stops in the middle is given up, and everything stays shut', async () => {
    const home = 'https://middle.shop.example/'
    const text = JSON.stringify(policy)
    world.route(home, fetched())
    world.route(`${home}consent-policy.json`, {
      headers: { 'content-type': 'application/json', 'content-length': String(text.length + 500) },
      body: text,
    })
    await page.goto(home)
    await page.click('#own')
    await expect.poll(async () => (await page.console()).length, { timeout: 12_000 }).toBe(1)
    expect((await page.console())[0]).toMatch(/^warn: portti: /)
    await page.eval(() => portti.acceptAll())
    await arrived(page, world)
    expect(await page.eval(() => [window.own, window.ran ?? []])).toEqual([true, []])
    expect(vendor()).toEqual([])
  })

  test('holds up nothing of the page: its scripts, its load event and its own requests come as without us', async () => {
    const note = (what: string) => `<script>(window.tasks ??= []).push('${what}')</script>`
    const more = `${note('head')}<script>addEventListener('DOMContentLoaded', () => tasks.push('parsed')); addEventListener('load', () => tasks.push('loaded')); fetch('/own').then(() => tasks.push('own'))</script>`
    const orders: unknown[] = []
    for (const [name, tag] of [
      ['waits-without', ''],
      ['waits', '<script src="/portti.js" data-policy="/consent-policy.json"></script>'],
    ]) {
      const home = `https://${name}.shop.example/`
      world.route(
        home,
        html(
          `<!doctype html><html lang="fi"><head>${tag}${more}</head><body>${BODY}${note('body')}</body></html>`,
        ),
      )
      world.route(`${home}own`, { body: 'x' })
      world.route(`${home}consent-policy.json`, 'hang')
      await page.goto(home)
      await page.waitFor(() => window.tasks?.includes('own') && window.tasks.includes('loaded'))
      orders.push((await page.eval(() => window.tasks ?? [])).filter((task) => task !== 'own'))
    }
    expect(orders[0]).toEqual(['head', 'body', 'parsed', 'loaded'])
    expect(orders[1]).toEqual(orders[0])
  })
})

describe('500 services with 5,000 cookies', () => {
  const purposes = ['analytics', 'social', 'media', 'ads']
  const services = Array.from({ length: 500 }, (_, number) => ({
    id: `s-${number}`,
    use: 'hotjar',
    cookies: Array.from({ length: 10 }, (_, cookie) => ({
      name: `c${number}_${cookie}`,
      days: 9,
      purpose: 'ads',
    })),
  }))
  const large = {
    ...policy,
    categories: policy.categories.map((one) => {
      const place = purposes.indexOf(one.id)
      return place < 0
        ? one
        : { ...one, services: [...one.services, ...services.filter((_, number) => number % 4 === place)] }
    }),
  }
  const text = JSON.stringify(large)

  test.for(['inline', 'fetched'])(
    'come %s, are asked about, and each is shown when it is unfolded',
    async (how) => {
      // As much as a policy may be.
      expect(text.length).toBeGreaterThan(200_000)
      expect(text.length).toBeLessThan(262_144)
      const home = `https://large-${how}.shop.example/`
      world.route(
        home,
        how === 'fetched' ? fetched() : fixturePage({ body: BODY, policy: large, first: consoleTap() }),
      )
      world.route(`${home}consent-policy.json`, json(text))
      await page.goto(home)
      await page.click(button('settings'))
      await page.element('#portti >>> dialog[open] h2')
      const count = (what: string) =>
        document.querySelector('#portti')?.shadowRoot?.querySelectorAll(what).length
      expect(await page.eval(count, '[data-portti-service^="s-"]')).toBe(500)
      expect(await page.eval(count, 'tr')).toBeLessThan(50)
      await page.eval(() => {
        const one = document
          .querySelector('#portti')
          ?.shadowRoot?.querySelector('[data-portti-service="s-499"]')
        if (one instanceof HTMLDetailsElement) one.open = true
      })
      const rows = () =>
        document
          .querySelector('#portti')
          ?.shadowRoot?.querySelector('[data-portti-service="s-499"]')
          ?.textContent?.match(/c499_\d/g)?.length
      await expect.poll(() => page.eval(rows)).toBe(10)
      await page.press('Escape')
      await page.gone('#portti >>> dialog')
      await page.click(button('accept'))
      await page.waitFor(() => window.ran?.length === 2)
      expect(await page.eval(() => ['s-0', 's-499'].map((id) => portti.allows(id)))).toEqual([true, true])
      await page.reload()
      await page.waitFor(() => window.ran?.length === 2)
      expect(await page.console()).toEqual([])
    },
  )
})

describe('our own file', () => {
  const ours = readFileSync('packages/portti/dist/portti.js', 'utf8')
  const gate = `<portti-gate service="youtube"><a id="plain" href="/video">Katso video</a><template><iframe data-src="${VENDOR}/f"></iframe></template></portti-gate>`
  const broken: Readonly<Record<string, Reply | 'drop'>> = {
    'that is blocked': 'drop',
    'that is not found': { status: 404 },
    'that is a page': html('<!doctype html><title>Etusivu</title>'),
    'that ends early': script(ours.slice(0, ours.length / 2)),
    'that a browser is too old for': script(`const portti = {}; portti |||= 1;${ours}`),
    'that fails at its first line': script(`null.x;${ours}`),
  }

  test.for(Object.entries(broken))(
    '%s leaves everything shut, the page unharmed and plain links plain',
    async ([what, reply]) => {
      const home = `https://${what.replace(/\W/g, '-')}.shop.example/`
      world.route(home, fixturePage({ body: BODY + gate }))
      world.route(`${home}portti.js`, reply)
      world.route(`${home}video`, html('<!doctype html><title>Video'))
      await page.goto(home)
      await page.click('#own')
      await arrived(page, world)
      expect(
        await page.eval(() => [window.own, window.ran ?? [], document.querySelector('#portti')]),
      ).toEqual([true, [], null])
      expect(vendor()).toEqual([])
      expect(await page.text('#plain')).toBe('Katso video')
      await page.click('#plain')
      await page.waitFor(() => location.pathname === '/video')
      expect(vendor()).toEqual([])
    },
  )
})

test('our own file, when a caching plugin delays it with all other scripts, asks late and holds as ever', async () => {
  // What such plugins do: on the first movement every script is made anew, one after the other.
  const plugin = `<script>addEventListener('click', async () => {
    for (const delayed of document.querySelectorAll('[type=rocketlazyloadscript]')) {
      const made = document.createElement('script')
      for (const { name, value } of delayed.attributes) if (name !== 'type') made.setAttribute(name.replace('data-rocket-', ''), value)
      made.text = delayed.text
      const loaded = new Promise((done) => { made.onload = made.onerror = done })
      delayed.replaceWith(made)
      if (made.src) await loaded
    }
  }, { once: true })</script>`
  const delay = (page: string) =>
    page.replace(
      /<script(?! type="(application|text))( src=)?/g,
      (_, __, src) => `<script type="rocketlazyloadscript"${src ? ' data-rocket-src=' : ''}`,
    )
  const home = 'https://delayed.shop.example/'
  const { body, ...reply } = fixturePage({ body: `${BODY}<script>window.tasks = ['late']</script>` })
  world.route(home, { ...reply, body: delay(`${body}`).replace('<head>', `<head>${consoleTap()}${plugin}`) })
  await page.goto(home)
  await arrived(page, world)
  expect(await page.eval(() => [document.querySelector('#portti'), window.tasks ?? null])).toEqual([
    null,
    null,
  ])
  await page.click('#own')
  await page.waitFor(
    () => document.querySelector('#portti')?.shadowRoot?.querySelector('button') && window.own,
  )
  await arrived(page, world)
  expect(vendor()).toEqual([])
  await page.click(button('accept'))
  await page.waitFor(() => window.ran?.length === 2)
  expect(await page.eval(() => window.ran)).toEqual(['x', 'y'])
  expect(await page.console()).toEqual([])
})

test('a visitor of any browser, crawlers and driven ones among them, gets the same page', async () => {
  const agents = [
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36 Lighthouse',
    'Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 15_4 like Mac OS X) AppleWebKit/605.1.15 Version/15.4 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile Safari/537.36',
    'Opera/9.80 (J2ME/MIDP; Opera Mini/9; U; en) Presto/2.5.25',
    '',
  ]
  const seen = new Set<string>()
  for (const driven of ['true', 'false', 'undefined'])
    for (const [number, agent] of agents.entries()) {
      if (driven !== 'true' && number % 5 !== 0) continue
      const home = `https://agents.shop.example/?${driven}-${number}`
      const first = `<script>for (const [name, value] of [['userAgent', ${JSON.stringify(agent)}], ['appVersion', ''], ['vendor', ''], ['webdriver', ${driven}], ['userAgentData', undefined], ['languages', []]])
        Object.defineProperty(navigator, name, { value })</script>`
      world.route(home, fixturePage({ body: BODY, first }))
      await page.goto(home)
      await page.element(button('accept'))
      seen.add(
        await page.eval(() => {
          // What is announced comes a moment later than what is seen.
          const parts = [
            ...(document.querySelector('#portti')?.shadowRoot?.querySelectorAll('section') ?? []),
          ]
          return `${document.documentElement.dataset.portti} ${parts.map((part) => part.outerHTML).join()} ${JSON.stringify(portti.held())}`
        }),
      )
    }
  expect([...seen]).toHaveLength(1)
  expect(vendor()).toEqual([])
})

describe('a page that comes in pieces', () => {
  /** The body in pieces of 24 letters, the first of `first`. */
  const inPieces = (page: Reply, first: number): Reply => {
    const [head = '', body = ''] = String(page.body).split(/(?<=<body>)/)
    const pieces = [body.slice(0, first), ...(body.slice(first).match(/.{1,24}/gs) ?? [])]
    return { ...page, body: '', parts: [head, ...pieces.flatMap((piece) => [piece, 25])] }
  }
  const cuts = [3, 8, 13, 18, 23]
  const shown = () => ({
    ran: window.ran ?? [],
    content: document.querySelectorAll('.content').length,
    source: document.querySelector('video')?.currentSrc.replace(/.*\//, '') ?? '',
    track: document.querySelector('track')?.getAttribute('src') ?? '',
  })

  test('lets in what is held as a whole, also where the yes is there before', async () => {
    const held = 'data-service="google-analytics"'
    const markup = `<p>Teksti</p><script type="text/plain" ${held}>(window.ran ??= []).push('inline'); window.ran.push('to the end')</script>
      <template ${held}><p class="content">Yksi</p><p class="content">Kaksi</p></template>
      <portti-gate ${held}><p>Odottaa</p><template><p class="content">Kolme</p><p class="content">Neljä</p></template></portti-gate>
      <video ${held}><source type="video/nothing" data-src="/a.none"><source type="video/webm" data-src="/b.webm"></video>
      <video ${held} data-src="/c.webm"><track data-src="/c.vtt"></video><p>Loppu</p>`
    const expected = { ran: ['inline', 'to the end'], content: 4, source: 'b.webm', track: '/c.vtt' }
    const url = 'https://pieces.shop.example/'
    const page_ = fixturePage({ body: markup, first: consoleTap() })
    world.route(url, page_)
    await page.goto(url)
    await page.click(button('accept'))
    await page.waitFor(() => document.documentElement.dataset.portti === 'given')
    for (const first of cuts) {
      world.route(url, inPieces(page_, first))
      await page.goto(url)
      await page.waitFor(() => document.readyState === 'complete')
      expect(await page.eval(shown), `cut at ${first}`).toEqual(expected)
      expect(await page.console()).toEqual([])
    }
  })

  test('has its inline scripts held under the guard, wherever they are cut', async () => {
    const markup = `<p>Teksti</p><script>!function(f,b,e,v,n,t,s){n=f.fbq=function(){n.queue.push(arguments)};n.queue=[];t=b.createElement(e);t.src=v;
      s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s);(f.ran=f.ran||[]).push('snippet')}(window,document,'script','https://connect.facebook.net/en_US/fbevents.js');fbq('init','1')</script>
      <script>(window.mine = window.mine || []).push('own script, cut as well, that names nobody')</script><p>Loppu</p>`
    const page_ = fixturePage({ body: markup, first: consoleTap(), tag: 'data-guard' })
    for (const first of cuts) {
      const url = `https://pieces-${first}.shop.example/`
      world.route(url, inPieces(page_, first))
      await page.goto(url)
      await page.waitFor(() => document.readyState === 'complete')
      expect((await page.eval(shown)).ran, `cut at ${first}`).toEqual([])
      expect(await page.eval(() => window.mine)).toHaveLength(1)
      await page.click(button('accept'))
      await page.waitFor(() => window.ran?.length === 1)
      expect(await page.eval(() => window.mine)).toHaveLength(1)
      expect(await page.console()).toEqual([])
    }
  })
})
