/** The demo's single-page app: routes with gated widgets come and go, and the app follows the answer. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fi } from '../../packages/portti/src/locales/fi.ts'
import { sv } from '../../packages/portti/src/locales/sv.ts'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, button } from './fixture.ts'
import {
  address,
  clickOn,
  cookieNames,
  expectKept,
  foreignCookies,
  reached,
  read,
  startAfresh,
  strangers,
  textOf,
} from './site-visit.ts'
import { type Answer, openWorld, siteFiles, standIns, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window &
  typeof globalThis & { __ran?: string[]; old?: boolean; gone?: readonly WeakRef<Element>[] }

const FOLDERS = ['demo/spa/dist', 'demo/shared', 'demo']
/** Routes of the app have no file of their own. */
const appAnswers: Answer = (request) => {
  if (!request.host.endsWith('-saaristo.example')) return undefined
  const files = siteFiles(request.host, FOLDERS)
  const isRoute = /^\/(retket|kertomukset|tietoa)?(\?|$)/.test(request.path)
  return files(isRoute ? { ...request, path: '/' } : request)
}

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(appAnswers, standIns())
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => startAfresh(page, world))

const host = (scenario: string) => `www.${scenario}-saaristo.example`
const inDialog = (action: string) => `#portti >>> dialog [data-portti-action="${action}"]`
const ran = () => window.__ran ?? []
const places = () =>
  [...document.querySelectorAll<HTMLElement>('[data-portti-place]')].map(({ dataset }) => dataset.porttiPlace)
const askedHosts = (name: string) => [...new Set(strangers(world, name).map((one) => one.host))].sort()
const choose = (...ids: readonly string[]) =>
  page.eval((chosen) => portti.choose(Object.fromEntries(chosen.map((id) => [id, true])) as object), ids)

async function open(name: string, path = '/'): Promise<void> {
  await page.goto(address(name, path))
  await page.waitFor(() => document.querySelector('main h1'))
}
/** Follows a link of the app's own menu. */
async function go(path: string): Promise<void> {
  await clickOn(page, `header li a[href="${path}"]`)
  await page.waitFor((to) => location.pathname === to, path)
}
/** Goes around the routes `times` times, and returns what stood on each the last time and how it differed before. */
const around = (times: number) =>
  page.eval(async (rounds) => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    const seen = new Map<string, Set<string>>()
    const hosts: WeakRef<Element>[] = []
    for (let round = 0; round < rounds; round++) {
      for (const path of ['/retket', '/kertomukset', '/']) {
        document.querySelector<HTMLElement>(`header li a[href="${path}"]`)?.click()
        await frame()
        await frame()
        const found = [...document.querySelectorAll<HTMLElement>('[data-portti-place]')]
        hosts.push(...found.map((one) => new WeakRef<Element>(one)))
        const stands = [
          ...found.map(({ dataset }) => `place ${dataset.porttiPlace}`),
          ...[...document.querySelectorAll('main iframe[src]')].map(
            (one) => `frame ${one.getAttribute('src')}`,
          ),
          `held ${portti.held().length}`,
        ].join('; ')
        seen.set(path, new Set([...(seen.get(path) ?? []), stands]))
      }
    }
    window.gone = hosts
    return [...seen].map(([path, stands]) => [path, [...stands]] as const)
  }, times)

