/** Unmarked pages over time: tabs, the way back, old answers, policies that come late or not at all, what comes after a no. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { T } from '../leaks/leak-case.ts'
import { leakPolicy } from '../leaks/policy.ts'
import { trackerHosts } from '../leaks/tracker.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived } from './fixture.ts'
import { sites } from './leaks/sites.ts'
import { html, openWorld, type Reply, script, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window & typeof globalThis & { ran?: string[]; ask(): void; kept?: boolean }

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(sites, trackerHosts, ({ path }) => (path === '/ask.js' ? script(ASK) : undefined))
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

const inline = (policy: unknown) =>
  `<script type="application/json" id="portti-policy">${JSON.stringify(policy)}</script><script src="/portti.js" data-guard></script>`
/** A file of the site's own: inserts a script, fetches and writes when `ask` is called. */
const ASK = `function ask() {
  var s = document.createElement('script'); s.src = '${T}/a.js'; document.head.append(s)
  fetch('${T}/hit', { mode: 'no-cors' }).catch(function () {})
  document.cookie = 'trk_id=1; path=/'; localStorage.setItem('trk_id', '1')
}`
const pageWith = (tag: string, body = '') =>
  html(
    `<!doctype html><html lang="fi"><head>${consoleTap()}${tag}<title>Mallila</title></head><body><p>Hei</p><script src="/ask.js"></script>${body}</body></html>`,
    // Without no-store: it would keep a page from coming back as it was.
    { 'cache-control': 'no-cache' },
  )
const asked = () =>
  world.seen
    .filter(({ host }) => host.endsWith('tracker.example'))
    .map(({ path }) => path)
    .sort()
const traces = async () => {
  const { cookie, localStorage } = await page.storage()
  return [
    ...(cookie ?? '').split('; ').filter((pair) => pair.startsWith('trk_')),
    ...Object.keys(localStorage ?? {}).filter((key) => key.startsWith('trk_')),
  ]
}
const allow = (...ids: string[]) =>
  page.eval((chosen) => portti.choose(Object.fromEntries(chosen.map((id) => [id, true]))), ids)
const ask = () => page.eval(() => window.ask())

async function expectHeld(): Promise<void> {
  await arrived(page, world)
  expect(asked()).toEqual([])
  expect(await page.eval(() => window.ran ?? [])).toEqual([])
  expect(await traces()).toEqual([])
}

describe('two tabs', () => {
  test('a no in one holds what the other asks from then on', async () => {
    const home = 'https://tabs-no.shop.example/'
    world.route(home, pageWith(inline(leakPolicy)))
    await page.goto(home)
    await allow('analytics')
    const first = await page.currentTab()
    await page.newTab()
    await page.goto(home)
    await page.eval(() => portti.rejectAll())
    await page.switchTab(first)
    await page.waitFor(() => !portti.allows('analytics'))
    await ask()
    await expectHeld()
    await page.closeTab()
  })

  test('a yes in one releases what the other holds', async () => {
    const home = 'https://tabs-yes.shop.example/'
    world.route(home, pageWith(inline(leakPolicy), `<script src="${T}/b.js"></script>`))
    await page.goto(home)
    await ask()
    const first = await page.currentTab()
    await page.newTab()
    await page.goto(home)
    world.forget()
    await allow('analytics')
    await page.waitFor(() => window.ran?.length === 1)
    await page.switchTab(first)
    await page.waitFor(() => window.ran?.length === 2)
    await arrived(page, world)
    // What Firefox's scanner fetched ahead of both it does not fetch again.
    expect(asked().filter((path) => path !== '/b.js')).toEqual(['/a.js'])
    expect(await page.eval(() => window.ran)).toEqual(['b', 'a'])
    await page.closeTab()
  })
})

test('a page that comes back as it was knows of a no that was said meanwhile', async () => {
  const home = 'https://back.shop.example/'
  world.route(home, pageWith(inline(leakPolicy)))
  world.route(`${home}toinen`, pageWith(inline(leakPolicy)))
  await page.goto(home)
  await allow('analytics')
  await page.eval(() => {
    window.kept = true
  })
  await page.goto(`${home}toinen`)
  await page.eval(() => portti.rejectAll())
  await page.back()
  await page.waitFor(() => location.pathname === '/' && !portti.allows('analytics'))
  await ask()
  await expectHeld()
})

test('an answer to another policy holds what that one did not have', async () => {
  const home = 'https://old.shop.example/'
  const [necessary, analytics, ...rest] = leakPolicy.categories
  const small = {
    ...leakPolicy,
    categories: [necessary, { ...analytics, services: ['google-analytics'] }, ...rest],
  }
  world.route(home, pageWith(inline(small)))
  await page.goto(home)
  await page.eval(() => portti.acceptAll())
  world.route(home, pageWith(inline(leakPolicy), `<script src="${T}/b.js"></script>`))
  await page.goto(home)
  await ask()
  // The scanner's own request is counted by the suite.
  world.forget()
  await expectHeld()
  await allow('analytics')
  await page.waitFor(() => window.ran?.length === 2)
})

