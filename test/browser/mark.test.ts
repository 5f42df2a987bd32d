/**
 * Pages that nobody marked, as `portti/mark` writes them: the demo's sites with the vendors' snippets as their owners paste
 * them, and one page with every other way in which markup makes a browser ask somebody.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createMarker, mark } from '../../packages/portti/src/mark/index.ts'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, fixturePage, porttiFile } from './fixture.ts'
import {
  address,
  asked,
  expected,
  expectKept,
  foreignCookies,
  hostOf,
  libraryFiles,
  reached,
  read,
  siteAnswers,
  siteCalled,
  sites,
  startAfresh,
  strangers,
} from './site-visit.ts'
import { type Answer, html, openWorld, type Reply, script, standIns, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window & typeof globalThis & { __ran?: string[]; ran?: string[] }

/** No address and no global says whose these are, so their marks stay. */
const BY_HAND = /data-service="(mukautus|google-plus)"/

/** A page of the demo as it was before somebody marked it. */
const unmark = (page: string): string =>
  page
    .replace(/<template data-service="x">([\s\S]*?)<\/template>/g, '$1')
    .replace(/<(?:script type="text\/plain"|iframe|img|video|link)\s[^>]*>/g, (tag) =>
      BY_HAND.test(tag)
        ? tag
        : tag
            .replace(/ type="text\/plain"/, '')
            .replace(/ data-service="[^"]*"/, '')
            .replace(/ data-(src|href)=/g, ' $1='),
    )

/** Sites on hosts that begin with `www.raw-` are served without marks, others marked, cut into parts here and there. */
const pages: Answer = ({ host, path }) => {
  const [, id = ''] = /^www\.[\w-]+-([a-z]+)\.example$/.exec(host) ?? []
  const site = sites.find((one) => one.id === id)
  const page = site?.pages.find((one) => one.path === path.replace(/\?.*/, ''))
  if (!site || !page) return undefined
  const raw = unmark(page.html)
  if (host.startsWith('www.raw-')) return html(raw)
  const marker = createMarker({ policy: site.declared, url: `https://${host}${path}` })
  const parts = raw.match(/[\s\S]{1,777}/g) ?? []
  return html(parts.map((part) => marker.push(part)).join('') + marker.flush())
}

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(pages, siteAnswers, standIns(), libraryFiles, porttiFile)
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => startAfresh(page, world))

const ran = () => window.__ran ?? []
async function open(url: string): Promise<void> {
  await page.goto(url)
  await page.waitFor(() => document.documentElement.hasAttribute('data-portti'))
}
function expectNothingAsked(host: string): void {
  expect(strangers(world, host).map(({ url }) => url)).toEqual([])
  expect(reached(world, host)).toEqual([])
  expect(foreignCookies(world, host)).toEqual([])
}

describe.for(sites)('$id, which nobody marked,', (site) => {
  test('asks others as it stands', async () => {
    const host = hostOf(site, 'raw')
    for (const { path } of site.pages) await page.goto(address(host, path))
    await read(page, world)
    expect(asked(world, site, host).size).toBeGreaterThan(0)
  })

  test('asks nobody before an answer and after a no, on no page', async () => {
    const host = hostOf(site, 'no')
    for (const { path } of site.pages) {
      await open(address(host, path))
      await read(page, world)
    }
    expectNothingAsked(host)
    // Its checkout's own basket.
    await expectKept(page, site.id === 'harjunsali' ? ['salikori'] : [])
    await page.eval(() => portti.rejectAll())
    for (const { path } of site.pages) {
      await open(address(host, path))
      await read(page, world)
    }
    expectNothingAsked(host)
  })

  test('has everything after a yes, each script once', async () => {
    const host = hostOf(site, 'yes')
    await open(address(host))
    await page.eval(() => portti.acceptAll())
    for (const one of site.pages) {
      const from = world.seen.length
      await open(address(host, one.path))
      const wanted = expected(site, [one], () => true)
      await read(page, world)
      await expect
        .poll(() => [...asked(world, site, host, from)], { message: one.path })
        .toEqual(expect.arrayContaining([...wanted.asked]))
      await expect.poll(async () => (await page.eval(ran)).sort(), { message: one.path }).toEqual(wanted.ran)
      await arrived(page, world)
      expect((await page.eval(ran)).sort(), one.path).toEqual(wanted.ran)
    }
  })

  test('runs the snippets in the order of the page', async () => {
    // The front page as its owner marked it by hand.
    const orders = await Promise.all(
      [mark(unmark(site.pages[0]?.html ?? ''), { policy: site.declared }), site.pages[0]?.html ?? ''].map(
        (page) =>
          Array.from(
            page.matchAll(/<(?:script type="text\/plain"|iframe|img|video|link)\s[^>]*>/g),
            ([tag]) => (/data-service="([^"]*)"/.exec(tag) ?? [])[1],
          ),
      ),
    )
    expect(orders[0]).toEqual(orders[1])
    expect(orders[0]?.length).toBeGreaterThan(0)
  })
})

