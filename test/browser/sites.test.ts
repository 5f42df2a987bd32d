/**
 * The five company sites of the demo, every page of each, as visitors meet them: what is asked of others, run and stored
 * before an answer, after each, and after it was taken back.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { en } from '../../packages/portti/src/locales/en.ts'
import { fi } from '../../packages/portti/src/locales/fi.ts'
import { sv } from '../../packages/portti/src/locales/sv.ts'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { findings } from './axe.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, button } from './fixture.ts'
import {
  address,
  asked,
  clickOn,
  cookieNames,
  expected,
  expectKept,
  foreignCookies,
  grantedBy,
  hostOf,
  isDeclared,
  reached,
  read,
  type SitePage,
  siteAnswers,
  siteCalled,
  sites,
  startAfresh,
  strangers,
  textOf,
  type VisitedSite,
} from './site-visit.ts'
import { html, openWorld, standIns, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window & typeof globalThis & { __ran?: string[]; old?: boolean; ga?: unknown }

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(siteAnswers, standIns())
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(async () => {
  if (!(await page.isAlive())) {
    await page.close().catch(() => {})
    page = await launch(engine, { world })
  }
  await startAfresh(page, world)
})

const inDialog = (action: string) => `#portti >>> dialog [data-portti-action="${action}"]`
const toggle = (id: string) => `#portti >>> dialog input[value="${id}"]`
const placeOf = (service: string) => `[data-portti-place="${service}"]`
const inPlace = (service: string, action: string) =>
  `${placeOf(service)} >>> [data-portti-action="${action}"]`
const ran = () => window.__ran ?? []
const state = () => document.documentElement.dataset.portti
const places = () =>
  [...document.querySelectorAll<HTMLElement>('[data-portti-place]')].map(({ dataset }) => dataset.porttiPlace)

const click = (selector: string) => clickOn(page, selector)
/** Opens a page and waits until Portti knows what to do there. */
async function open(host: string, path = '/'): Promise<void> {
  await page.goto(address(host, path))
  await page.waitFor(() => document.documentElement.hasAttribute('data-portti'))
}
const choose = (...ids: readonly string[]) =>
  page.eval((chosen) => portti.choose(Object.fromEntries(chosen.map((id) => [id, true]))), ids)
/** Opens the settings from the banner, turns exactly these on, and saves. */
async function save(...ids: readonly string[]): Promise<void> {
  await click(button('settings'))
  for (const id of ids) await click(toggle(id))
  await click(inDialog('save'))
  await page.waitFor(() => document.documentElement.dataset.portti === 'given')
}
/** Takes the answer back by hand and waits for the page that is loaded anew. */
async function withdraw(): Promise<void> {
  await page.eval(() => {
    window.old = true
  })
  await click((await page.has('a[href="#portti"]')) ? 'footer a[href="#portti"]' : button('settings'))
  await click(inDialog('withdraw'))
  await page.waitFor(() => !window.old && document.readyState === 'complete')
}
const gated = ({ policy }: VisitedSite) =>
  [...policy.categories.values()].filter(({ required }) => !required).map(({ id }) => id)

/** The basket of the checkout is necessary: it is there without being asked about. */
const necessary = (paths: readonly string[]) => (paths.includes('/kassa.html') ? ['salikori'] : [])

function expectNothingAsked(host: string): void {
  expect(strangers(world, host).map(({ url }) => url)).toEqual([])
  expect(reached(world, host)).toEqual([])
  expect(foreignCookies(world, host)).toEqual([])
}

/** Asks what a page runs and asks for, until that is all that it should; then that it is not more. */
async function expectReleased(
  site: VisitedSite,
  host: string,
  { path, services, html: text }: SitePage,
  granted: (service: string) => boolean,
  from: number,
): Promise<void> {
  const wanted = expected(site, [{ path, services, html: text }], granted)
  await read(page, world)
  await expect
    .poll(() => [...asked(world, site, host, from)], { message: `${host}${path}` })
    .toEqual(expect.arrayContaining([...wanted.asked]))
  await expect.poll(async () => (await page.eval(ran)).sort(), { message: path }).toEqual(wanted.ran)
  await arrived(page, world)
  expect([...asked(world, site, host, from)].filter((id) => !granted(id))).toEqual([])
  expect((await page.eval(ran)).sort()).toEqual(wanted.ran)
}