test('an answer that is forged, cut or from the future holds everything', async () => {
  for (const [i, value] of [
    '1',
    'true',
    '{"analytics":true}',
    '1.99999999999999.accept.x.analytics:1:',
    '%',
  ].entries()) {
    const home = `https://forged-${i}.shop.example/`
    world.route(home, pageWith(inline(leakPolicy)))
    await page.goto(`${home}tyhja`)
    await page.setCookie({ name: 'portti', value })
    await page.goto(home)
    await ask()
    await expectHeld()
  }
})

test('after a no without a new load whatever comes then is held, on any route of an app', async () => {
  const home = 'https://route.shop.example/'
  world.route(home, pageWith(inline(leakPolicy)))
  await page.goto(home)
  await allow('analytics')
  await ask()
  await expect.poll(asked).toEqual(['/a.js', '/hit'])
  await page.waitFor(() => window.ran?.length === 1)
  await page.eval(() => portti.withdraw())
  expect(await traces()).toEqual([])
  world.forget()
  await page.eval(() => {
    window.ran = []
    history.pushState(0, '', '/toinen')
    document
      .querySelector('p')
      ?.replaceWith(Object.assign(document.createElement('main'), { innerHTML: '<h1>Toinen</h1>' }))
    window.ask()
  })
  await expectHeld()
})

describe('a policy that is fetched', () => {
  const tag = '<script src="/portti.js" data-policy="/consent-policy.json" data-guard></script>'
  const body = `<script src="${T}/b.js"></script>`
  const json: Reply = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(leakPolicy) }

  test('and comes late: everything of anybody is held until then, and what is free goes on then', async () => {
    const home = 'https://late.shop.example/'
    let answer: () => void = () => {}
    const wait = new Promise<void>((done) => {
      answer = done
    })
    world.route(home, pageWith(tag, `${body}<script>window.ask()</script>`))
    world.route(`${home}consent-policy.json`, async () => {
      await wait
      return json
    })
    await page.goto(home)
    // The scanner's own request is counted by the suite.
    world.forget()
    await expectHeld()
    answer()
    await page.eval(async () => {
      await portti.ready
    })
    await expectHeld()
    await allow('analytics')
    await page.waitFor(() => window.ran?.length === 2)
    expect(await page.eval(() => window.ran)).toEqual(['b', 'a'])
  })

  test('late, by a visitor who has said yes: it runs, once, in order', async () => {
    const home = 'https://late-yes.shop.example/'
    world.route(home, pageWith(tag, `${body}<script>window.ask()</script>`))
    world.route(`${home}consent-policy.json`, json)
    await page.goto(home)
    await page.eval(() => portti.ready)
    await allow('analytics')
    world.route(`${home}consent-policy.json`, { ...json, after: 400 })
    await page.goto(home)
    await page.waitFor(() => window.ran?.length === 2)
    await arrived(page, world)
    expect(await page.eval(() => window.ran)).toEqual(['b', 'a'])
  })

  test.for(['not there', 'broken'])(
    'and is %s: what the catalogue knows is held, and the page is unharmed',
    async (what) => {
      const home = `https://${what.replace(' ', '-')}.shop.example/`
      const snippet = `<script>(function () { var s = document.createElement('script'); s.src = 'https://connect.facebook.net/en_US/fbevents.js'; document.head.append(s) })()</script>
      <script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script><script>window.end = true</script>`
      world.route(home, pageWith(tag, snippet))
      world.route(`${home}consent-policy.json`, what === 'broken' ? { ...json, body: '{' } : { status: 404 })
      await page.goto(home)
      await page.eval(() => portti.ready)
      world.forget()
      await arrived(page, world)
      expect(world.seen.filter(({ host }) => !host.endsWith('shop.example'))).toEqual([])
      const lines = await page.console()
      expect(lines.filter((line) => line.startsWith('uncaught'))).toEqual([])
      expect(lines.filter((line) => line.includes('the policy cannot be used'))).toHaveLength(1)
      expect(await page.eval('return [window.end, window.__ran || []]')).toEqual([true, []])
    },
  )
})

test('the page tells what is held, for which service, and why', async () => {
  const home = 'https://report.shop.example/'
  world.route(
    home,
    pageWith(
      inline(leakPolicy),
      `<script src="${T}/b.js"></script><iframe src="https://www.youtube.com/embed/abc" title="x"></iframe>`,
    ),
  )
  await page.goto(home)
  await ask()
  const report = await page.eval(() => JSON.stringify(portti.held()))
  for (const word of ['b.js', 'a.js', '/hit', 'counter', 'youtube']) expect(report).toContain(word)
})