const policy = {
  controller: { name: 'Mallila Oy', privacyNotice: '/tietosuoja' },
  categories: [
    {
      id: 'media',
      services: [
        {
          id: 'kuva',
          name: 'Kuva',
          provider: {
            name: 'Kuva Oy',
            country: 'FI',
            role: 'processor',
            privacyNotice: 'https://kuva.example/',
          },
          transfer: { ground: 'eea' },
          urls: ['*.kuva.example'],
        },
      ],
    },
    { id: 'ads', services: ['meta-pixel'] },
  ],
}
const reply = (type: string, body: string): Reply => ({
  headers: { 'content-type': type, 'access-control-allow-origin': '*', 'cache-control': 'no-store' },
  body,
})
const PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'

function answerTrackers(): void {
  world.route('https://a.kuva.example/*', ({ path }) => {
    if (/\.js/.test(path))
      return script(`(window.ran = window.ran || []).push(${JSON.stringify(path)})`, {
        'access-control-allow-origin': '*',
      })
    if (/\.css/.test(path)) return reply('text/css', 'b{color:red}')
    if (/\.html/.test(path)) return reply('text/html', '<title>x</title>')
    return reply('image/svg+xml', PIXEL)
  })
}

/** `path` is what should be asked for after a yes. */
const ways: readonly (readonly [name: string, path: string, markup: string])[] = [
  ['a classic script', '/1.js', '<script src="https://a.kuva.example/1.js"></script>'],
  ['an async script', '/2.js', '<script async src=//A.KUVA.example:443/2.js></script>'],
  ['a module', '/3.js', '<script type=module src="https://a.kuva.example/3.js"></script>'],
  ['an inline module', '/4.js', '<script type="module">import "https://a.kuva.example/4.js"</script>'],
  [
    'an inline snippet',
    '/5.js',
    '<script>var s=document.createElement("script");s.src="https://a.kuva.example/5.js";document.head.append(s)</script>',
  ],
  ['a frame', '/6.html', '<iframe src="https://a.kuva.example/6.html" title="x"></iframe>'],
  ['an image', '/7.svg', '<img src="https://a.kuva.example/7.svg" alt="">'],
  ['an image with a srcset', '/8.svg', '<img srcset="https://a.kuva.example/8.svg 1x" alt="">'],
  [
    'a picture',
    '/9.svg',
    '<picture><source srcset="https://a.kuva.example/9.svg"><img src="/own.svg" alt=""></picture>',
  ],
  ['a style sheet', '/10.css', '<link rel=stylesheet href="https://a.kuva.example/10.css">'],
  ['a preload', '/11.js', '<link rel=preload as=script href="https://a.kuva.example/11.js">'],
  ['an @import', '/12.css', '<style>@import url(https://a.kuva.example/12.css); p{color:green}</style>'],
  ['a background', '/13.svg', '<style>body{background:url("https://a.kuva.example/13.svg")}</style>'],
  [
    'a frame that carries its page',
    '/14.js',
    '<iframe title="x" srcdoc="<script src=https://a.kuva.example/14.js></script>"></iframe>',
  ],
  ['an object', '/15.svg', '<object data="https://a.kuva.example/15.svg" type="image/svg+xml"></object>'],
  ['an embed', '/16.svg', '<embed src="https://a.kuva.example/16.svg" type="image/svg+xml">'],
  [
    'an image of a drawing',
    '/17.svg',
    '<svg><image xlink:href="https://a.kuva.example/17.svg" width=9 height=9 /></svg>',
  ],
  ['an image button', '/18.svg', '<input type=image src="https://a.kuva.example/18.svg" alt="x">'],
  ['a poster', '/19.svg', '<video poster="https://a.kuva.example/19.svg" preload=none></video>'],
  [
    'the source of a video',
    '/20.mp4',
    '<video preload=auto muted><source src="https://a.kuva.example/20.mp4"></video>',
  ],
  ['a script of a drawing', '/21.js', '<svg><script href="https://a.kuva.example/21.js"></script></svg>'],
]
const neverBack: readonly (readonly [name: string, markup: string])[] = [
  ['a tracker that the policy does not name', '<script src="https://static.hotjar.com/a.js"></script>'],
  [
    'its preconnect',
    '<link rel=preconnect href="https://static.hotjar.com"><link rel=dns-prefetch href=//vars.hotjar.com>',
  ],
  ['a style attribute', '<div style="height:9px;background:url(https://a.kuva.example/style.svg)"></div>'],
  ['a table background', '<table background="https://a.kuva.example/table.svg"><tr><td>x</table>'],
  ['a pixel without scripts', '<noscript><img src="https://www.facebook.com/tr?id=1" alt=""></noscript>'],
  ['a frame without scripts', '<noscript><iframe src="https://a.kuva.example/ns.html"></iframe></noscript>'],
  [
    'a style sheet without scripts',
    '<noscript><style>@import "https://a.kuva.example/ns.css";</style></noscript>',
  ],
]