test('asks nobody and stores nothing before an answer and after a no, on no route', async () => {
  const name = host('no')
  await open(name)
  await page.element(button('accept'))
  for (const answered of [false, true]) {
    if (answered) {
      await clickOn(page, button('reject'))
      await page.gone(button('reject'))
      await page.reload()
      await page.waitFor(() => document.querySelector('main h1'))
    }
    for (const [path, held] of [
      ['/retket', ['facebook']],
      ['/kertomukset', ['x']],
      ['/', ['youtube']],
    ] as const) {
      await go(path)
      await page.waitFor((wanted) => document.querySelector(`[data-portti-place="${wanted}"]`), held[0])
      await read(page, world)
      expect(await page.eval(places)).toEqual(held)
      expect(await page.eval(ran)).toEqual([])
      await expectKept(page, answered ? ['portti'] : [])
    }
  }
  for (const path of ['/retket', '/kertomukset', '/tietoa']) {
    await open(name, path)
    await read(page, world)
  }
  await expectKept(page, ['portti'])
  expect(strangers(world, name)).toEqual([])
  expect(reached(world, name)).toEqual([])
  expect(foreignCookies(world, name)).toEqual([])

  await page.eval(() => portti.acceptAll())
  for (const path of ['/retket', '/kertomukset', '/']) {
    await go(path)
    await read(page, world)
  }
  await expect
    .poll(() => askedHosts(name))
    .toEqual(['connect.facebook.net', 'platform.x.com', 'www.facebook.com', 'www.youtube.com'])
})

describe('routes that come and go twenty times', () => {
  test('leave one placeholder each and nothing behind', async () => {
    const name = host('routes')
    await open(name)
    await around(1)
    const size = await page.eval(() => document.querySelectorAll('*').length)
    expect(await around(20)).toEqual([
      ['/retket', ['place facebook; held 3']],
      ['/kertomukset', ['place x; held 3']],
      ['/', ['place youtube; held 3']],
    ])
    expect(await page.eval(() => document.querySelectorAll('*').length)).toBe(size)
    if (engine === 'chromium') {
      await page.cdp('HeapProfiler.collectGarbage')
      // React keeps the tree before the last one.
      const kept = await page.eval(() => window.gone?.filter((one) => one.deref()).length)
      expect(kept).toBeLessThanOrEqual(3)
    }
    expect(strangers(world, name)).toEqual([])
  })

  test('load each widget where it stands, and its script once', async () => {
    const name = host('routes-allowed')
    await open(name)
    await page.eval(() => portti.acceptAll())
    await page.waitFor(() => window.__ran?.length === 2)
    await around(20)
    expect((await page.eval(ran)).sort()).toEqual(['sdk.js', 'widgets.js'])
    expect(
      await page.eval(() => [portti.held().length, document.querySelectorAll('main iframe').length]),
    ).toEqual([3, 1])
    for (const [path, title] of [
      ['/retket', 'fb:page Facebook Social Plugin'],
      ['/kertomukset', 'X Post'],
      ['/', 'Päivä Bengtskärissä'],
    ] as const) {
      await go(path)
      await page.waitFor((wanted) => document.querySelector(`main iframe[title="${wanted}"][src]`), title)
      expect(await page.eval(() => document.querySelectorAll('main iframe').length)).toBe(1)
      expect(await page.eval(places)).toEqual([])
    }
    expect(strangers(world, name).filter(({ path }) => /\/(sdk|widgets)\.js/.test(path))).toHaveLength(2)
  })
})

test.for([
  ['media', ['www.youtube.com']],
  ['social', ['connect.facebook.net', 'platform.x.com', 'www.facebook.com']],
  ['analytics', []],
] as const)('yes to %s alone asks its services only', async ([category, hosts]) => {
  const name = host(`only-${category}`)
  await open(name)
  await choose(category)
  for (const path of ['/retket', '/kertomukset', '/']) {
    await go(path)
    await read(page, world)
  }
  await expect.poll(() => askedHosts(name)).toEqual(hosts)
  await arrived(page, world)
  expect(askedHosts(name)).toEqual(hosts)
  expect(await page.eval(cookieNames)).toEqual(['portti'])
  expect(Object.keys((await page.storage()).localStorage ?? {})).toEqual(
    category === 'analytics' ? ['saaristo_pages'] : [],
  )
})