describe.for(sites)('$id', (site) => {
  const { pages } = site
  /** Path → where placeholders stand on it before any answer. */
  const held = new Map<string, readonly (string | undefined)[]>()

  describe('before an answer and after a no', () => {
    const host = hostOf(site, 'no')

    test('asks nobody and stores nothing, on no page, whatever is read or clicked', async () => {
      const visited: string[] = []
      for (const { path } of pages) {
        await open(host, path)
        await page.element(button('accept'))
        visited.push(path)
        held.set(path, await page.eval(places))
        await read(page, world)
        await click('main h1')
        expect(await page.eval(ran)).toEqual([])
        await expectKept(page, necessary(visited))
      }
      await open(host)
      await click('header li:nth-child(2) a')
      await page.waitFor(() => location.pathname !== '/' && document.readyState === 'complete')
      await page.element(button('accept'))
      await read(page, world)
      await expectKept(page, necessary(pages.map(({ path }) => path)))
      expect(await page.eval(state)).toBe('unasked')
      expectNothingAsked(host)
    })

    test('has nothing that axe finds, on no page, while the banner asks', async () => {
      for (const { path } of pages) {
        await open(hostOf(site, 'axe'), path)
        await page.element(button('accept'))
        expect([path, (await findings(page)).violations]).toEqual([path, []])
      }
    })

    test('keeps the refusal and nothing else', async () => {
      await open(host)
      await click(button('reject'))
      await page.waitFor(() => document.documentElement.dataset.portti === 'given')
      await page.reload()
      const kept = ['portti', ...necessary(pages.map(({ path }) => path))].sort()
      await read(page, world)
      await expectKept(page, kept)
      for (const { path } of pages) {
        await open(host, path)
        await read(page, world)
        expect(await page.eval(ran)).toEqual([])
        expect(await page.has(button('accept'))).toBe(false)
        await expectKept(page, kept)
      }
      expectNothingAsked(host)
    })
  })

  test.for(gated(site))('yes to %s alone lets in exactly its services', async (category) => {
    const host = hostOf(site, category)
    const granted = grantedBy(site, [category])
    await open(host)
    await choose(category)
    const all = expected(site, pages, granted)
    // Pages that mark the same differ in their words only.
    const different = new Map(pages.map((one) => [[...one.services].sort().join(), one]))
    for (const one of different.values()) {
      const from = world.seen.length
      await open(host, one.path)
      await expectReleased(site, host, one, granted, from)
    }
    const visited = [...different.values()].map(({ path }) => path)
    const seen = asked(world, site, host)
    expect([...seen].sort()).toEqual([...all.asked].sort())
    expect([...seen].sort()).toEqual([...(BRINGS[site.id]?.[category]?.asks ?? [])].sort())
    const own = await page.eval(cookieNames)
    const kept = ['portti', ...necessary(visited)]
    expect(own).toEqual([...kept, ...(BRINGS[site.id]?.[category]?.cookies ?? [])].sort())
    for (const name of own) expect([name, isDeclared(site, granted, name)]).toEqual([name, true])
    const others = foreignCookies(world, host).filter(({ way }) => way === 'given')
    const undeclared = others.filter((cookie) => !isDeclared(site, granted, cookie.name, cookie.host))
    expect(undeclared).toEqual([])
    const { localStorage, sessionStorage, databases, caches } = await page.storage()
    expect(Object.keys(localStorage ?? {}).sort()).toEqual(BRINGS[site.id]?.[category]?.storage ?? [])
    expect([sessionStorage, databases, caches]).toEqual([{}, [], []])
  })

  test('runs everything once after a click on accept, and nothing after that was taken back', async () => {
    const host = hostOf(site, 'all')
    const granted = grantedBy(site, gated(site))
    const [front] = pages
    if (!front) throw new Error('a site has a front page')
    await open(host)
    await click(button('accept'))
    await expectReleased(site, host, front, granted, 0)
    for (const one of pages) {
      const from = world.seen.length
      await open(host, one.path)
      await expectReleased(site, host, one, granted, from)
    }
    const all = expected(site, pages, granted).asked
    expect([...asked(world, site, host)].sort()).toEqual([...all].sort())
    // This is what would have been seen before the answer and after the no.
    expect(strangers(world, host).length).toBeGreaterThan(all.size)
    const own = await page.eval(cookieNames)
    for (const name of own) expect([name, isDeclared(site, granted, name)]).toEqual([name, true])

    // Where nothing has run there is nothing to load the page anew for.
    await open(host, pages.find(({ services }) => services.size > 0)?.path)
    await page.waitFor(() => window.__ran)
    await read(page, world)
    await withdraw()
    const from = world.seen.length
    const kept = ['portti', ...necessary(pages.map(({ path }) => path))].sort()
    for (const { path } of pages) {
      await open(host, path)
      await arrived(page, world)
      expect(await page.eval(ran)).toEqual([])
      expect([path, await page.eval(places)]).toEqual([path, held.get(path)])
      await expectKept(page, kept)
    }
    expect(strangers(world, host, from).map(({ url }) => url)).toEqual([])
    expect(await page.eval((ids) => ids.some((id) => portti.allows(id)), gated(site))).toBe(false)
  })
})