const everything = [...ways.map(([, , markup]) => markup), ...neverBack.map(([, markup]) => markup)].join(
  '\n',
)
const everyPage = (host: string): Reply => {
  const { body = '', ...rest } = fixturePage({ policy, body: everything })
  return { ...rest, body: mark(String(body), { policy, url: `https://${host}/` }) }
}
const toTrackers = () => world.seen.filter(({ host }) => /kuva\.example|hotjar|facebook/.test(host))

describe('a page with every way to ask somebody', () => {
  test('asks nobody before an answer and after a no, and all that it may after a yes', async () => {
    const host = 'every.mallila.example'
    answerTrackers()
    world.route(`https://${host}/`, everyPage(host))
    await open(`https://${host}/`)
    await read(page, world)
    await page.eval(() => portti.rejectAll())
    await page.reload()
    await page.waitFor(() => document.documentElement.hasAttribute('data-portti'))
    await read(page, world)
    expect(toTrackers().map(({ url }) => url)).toEqual([])
    expect(world.connected.filter((one) => /kuva|hotjar|facebook/.test(one))).toEqual([])

    await page.eval(() => portti.acceptAll())
    const seen = () => new Set(world.to('a.kuva.example').map(({ path }) => path))
    await expect.poll(() => ways.filter(([, path]) => !seen().has(path)).map(([name]) => name)).toEqual([])
    await read(page, world)
    await page.reload()
    await page.waitFor(() => document.documentElement.hasAttribute('data-portti'))
    await read(page, world)
    await expect.poll(async () => (await page.eval(() => window.ran ?? [])).length).toBeGreaterThan(5)
    const runs = await page.eval(() => window.ran ?? [])
    expect(runs.length).toBe(new Set(runs).size)
    expect([...seen()].filter((path) => /style|table|ns/.test(path))).toEqual([])
    expect(toTrackers().filter(({ host }) => !/kuva/.test(host))).toEqual([])
  })

  test('would ask each of them unmarked', async () => {
    const host = 'raw.mallila.example'
    answerTrackers()
    world.route(`https://${host}/`, fixturePage({ policy, body: everything }))
    await open(`https://${host}/`)
    await read(page, world)
    const seen = () => new Set(world.to('a.kuva.example').map(({ path }) => path))
    // WebKit follows a preload now and then.
    const sure = ways.filter(([name]) => engine !== 'webkit' || name !== 'a preload')
    await expect.poll(() => sure.filter(([, path]) => !seen().has(path)).map(([name]) => name)).toEqual([])
    await expect.poll(() => world.to('static.hotjar.com').length).toBeGreaterThan(0)
  })

  test('runs scripts in the order of the page', async () => {
    const host = 'order.mallila.example'
    answerTrackers()
    world.route('https://a.kuva.example/slow.js', { ...script('ran.push("slow")'), after: 300 })
    const body = `<script>window.ran = ['own']</script>
      <script src="https://a.kuva.example/slow.js"></script>
      <script>ran.push('between'); fetch('https://a.kuva.example/x.svg')</script>
      <script src="https://a.kuva.example/quick.js"></script>
      <script>fbq = ran.push('last')</script>`
    const { body: text = '', ...rest } = fixturePage({ policy, body })
    world.route(`https://${host}/`, { ...rest, body: mark(String(text), { policy }) })
    await open(`https://${host}/`)
    expect(await page.eval(() => window.ran)).toEqual(['own'])
    await page.eval(() => portti.acceptAll())
    await expect
      .poll(() => page.eval(() => window.ran))
      .toEqual(['own', 'slow', 'between', '/quick.js', 'last'])
  })

  /** WebKit's driver has no switch for it. */
  test.skipIf(engine === 'webkit')('asks nobody where scripts are off', async () => {
    const host = 'off.mallila.example'
    answerTrackers()
    world.route(`https://${host}/`, everyPage(host))
    const scripts = async (on: boolean) => {
      if (engine === 'chromium') await page.cdp('Emulation.setScriptExecutionDisabled', { value: !on })
      else await page.runInBrowser(`Services.prefs.setBoolPref('javascript.enabled', ${on})`)
    }
    await scripts(false)
    try {
      await page.goto(`https://${host}/`)
      // Asked after the page and everything in it.
      await page.goto('https://between.example/')
      expect(toTrackers().map(({ url }) => url)).toEqual([])
    } finally {
      await scripts(true)
    }
  })
})

test('the demo has what this file unmarks', () => {
  expect(
    unmark(
      siteCalled('vauhtikuvio')
        .pages.map((one) => one.html)
        .join(''),
    ),
  ).not.toMatch(/data-service="(?!google-plus)/)
})