test('the app shows the decision as it is', async () => {
  const decision = () => document.querySelector<HTMLElement>('[data-decision]')?.dataset.decision
  await open(host('decision'))
  await page.element(button('reject'))
  expect(await page.eval(decision)).toBe('unasked')
  expect(await textOf(page, 'footer p')).toContain('Et ole vielä vastannut.')
  await clickOn(page, button('reject'))
  await page.waitFor(() => document.querySelector('[data-decision="given"]'))
  expect(await textOf(page, 'footer p')).toContain('Olet vastannut.')
  await page.reload()
  await page.waitFor(() => document.querySelector('[data-decision="given"]'))
})

test('a change of language reaches the app, the banner, the placeholders and the settings', async () => {
  await open(host('language'))
  const once = '[data-portti-place="youtube"] >>> [data-portti-action="once"]'
  expect(await textOf(page, '#portti >>> [part="banner"] h2')).toBe(fi.bannerTitle)
  expect(await textOf(page, once)).toBe(fi.embedOnce)
  await clickOn(page, 'button[lang="sv"]')
  await page.waitFor(() => document.documentElement.lang === 'sv')
  expect(await textOf(page, '#portti >>> [part="banner"] h2')).toBe(sv.bannerTitle)
  expect(await textOf(page, 'footer p')).toContain('Du har inte svarat ännu.')
  expect(await page.eval(places)).toEqual(['youtube'])
  expect(await textOf(page, once)).toBe(sv.embedOnce)
  await clickOn(page, button('settings'))
  expect(await textOf(page, '#portti >>> dialog h2')).toBe(sv.settings)
  await clickOn(page, inDialog('close'))
  await page.gone('#portti >>> dialog')
})

test('what the app starts by itself starts with the yes, stops with the no, and starts again', async () => {
  await open(host('when'))
  const pages = () => [document.querySelector('#pages')?.textContent, localStorage.getItem('saaristo_pages')]
  const none = ['Sivuja ei lasketa.', null]
  await go('/retket')
  expect(await page.eval(pages)).toEqual(none)
  await choose('analytics')
  await page.waitFor(() => document.querySelector('#pages')?.textContent?.endsWith(': 1'))
  await go('/')
  await page.waitFor(() => document.querySelector('#pages')?.textContent?.endsWith(': 2'))
  expect(await page.eval(pages)).toEqual(['Sivuja tällä laitteella: 2', '2'])

  await clickOn(page, 'footer a[href="#portti"]')
  await clickOn(page, inDialog('withdraw'))
  await page.waitFor(() => !document.querySelector('#pages')?.textContent?.includes(':'))
  expect(await page.eval(pages)).toEqual(none)
  // Its counter has stopped with the page, so there is nothing to load anew for.
  expect(await page.has(button('reload'))).toBe(false)
  await page.eval(() => document.querySelector<HTMLElement>('header li a[href="/retket"]')?.click())
  await page.waitFor(() => location.pathname === '/retket')
  expect(await page.eval(pages)).toEqual(none)

  await choose('analytics')
  await page.waitFor(() => document.querySelector('#pages')?.textContent?.endsWith(': 1'))
})

test('taking the answer back offers to load the page anew where a script runs on, and nothing is asked from then on', async () => {
  const name = host('withdraw')
  await open(name, '/retket')
  await clickOn(page, button('accept'))
  await page.waitFor(() => document.querySelector('.fb-page iframe'))
  await page.eval(() => {
    window.old = true
    portti.withdraw()
  })
  await page.element(button('reload'))
  expect(await page.eval(places)).toEqual(['facebook'])
  expect(await page.eval(() => [window.old, document.querySelectorAll('.fb-page iframe').length])).toEqual([
    true,
    0,
  ])
  await clickOn(page, button('reload'))
  await page.waitFor(() => !window.old && document.querySelector('[data-portti-place="facebook"]'))
  const from = world.seen.length
  for (const path of ['/kertomukset', '/', '/retket']) {
    await go(path)
    await read(page, world)
  }
  expect(strangers(world, name, from)).toEqual([])
  expect(await page.eval(ran)).toEqual([])
  await expectKept(page, ['portti'])
})
