/** The npm entries as a bundler puts them in a page, and what the vendors' consent APIs are told. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { bundle } from './bundle.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, fixturePage, policy, porttiFile, tracker, untouched } from './fixture.ts'
import { html, openWorld, script, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window &
  typeof globalThis & {
    ran?: string[]
    dataLayer?: unknown[][]
    log?: string[]
    second?: Portti
    portti?: Portti
  }

const GTAG = 'https://www.googletagmanager.com/gtag/js?id=G-MALLILA1'
let world: World
let page: Page
let app: string
let headless: string
let consent: string
beforeAll(async () => {
  const declared = JSON.stringify(policy)
  app = await bundle(
    `import { createPortti } from 'portti'; window.second = createPortti({ policy: ${declared} }); window.portti ??= second`,
  )
  headless = await bundle(`import { bridges } from 'portti/bridges'
    import { gate } from 'portti/gate'
    import { createPortti } from 'portti/headless'
    import { parseOrThrow as parse } from 'portti/policy'
    import { record } from 'portti/record'
    import * as services from 'portti/services'
    window.portti = createPortti({ policy: ${declared}, services: Object.values(services), bridges, gate, parse, record })`)
  consent = await bundle(`import { createPortti } from 'portti/headless'
    import * as services from 'portti/services'
    window.portti = createPortti({ policy: ${declared}, services: Object.values(services) })`)
  world = await openWorld(porttiFile, ({ host, path }) => {
    if (path.startsWith('/app.js')) return script(app)
    if (path.startsWith('/headless.js')) return script(headless)
    if (path.startsWith('/consent.js')) return script(consent)
    if (host === 'vendor.example') return tracker(path.slice(1))
    if (host === 'www.googletagmanager.com') return script(`dataLayer.push(['tag'])`)
    return undefined
  })
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

const held = 'type="text/plain" data-service="google-analytics"'
const BODY = `<script ${held} data-src="https://vendor.example/x"></script><script ${held}>(window.ran ??= []).push('y')</script>
  <iframe data-service="youtube" data-src="https://vendor.example/f"></iframe>`
const ran = () => window.ran ?? []

describe('the entry', () => {
  const open = async (name: string, head: string) => {
    world.route(
      `https://${name}.shop.example/`,
      html(`<!doctype html><html lang="en"><head>${consoleTap()}${head}</head><body>${BODY}</body></html>`),
    )
    await page.goto(`https://${name}.shop.example/`)
  }

  test('portti shows the banner, holds and releases like the script tag', async () => {
    await open('esm', '<script type="module" src="/app.js"></script>')
    expect(await page.text('#portti >>> [data-portti-action="accept"]')).toBe('Accept all')
    expect(await page.has('[data-portti-place="youtube"]')).toBe(true)
    await arrived(page, world)
    expect(world.thirdParty('shop.example')).toEqual([])
    await page.click('#portti >>> [data-portti-action="accept"]')
    await page.waitFor(() => window.ran?.length === 2)
    expect(await page.eval(ran)).toEqual(['x', 'y'])
    await page.reload()
    await page.waitFor(() => window.ran?.length === 2)
    expect(await page.console()).toEqual([])
  })

  test('portti beside the script tag is the same object and draws one banner', async () => {
    const inline = `<script type="application/json" id="portti-policy">${JSON.stringify(policy)}</script>`
    await open(
      'both',
      `${inline}<script src="/portti.js"></script><script type="module" src="/app.js"></script>`,
    )
    await page.waitFor(() => window.second)
    expect(
      await page.eval(() => [window.second === portti, document.querySelectorAll('#portti').length]),
    ).toEqual([true, 1])
  })

  test('portti/headless alone remembers and starts code of the site, and leaves what is marked as it is', async () => {
    await open('consent', '<script type="module" src="/consent.js"></script>')
    await page.waitFor(() => document.documentElement.dataset.portti === 'unasked')
    await page.eval(() => {
      window.log = []
      portti.when('analytics', () => window.log?.push('start'))
      portti.acceptAll()
      portti.showSettings()
    })
    await arrived(page, world)
    expect(await page.eval(() => [window.log, window.ran ?? [], portti.held(), portti.record()])).toEqual(
      JSON.parse('[["start"],[],[],null]'),
    )
    expect(world.thirdParty('shop.example')).toEqual([])
    await page.reload()
    await page.waitFor(() => document.documentElement.dataset.portti === 'given')
    expect(await page.eval(() => portti.allows('analytics'))).toBe(true)
    expect(await page.console()).toEqual([])
  })

  test('portti/headless with its parts holds, releases and remembers, and shows nothing', async () => {
    await open('headless', '<script type="module" src="/headless.js"></script>')
    await page.waitFor(() => document.documentElement.dataset.portti === 'unasked')
    await arrived(page, world)
    const shown = () => document.querySelectorAll('#portti,[data-portti-place]').length
    expect(await page.eval(shown)).toBe(0)
    expect(world.thirdParty('shop.example')).toEqual([])
    expect(await page.storage()).toEqual(untouched)
    await page.eval(() => {
      portti.showBanner()
      portti.showSettings()
      portti.choose({ analytics: true })
    })
    await page.waitFor(() => window.ran?.length === 2)
    expect(await page.eval(ran)).toEqual(['x', 'y'])
    expect(await page.eval(() => portti.record()?.purposes.find(({ id }) => id === 'analytics')?.state)).toBe(
      'granted',
    )
    await page.reload()
    await page.waitFor(() => window.ran?.length === 2)
    expect(await page.eval(shown)).toBe(0)
    expect(world.thirdParty('shop.example')).not.toContain('https://vendor.example/f')
    expect(await page.console()).toEqual([])
  })

  test('portti starts and stops code of the site, and dispose ends all', async () => {
    await open('when', '<script type="module" src="/headless.js"></script>')
    await page.waitFor(() => window.portti)
    await page.eval(() => {
      window.log = []
      const { log } = window
      const undo = portti.when(
        'social',
        (signal) => {
          log.push(`start ${signal.aborted}`)
          signal.addEventListener('abort', () => log.push('abort'))
        },
        () => log.push('stop'),
      )
      portti.when('facebook', () => log.push('facebook'))
      portti.acceptAll()
      portti.choose({ ads: false })
      portti.choose({ social: false })
      portti.choose({ social: true })
      undo()
      portti.choose({ social: false })
      portti.choose({ social: true })
    })
    expect(await page.eval(() => window.log)).toEqual([
      'start false',
      'facebook',
      'abort',
      'stop',
      'start false',
      'facebook',
      'abort',
      'stop',
      'facebook',
    ])
    await page.eval(() => {
      portti.dispose()
      window.log = []
      portti.choose({ social: false })
      portti.choose({ social: true })
      document.body.insertAdjacentHTML(
        'beforeend',
        '<img data-service="google-analytics" data-src="https://vendor.example/late">',
      )
    })
    await arrived(page, world)
    expect(await page.eval(() => window.log)).toEqual([])
    expect(world.thirdParty('shop.example')).not.toContain('https://vendor.example/late')
  })
})

describe('Google is told', () => {
  const open = async (name: string, body = `<script ${held} data-src="${GTAG}"></script>`) => {
    world.route(
      `https://${name}.shop.example/`,
      fixturePage({ body, policy: { ...policy, afterWithdraw: 'offer' } }),
    )
    await page.goto(`https://${name}.shop.example/`)
  }
  /** The queue, consent commands and switches only, in short: `update analytics_storage ad_storage`, `set a true`. */
  const queue = () =>
    (window.dataLayer ?? []).map((entry) => {
      const [command, what, value] = Array.from(entry)
      if (command !== 'consent') return [command, what, value].filter((part) => part !== undefined).join(' ')
      const signals = Object.entries(value as Record<string, string>)
      const granted = signals.filter(([, signal]) => signal === 'granted').map(([name]) => name)
      return [what, ...granted].join(' ')
    })

  test('that all is denied before anything, then of the answer, and only then its tag comes', async () => {
    await open('mode')
    expect((await page.eval(queue)).filter((line) => line.startsWith('update'))).toEqual([])
    expect(await page.eval(queue)).toContain('default security_storage')
    await page.eval(() => portti.choose({ analytics: true }))
    await page.waitFor(() => window.dataLayer?.some(([command]) => command === 'tag'))
    const lines = (await page.eval(queue)).filter((line) => !line.startsWith('set'))
    expect(lines).toEqual(['default security_storage', 'update analytics_storage security_storage', 'tag'])
    expect(
      await page.eval(() =>
        window.dataLayer?.slice(0, 2).map((entry) => Object.prototype.toString.call(entry)),
      ),
    ).toEqual(['[object Arguments]', '[object Arguments]'])
    await page.reload()
    await page.waitFor(() => window.dataLayer?.some(([command]) => command === 'tag'))
    const again = (await page.eval(queue)).filter((line) => !line.startsWith('set'))
    expect(again).toEqual(['default security_storage', 'update analytics_storage security_storage', 'tag'])
  })

  const granted: readonly [chosen: readonly string[], signals: string, google: boolean, personal: boolean][] =
    [
      [[], 'security_storage', false, false],
      [['analytics'], 'analytics_storage security_storage', false, false],
      [
        ['analytics', 'demographics'],
        'ad_storage ad_user_data analytics_storage security_storage',
        true,
        false,
      ],
      [
        ['analytics', 'ads'],
        'ad_personalization ad_storage ad_user_data analytics_storage security_storage',
        false,
        true,
      ],
      [
        ['analytics', 'demographics', 'ads'],
        'ad_personalization ad_storage ad_user_data analytics_storage security_storage',
        true,
        true,
      ],
      // Demographics need analytics.
      [['demographics'], 'security_storage', false, false],
    ]
  test.for(granted)('the signals of %o', async ([chosen, signals, google, personal]) => {
    await open(`table-${chosen.join('-') || 'nothing'}`)
    await page.eval((ids) => portti.choose(Object.fromEntries(ids.map((id) => [id, true]))), chosen)
    const lines = await page.eval(queue)
    const update = lines.filter((line) => line.startsWith('update')).at(-1)
    expect(update?.split(' ').slice(1).sort().join(' ')).toBe(signals)
    const last = (name: string) => lines.filter((line) => line.startsWith(`set ${name} `)).at(-1)
    expect(last('allow_google_signals')).toBe(`set allow_google_signals ${google}`)
    expect(last('allow_ad_personalization_signals')).toBe(`set allow_ad_personalization_signals ${personal}`)
  })

  test('that it is over when the answer is taken back, and its tag is switched off', async () => {
    await open('over')
    const disabled = () => (window as unknown as Record<string, unknown>)['ga-disable-G-MALLILA1'] ?? null
    await page.eval(() => portti.acceptAll())
    await page.waitFor(() => window.dataLayer?.some(([command]) => command === 'tag'))
    expect(await page.eval(disabled)).not.toBe(true)
    await page.eval(() => portti.withdraw())
    expect((await page.eval(queue)).filter((line) => line.startsWith('update')).at(-1)).toBe(
      'update security_storage',
    )
    expect(await page.eval(disabled)).toBe(true)
    await page.eval(() => portti.choose({ analytics: true }))
    expect(await page.eval(disabled)).toBe(false)
  })
})