/** Site → category → what a yes to it alone brings, by hand, so that a mistake in reading the pages shows. */
const BRINGS: Readonly<
  Record<string, Readonly<Record<string, { asks: string[]; cookies?: string[]; storage?: string[] }>>>
> = {
  vauhtikuvio: {
    analytics: { asks: ['google-analytics'], cookies: ['_ga', '_ga_VAUHTI2026'] },
    clicks: { asks: ['click-study'], cookies: ['_clck', '_clsk'] },
    social: { asks: ['facebook', 'instagram', 'linkedin', 'x'] },
    media: { asks: ['kuvavirta', 'youtube'] },
    ads: {
      asks: ['google-ads', 'linkedin-insight', 'meta-pixel', 'segments'],
      cookies: ['_fbp', '_gcl_au', 'li_fat_id', 'ln_or', 'segment_id'],
      storage: ['li_adsId', 'segments'],
    },
  },
  suuntima: {
    functional: { asks: ['zef'] },
    analytics: { asks: ['google-analytics'], cookies: ['_ga', '_ga_SUUNTIMA26'] },
    social: { asks: ['facebook'] },
    ads: { asks: ['meta-pixel'], cookies: ['_fbp'] },
  },
  kilpisuoja: {
    functional: { asks: [], storage: ['kilpi_kohde'] },
    analytics: { asks: ['google-analytics'], cookies: ['_ga', '_ga_KILPI2026'] },
    // It needs analytics, which nobody allowed.
    demographics: { asks: [] },
    ads: { asks: ['google-ads', 'meta-pixel'], cookies: ['_fbp', '_gcl_au'] },
  },
  harjunsali: { functional: { asks: ['facebook-login'] } },
  tassunjalki: {
    analytics: { asks: ['google-analytics', 'google-tag-manager'], cookies: ['_ga', '_ga_TASSU2026'] },
    media: { asks: ['youtube'] },
    ads: { asks: ['google-ads'], cookies: ['_gcl_au'] },
  },
}

describe('the settings', () => {
  const site = siteCalled('kilpisuoja')

  test.for([
    [['functional'], ['functional']],
    [['analytics'], ['analytics']],
    // Turning it on turns on what it needs.
    [['demographics'], ['analytics', 'demographics']],
    [['ads'], ['ads']],
    // Turning off what is needed turns off what needs it.
    [['demographics', 'analytics', 'ads'], ['ads']],
  ] as const)('clicking %o and saving allows %o', async ([clicks, categories]) => {
    const host = hostOf(site, `by-hand-${clicks.join('-')}`)
    const granted = grantedBy(site, categories)
    const [front] = site.pages
    if (!front) throw new Error('a site has a front page')
    await open(host)
    await save(...clicks)
    expect(await page.eval((ids) => ids.filter((id) => portti.allows(id)), gated(site))).toEqual(
      gated(site).filter((id) => (categories as readonly string[]).includes(id)),
    )
    const { asked: now } = expected(site, site.pages, granted)
    await expectReleased(site, host, front, granted, 0)
    expect([...asked(world, site, host)].sort()).toEqual([...now].sort())
    await page.reload()
    await page.waitFor(() => document.documentElement.dataset.portti === 'given')
    await expectReleased(site, host, front, granted, 0)
  })
})

describe('the order of what runs', () => {
  test('is that of the page, with the consent signals first', async () => {
    const host = hostOf(siteCalled('vauhtikuvio'), 'order')
    await open(host)
    await click(button('accept'))
    await page.waitFor(() => window.__ran?.length === 8)
    const queue = await page.eval(() =>
      (window as unknown as { dataLayer: ArrayLike<unknown>[] }).dataLayer
        .map((entry) => [entry[0], entry[1]].map(String).join(' '))
        .filter((line) => /^(consent|js|config)/.test(line))
        .map((line) => line.replace(/^js .*/, 'js')),
    )
    expect(queue.slice(0, 2)).toEqual(['consent default', 'consent update'])
    expect(queue.filter((line) => !line.startsWith('consent'))).toEqual([
      'js',
      'config G-VAUHTI2026',
      'js',
      'config AW-100200300',
    ])
    // Those without `async` keep their order; the others come as the network brings them.
    const done = await page.eval(ran)
    expect(done.filter((name) => name === 'segments.js' || name === 'in.js')).toEqual([
      'segments.js',
      'in.js',
    ])
    const marked = await page.eval(() =>
      [...document.querySelectorAll<HTMLScriptElement>('script[data-service][src]')].map(({ src }) => src),
    )
    expect(marked.map((src) => src.replace(/[?#].*/, '').replace(/.*\//, ''))).toEqual([
      'js',
      'js',
      's.js',
      'sdk.js',
      'in.js',
      'widgets.js',
    ])
  })
})

describe('what vendors are told', () => {
  const site = siteCalled('kilpisuoja')
  const urls = (host: string) => strangers(world, host).map(({ url }) => url)

  test('is that ads are denied while only analytics is allowed', async () => {
    const host = hostOf(site, 'told-analytics')
    await open(host)
    await choose('analytics')
    await expect.poll(() => urls(host).filter((url) => url.includes('/g/collect')).length).toBe(1)
    await arrived(page, world)
    const [collect] = urls(host).filter((url) => url.includes('/g/collect'))
    expect(collect).toContain('https://www.google-analytics.com/g/collect')
    expect(collect).toContain('gcs=G101')
    expect(urls(host).filter((url) => /doubleclick|ga-audiences|googleads/.test(url))).toEqual([])
  })

  test('is that demographics may be joined once that is allowed as well, and no longer when it is not', async () => {
    const host = hostOf(site, 'told-demographics')
    const joining = () => urls(host).filter((url) => /doubleclick|ga-audiences/.test(url))
    await open(host)
    await choose('analytics', 'demographics')
    await expect.poll(joining).toHaveLength(2)
    expect(urls(host).filter((url) => /gtag.*AW-|googleads\.g/.test(url))).toEqual([])
    await page.eval(() => portti.choose({ demographics: false }))
    await open(host, '/tyot.html')
    await expect.poll(() => urls(host).filter((url) => url.includes('tyot.html')).length).toBe(1)
    await arrived(page, world)
    expect(joining()).toHaveLength(2)
    expect(await page.eval(cookieNames)).toEqual(['_ga', '_ga_KILPI2026', 'portti'])
  })

  test('is that ads may be personal once ads is allowed, which joins no demographics', async () => {
    const host = hostOf(site, 'told-ads')
    await open(host)
    await choose('analytics', 'ads')
    const remarketing = () => urls(host).filter((url) => url.includes('/viewthroughconversion/'))
    await expect.poll(remarketing).toHaveLength(1)
    expect(remarketing()[0]).not.toContain('npa=1')
    await expect.poll(() => urls(host).filter((url) => url.includes('google-analytics.com'))).toHaveLength(1)
    await arrived(page, world)
    expect(urls(host).filter((url) => /stats\.g\.doubleclick|ga-audiences/.test(url))).toEqual([])
  })

  test('is that Clarity may set cookies for clicks, and for ads only with ads', async () => {
    const clicks = siteCalled('vauhtikuvio')
    const [one, both] = [hostOf(clicks, 'clarity'), hostOf(clicks, 'clarity-ads')]
    await open(one, '/palvelut.html')
    await choose('clicks')
    await page.waitFor(() => document.cookie.includes('_clck='))
    await arrived(page, world)
    expect(world.to('c.clarity.ms')).toEqual([])
    await open(both, '/palvelut.html')
    await choose('clicks', 'ads')
    await expect.poll(() => world.to('c.clarity.ms').length).toBe(1)
  })
})

describe('markup of what has ended', () => {
  const site = siteCalled('vauhtikuvio')

  test('asks nothing and leaves at most a link', async () => {
    const host = hostOf(site, 'ended')
    await open(host)
    await page.eval(() => portti.acceptAll())
    await expect
      .poll(() => strangers(world, host).filter(({ path }) => path.startsWith('/plugins/')).length)
      .toBe(2)
    await page.waitFor(() => window.__ran?.length === 8)
    await read(page, world)
    const plugins = world.to('www.facebook.com').map(({ path }) => path.replace(/\?.*/, ''))
    expect(plugins.filter((path) => path.startsWith('/plugins/')).sort()).toEqual([
      '/plugins/page.php',
      '/plugins/share_button.php',
    ])
    expect(world.connected).not.toContain('apis.google.com')
    expect(await page.eval(places)).toEqual(['facebook'])
    const like = await page.eval(() => {
      const place = document.querySelector('[data-portti-place]')
      const [plus] = document.querySelectorAll<HTMLElement>('.g-plusone')
      return {
        before: place?.nextElementSibling?.className,
        link: place?.shadowRoot?.querySelector('a')?.href,
        buttons: place?.shadowRoot?.querySelectorAll('button').length,
        plus: plus?.offsetHeight,
      }
    })
    expect(like).toEqual({
      before: 'fb-like',
      link: 'https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fvauhtikuvio.example%2F',
      buttons: 0,
      plus: 0,
    })
  })

  test('loads no SDK where nothing living is on the page', async () => {
    const host = hostOf(site, 'only-ended')
    const front = site.pages[0]?.html ?? ''
    const text = front.replace(
      /<div class="fb-(share-button|page)".*?<\/div>/g,
      '<div class="fb-comments"></div>',
    )
    expect(text.match(/fb-(share-button|page)/g)).toBeNull()
    world.route(`https://${host}/`, html(text))
    await open(host)
    await choose('social')
    await page.waitFor(() => window.__ran?.length === 2)
    await arrived(page, world)
    expect((await page.eval(ran)).sort()).toEqual(['in.js', 'widgets.js'])
    expect(world.connected.filter((name) => name.includes('facebook'))).toEqual([])
  })

  test('never runs Universal Analytics, and clears what it left', async () => {
    const host = hostOf(siteCalled('kilpisuoja'), 'ended')
    await open(host)
    await page.setCookie({ name: '__utma', value: '1.2.3', path: '/' })
    await click(button('accept'))
    await page.waitFor(() => window.__ran?.length === 3)
    await arrived(page, world)
    expect(await page.eval(() => typeof window.ga)).toBe('undefined')
    expect(strangers(world, host).filter(({ path }) => /analytics\.js|ga\.js|utm/.test(path))).toEqual([])
    expect(await page.eval(cookieNames)).not.toContain('__utma')
  })
})

test('a click study past its end is not offered, does not run, and leaves nothing behind', async () => {
  const site = siteCalled('vauhtikuvio')
  const host = hostOf(site, 'study')
  await open(host, '/palvelut.html')
  await choose('clicks', 'analytics')
  await page.waitFor(() => document.cookie.includes('_clck=') && document.cookie.includes('_ga='))
  const runs = world.to('www.clarity.ms').length
  expect(runs).toBe(1)

  const ended = JSON.stringify(site.declared, (key, value) =>
    key === 'from' ? '2020-11-01' : key === 'until' && /^\d/.test(value) ? '2020-12-31' : value,
  )
  world.route(`https://${host}/consent-policy.json`, {
    headers: { 'content-type': 'application/json' },
    body: ended,
  })
  await open(host, '/palvelut.html')
  await page.waitFor(() => window.__ran?.includes('gtag.js'))
  await arrived(page, world)
  expect(await page.eval(state)).toBe('given')
  expect(await page.eval(ran)).not.toContain('clarity.js')
  expect(await page.eval(cookieNames)).toEqual(['_ga', '_ga_VAUHTI2026', 'portti'])
  await click('footer a[href="#portti"]')
  await page.element(toggle('analytics'))
  expect(await page.has(toggle('clicks'))).toBe(false)
  await click(inDialog('accept'))
  await arrived(page, world)
  await page.reload()
  await page.waitFor(() => window.__ran?.includes('fbevents.js'))
  await arrived(page, world)
  expect(world.to('www.clarity.ms')).toHaveLength(runs)
  expect(await page.eval(() => portti.allows('click-study'))).toBe(false)
})

describe('a placeholder', () => {
  const site = siteCalled('vauhtikuvio')
  const media = '/asiakkaat.html'

  test('loads its content once and stores nothing', async () => {
    const host = hostOf(site, 'once')
    await open(host, media)
    expect(await page.eval(places)).toEqual(['youtube', 'kuvavirta', 'x', 'facebook', 'instagram'])
    await click(inPlace('youtube', 'once'))
    await expect.poll(() => [...asked(world, site, host)]).toEqual(['youtube'])
    await page.gone(placeOf('youtube'))
    await read(page, world)
    await expectKept(page, [])
    expect(await page.eval(state)).toBe('unasked')
    expect(await page.eval(places)).toEqual(['kuvavirta', 'x', 'facebook', 'instagram'])

    await click(inPlace('x', 'once'))
    await page.waitFor(() => window.__ran?.includes('widgets.js'))
    await page.waitFor(() => document.querySelector('iframe[title="X Post"]'))
    await click(inPlace('facebook', 'once'))
    await page.waitFor(() => document.querySelector('.fb-post iframe'))
    await read(page, world)
    expect((await page.eval(ran)).sort()).toEqual(['sdk.js', 'widgets.js'])
    expect([...asked(world, site, host)].sort()).toEqual(['facebook', 'x', 'youtube'])
    await expectKept(page, [])

    const from = world.seen.length
    await open(host, media)
    await read(page, world)
    expect(await page.eval(places)).toEqual(['youtube', 'kuvavirta', 'x', 'facebook', 'instagram'])
    expect(strangers(world, host, from)).toEqual([])
  })

  test('allows its service for good, and no other', async () => {
    const host = hostOf(site, 'always')
    await open(host, media)
    await click(inPlace('instagram', 'always'))
    await page.waitFor(() => document.querySelector('.instagram-media-rendered'))
    await read(page, world)
    expect([...asked(world, site, host)]).toEqual(['instagram'])
    await expectKept(page, ['portti'])
    expect(await page.eval(() => document.cookie)).toMatch(/\.always\./)
    for (let visit = 2; visit < 4; visit++) {
      await open(host, media)
      await page.waitFor(() => document.querySelector('.instagram-media-rendered'))
      await read(page, world)
      expect(await page.eval(ran)).toEqual(['embed.js'])
      expect(await page.eval(places)).toEqual(['youtube', 'kuvavirta', 'x', 'facebook'])
    }
    expect([...asked(world, site, host)]).toEqual(['instagram'])
    expect(await page.eval(() => portti.allows('social'))).toBe(false)
  })

  test('of a share button shares by a plain link, with no request before the click', async () => {
    const host = hostOf(site, 'share')
    await open(host)
    const links = await page.eval(() =>
      [...document.querySelectorAll('[data-portti-place]')].flatMap((place) => {
        const link = place.shadowRoot?.querySelector<HTMLAnchorElement>('a[data-portti-action="link"]')
        return link ? [[link.href.replace(/\?.*/, ''), link.target, link.rel]] : []
      }),
    )
    const away = ['_blank', 'noopener noreferrer']
    expect(links).toEqual([
      ['https://www.facebook.com/sharer/sharer.php', ...away],
      ['https://www.linkedin.com/sharing/share-offsite/', ...away],
      ['https://twitter.com/intent/tweet', ...away],
      ['https://www.facebook.com/sharer/sharer.php', ...away],
      ['https://www.facebook.com/vauhtikuvio.example', ...away],
    ])
    await arrived(page, world)
    expectNothingAsked(host)
    const tab = await page.currentTab()
    await click(inPlace('facebook', 'link'))
    await expect.poll(() => strangers(world, host).length).toBeGreaterThan(0)
    const [first] = strangers(world, host)
    expect(first?.url).toBe(
      'https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fvauhtikuvio.example%2F',
    )
    expect(first?.headers.referer).toBeUndefined()
    const tabs = (await page.send('GET', '/window/handles')) as string[]
    for (const other of tabs.filter((one) => one !== tab)) {
      await page.switchTab(other)
      await page.closeTab()
    }
    await page.switchTab(tab)
    await expectKept(page, [])
  })
})

describe('harjunsali', () => {
  const site = siteCalled('harjunsali')

  test('asks about one thing, and its checkout works after a no', async () => {
    const host = hostOf(site, 'checkout')
    await open(host, '/kassa.html')
    expect(gated(site)).toEqual(['functional'])
    await click(button('reject'))
    await page.gone(button('reject'))
    await click('input[name="ehdot"]')
    await click('form button')
    await page.waitFor(() => location.hostname === 'payment.paytrail.com')
    const [paid, ...more] = strangers(world, host).filter(({ path }) => path !== '/favicon.ico')
    expect([paid?.method, paid?.url, more]).toEqual(['POST', 'https://payment.paytrail.com/e2', []])
    expect(paid?.body).toContain('ORDER_NUMBER=HARJU-1001')
  })

  test('signs in with Facebook once that is allowed, and forgets it when that is taken back', async () => {
    const host = hostOf(site, 'login')
    await open(host, '/jasen.html')
    await click(button('accept'))
    await page.waitFor(() => document.querySelector('.fb-login-button iframe'))
    await click('#fb-kirjaudu')
    await page.waitFor(() => document.querySelector('#fb-tila')?.textContent?.includes('Olet kirjautunut'))
    const login = ['fbm_500600700800900', 'fbsr_500600700800900']
    expect(await page.eval(cookieNames)).toEqual([...login, 'portti'])
    expect(await page.eval(ran)).toEqual(['sdk.js'])
    await withdraw()
    expect(await page.eval(cookieNames)).toEqual(['portti'])
    expect(await page.eval(ran)).toEqual([])
  })
})

test('tassunjalki, which has no link of its own, keeps a way back to the settings on every page', async () => {
  const site = siteCalled('tassunjalki')
  const host = hostOf(site, 'reopen')
  const reopen = '#portti >>> [part="reopen"]'
  await open(host)
  expect(await page.has(reopen)).toBe(false)
  await click(button('reject'))
  await page.element(reopen)
  for (const { path } of site.pages) {
    await open(host, path)
    await page.element(reopen)
  }
  await click(reopen)
  await click(toggle('media'))
  await click(inDialog('save'))
  await open(host)
  await read(page, world)
  await expect.poll(() => [...asked(world, site, host)]).toEqual(['youtube'])
  const linked = siteCalled('suuntima')
  await open(hostOf(linked, 'reopen'))
  await click(button('reject'))
  await page.gone(button('reject'))
  expect(await page.has(reopen)).toBe(false)
})

test.for([
  ['vauhtikuvio', '/asiakkaat.html', fi, 'Evästeasetukset'],
  ['vauhtikuvio', '/en.html', en, 'Cookie settings'],
  ['tassunjalki', '/sv.html', sv, 'Kakinställningar'],
] as const)('%s%s is asked in its own language', async ([id, path, messages, settings]) => {
  await open(hostOf(siteCalled(id), 'language'), path)
  const words = await textOf(page, '#portti >>> [part="banner"]')
  for (const text of [messages.bannerTitle, messages.acceptAll, messages.rejectAll, messages.openSettings])
    expect(words).toContain(text)
  expect(messages.settings).toBe(settings)
  await click(button('settings'))
  expect(await textOf(page, '#portti >>> dialog h2')).toBe(messages.settings)
  expect(await textOf(page, inDialog('reject'))).toBe(messages.rejectAll)
  expect(await textOf(page, inPlace('youtube', 'once'))).toBe(messages.embedOnce)
})

/** WebKit's driver has no switch for it. */
test.skipIf(engine === 'webkit')('no page asks anybody where scripts are off', async () => {
  const scripts = async (on: boolean) => {
    if (engine === 'chromium') await page.cdp('Emulation.setScriptExecutionDisabled', { value: !on })
    else await page.runInBrowser(`Services.prefs.setBoolPref('javascript.enabled', ${on})`)
  }
  await scripts(false)
  try {
    for (const site of sites) {
      const host = hostOf(site, 'still')
      for (const { path } of site.pages) await page.goto(address(host, path))
      // The icon is the last that a page asks for; the next page comes after all of it.
      expect(world.to(host).length).toBeGreaterThan(site.pages.length)
      expect(world.to(host).filter((one) => one.path === '/arrived')).toEqual([])
    }
    await page.goto(address(hostOf(sites[0] as VisitedSite, 'still'), '/tietosuoja.html'))
    expect(
      world.seen.filter(({ host }) => !/^www\.still-[a-z]+\.example$/.test(host)).map(({ url }) => url),
    ).toEqual([])
    expect(reached(world, '').filter((host) => !host.startsWith('www.still-'))).toEqual([])
    expect(world.cookies).toEqual([])
  } finally {
    await scripts(true)
  }
})