test('Meta Pixel and Clarity are told by their own calls when an answer changes', async () => {
  const clicks = { id: 'clicks', services: ['microsoft-clarity'] }
  const pixel = `<script type="text/plain" data-service="meta-pixel">fbq = (...words) => (window.log ??= []).push(words.join(' '))</script>`
  const home = 'https://calls.shop.example/'
  world.route(
    home,
    fixturePage({
      body: pixel,
      policy: { ...policy, afterWithdraw: 'offer', categories: [...policy.categories, clicks] },
    }),
  )
  await page.goto(home)
  const told = () => {
    const { q } = (window as unknown as { clarity?: { q?: ArrayLike<unknown>[] } }).clarity ?? {}
    return [window.log ?? [], (q ?? []).map((entry) => JSON.stringify(Array.from(entry)))]
  }
  await page.eval(() => portti.rejectAll())
  expect(await page.eval(told)).toEqual([[], []])
  await page.eval(() => portti.choose({ ads: true, clicks: true }))
  await page.waitFor(() => 'fbq' in window)
  const yes = '["consentv2",{"ad_Storage":"granted","analytics_Storage":"granted"}]'
  const no = '["consentv2",{"ad_Storage":"denied","analytics_Storage":"denied"}]'
  expect(await page.eval(told)).toEqual([[], [yes]])
  await page.eval(() => portti.withdraw())
  expect(await page.eval(told)).toEqual([['consent revoke'], [yes, no]])
  await page.eval(() => portti.choose({ ads: true }))
  expect((await page.eval(told))[0]).toEqual(['consent revoke', 'consent grant'])
})
