// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://yritys.example/sivu" }
// biome-ignore-all lint/suspicious/noDocumentCookie: the library writes cookies like this, and jsdom has no other way.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { inJsdom } from '../../../test/fixtures/jsdom-natives.ts'
import { declared } from '../../../test/fixtures/policy.ts'
import { bridges } from './bridges/index.ts'
import { record } from './consent/record.ts'
import { createGate as gate } from './gate/gate.ts'
import type * as natives from './natives/natives.ts'
import { parseOrThrow as parse } from './policy/parse-or-throw.ts'
import { create, type Portti, type Ui, type UiContext } from './portti.ts'
import { catalogue } from './services/catalogue.ts'

vi.mock('./natives/natives.ts', async (original) => inJsdom(await original<typeof natives>()))

/** The global object of scripts in jsdom, which is not that of the test. */
const page = () =>
  (globalThis as unknown as { jsdom: { window: { ran: string[]; portti?: Portti } } }).jsdom.window
const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
const events: [type: string, detail: unknown][] = []
const note = (event: Event) => events.push([event.type, (event as CustomEvent).detail])
const started: Portti[] = []

beforeEach(() => {
  page().ran = []
  vi.spyOn(performance, 'now').mockReturnValue(0)
  for (const type of ['portti:ready', 'portti:change']) document.addEventListener(type, note)
})
afterEach(() => {
  for (const portti of started.splice(0)) portti.dispose()
  for (const type of ['portti:ready', 'portti:change']) document.removeEventListener(type, note)
  events.length = 0
  warn.mockReset().mockImplementation(() => {})
  document.body.replaceChildren()
  document.documentElement.removeAttribute('data-portti')
  localStorage.clear()
  for (const pair of document.cookie.split('; ')) document.cookie = `${pair.split('=')[0]}=;Max-Age=0;Path=/`
  for (const name of ['dataLayer', 'clarity', 'fbq']) Reflect.deleteProperty(window, name)
  Reflect.deleteProperty(page(), 'portti')
})

/** A user interface that writes down what it is asked to do. */
function fakeUi() {
  const calls: string[] = []
  const createUi = (_: UiContext): Ui => ({
    draw: () => () => {},
    language: () => 'sv',
    showBanner: () => void calls.push('showBanner'),
    showSettings: () => void calls.push('showSettings'),
    hide: () => void calls.push('hide'),
    setLanguage: (language) => void calls.push(`setLanguage ${language}`),
    changed: (stuck) => void calls.push(stuck ? 'changed, stuck' : 'changed'),
    dispose: () => void calls.push('dispose'),
  })
  return { createUi, calls }
}
function start(policy: unknown = declared, createUi?: (context: UiContext) => Ui): Portti {
  const portti = create(
    { policy },
    { parse, gate, bridges, record, catalogue, ...(createUi ? { createUi } : {}) },
  )
  started.push(portti)
  return portti
}
const script = (name: string, service: string) =>
  `<script type="text/plain" data-service="${service}">window.ran.push('${name}')</script>`
const put = (html: string) => document.body.insertAdjacentHTML('beforeend', html)
const mark = () => document.documentElement.getAttribute('data-portti')

describe('the policy', () => {
  test.each([
    ['an object', () => declared],
    ['JSON text', () => JSON.stringify(declared)],
  ])('may be %s: then everything is there at once', (_, given) => {
    const portti = start(given())
    expect(mark()).toBe('unasked')
    expect(events.map(([type]) => type)).toEqual(['portti:ready'])
    expect(portti.allows('necessary')).toBe(true)
  })

  test.each([
    ['a promise of an object', () => Promise.resolve(declared)],
    ['a promise of text', () => Promise.resolve(JSON.stringify(declared))],
  ])('may be %s: nothing happens until it is there', async (_, given) => {
    put(script('session', 'session'))
    const portti = start(given())
    expect([mark(), page().ran, portti.allows('necessary'), portti.held(), portti.record()]).toEqual([
      null,
      [],
      false,
      [],
      undefined,
    ])
    expect(await portti.ready).toBe(portti)
    expect([mark(), [...page().ran]]).toEqual(['unasked', ['session']])
  })

  const faulty: [string, () => unknown][] = [
    ['false', () => false],
    ['null', () => null],
    ['a number', () => 1],
    ['empty text', () => ''],
    ['a web page', () => '<!doctype html><title>404</title>'],
    ['half a policy', () => JSON.stringify(declared).slice(0, -20)],
    ['an empty object', () => ({})],
    ['an unknown service', () => ({ ...declared, categories: [{ id: 'social', services: ['linkdin'] }] })],
    [
      'a pre-ticked category',
      () => ({ ...declared, categories: [{ id: 'ads', default: true, services: [] }] }),
    ],
    [
      'a circle of needs',
      () => ({
        ...declared,
        categories: [
          { id: 'ads', needs: 'social', services: [] },
          { id: 'social', needs: 'ads', services: [] },
        ],
      }),
    ],
    [
      'a getter that throws',
      () =>
        Object.defineProperty({ ...declared }, 'categories', {
          enumerable: true,
          get: () => {
            throw new Error('trap')
          },
        }),
    ],
    ['a promise that fails', () => Promise.reject(new Error('offline'))],
    ['a promise that fails with nothing', () => Promise.reject()],
    ['a promise of nothing', () => Promise.resolve()],
  ]
  test.each(faulty)('that is %s holds everything, says so once and harms nothing', async (_, given) => {
    document.cookie = 'portti=1.1763769600123.accept;Path=/'
    const html = `${script('session', 'session')}${script('x', 'x')}<iframe data-service="youtube" data-src="/a"></iframe>`
    put(html)
    const { createUi, calls } = fakeUi()
    let portti: Portti | undefined
    expect(() => {
      portti = start(given(), createUi)
    }).not.toThrow()
    expect(await portti?.ready).toBe(portti)
    portti?.acceptAll()
    portti?.showBanner()
    expect(warn).toHaveBeenCalledOnce()
    expect(warn.mock.calls[0]?.[0]).toMatch(/^portti: the policy cannot be used, so everything stays held\./)
    expect(document.body.innerHTML).toBe(html)
    expect([mark(), page().ran, calls, events]).toEqual([null, [], [], []])
    expect([portti?.allows('necessary'), portti?.held(), portti?.record()]).toEqual([false, [], undefined])
  })
})

describe('a decision', () => {
  test('releases, is kept and announced', () => {
    put(script('ga', 'google-analytics') + script('x', 'x'))
    const portti = start()
    expect(document.cookie).toBe('')
    portti.choose({ analytics: true })
    expect([...page().ran]).toEqual(['ga'])
    expect(document.cookie).toMatch(/^portti=1\.\d{13}\.api\.ads:0:/)
    expect(portti.$decision.get()).toMatchObject({ kind: 'given', action: 'api' })
    expect(mark()).toBe('given')
    const analytics = ['analytics', 'google-analytics', 'microsoft-clarity']
    expect(events).toEqual([
      ['portti:ready', null],
      ['portti:change', { decision: portti.$decision.get(), granted: analytics, withdrawn: [] }],
    ])
  })

  test('says only what is new in it', () => {
    const portti = start({ ...declared, afterWithdraw: 'offer' })
    portti.choose({ social: true, media: true })
    portti.choose({ social: false, x: true, functional: true })
    const detail = events.at(-1)?.[1]
    expect(detail).toMatchObject({
      granted: ['functional', 'zef'],
      withdrawn: ['social', 'facebook', 'linkedin'],
    })
    portti.withdraw()
    expect(events.at(-1)?.[1]).toMatchObject({
      granted: [],
      withdrawn: ['functional', 'media', 'zef', 'x', 'youtube', 'instagram'],
    })
  })

  test('of an earlier page counts before anything asks', () => {
    start().choose({ analytics: true })
    started.pop()?.dispose()
    events.length = 0
    put(
      `<script type="text/plain" data-service="google-analytics">window.ran.push(String(portti.allows('analytics')), portti.$decision.get().kind)</script>`,
    )
    const later = new Promise((resolve) => setTimeout(() => resolve(declared)))
    page().portti = start(later)
    return page().portti?.ready.then(() => {
      expect([...page().ran]).toEqual(['true', 'given'])
      expect([mark(), events.map(([type]) => type)]).toEqual(['given', ['portti:ready']])
    })
  })

  test('reaches the bridges before what is released', () => {
    put(`<script type="text/plain" data-service="google-analytics">window.ran.push('ran')</script>`)
    const portti = start()
    const layer = (window as unknown as { dataLayer: ArrayLike<unknown>[] }).dataLayer
    const before = layer.length
    const seen: number[] = []
    page().ran.push = (...names: string[]) => seen.push(layer.length) + names.length
    portti.choose({ analytics: true })
    expect(seen).toEqual([before + 3])
    expect(Array.from(layer[before] ?? [])).toMatchObject([
      'consent',
      'update',
      { analytics_storage: 'granted', ad_storage: 'denied' },
    ])
  })

  test('is carried out although a vendor fails when it is told', () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {})
    put('<iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe>')
    const portti = start()
    portti.acceptAll()
    const fail = () => {
      throw new Error('a fault of the vendor')
    }
    Object.assign(window, { fbq: fail, clarity: fail })
    ;(window as unknown as { dataLayer: { push: unknown } }).dataLayer.push = fail
    expect(() => portti.withdraw()).not.toThrow()
    expect(document.querySelector('iframe')?.hasAttribute('src')).toBe(false)
    expect(portti.allows('media')).toBe(false)
    expect(report).toHaveBeenCalled()
    report.mockRestore()
  })

  test('is carried out although the site fails when it hears of it', () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { createUi, calls } = fakeUi()
    const portti = start(declared, createUi)
    portti.acceptAll()
    document.cookie = '_ga=1; Path=/'
    portti.$decision.listen(() => {
      throw new Error('a fault of the site')
    })
    calls.length = 0
    portti.withdraw()
    expect(document.cookie).not.toContain('_ga=')
    expect(events.at(-1)?.[0]).toBe('portti:change')
    expect(calls).toEqual(['changed'])
    expect(report).toHaveBeenCalledOnce()
    report.mockRestore()
  })

  test('clears what is left of services that may not run', () => {
    const portti = start()
    portti.choose({ analytics: true, ads: true })
    for (const name of ['_ga', '_fbp', 'cart']) document.cookie = `${name}=1;Path=/`
    localStorage.setItem('segments', '1')
    portti.choose({ ads: false })
    expect(document.cookie.replace(/portti=[^;]*/, 'portti')).toBe('portti; _ga=1; cart=1')
    expect(localStorage.length).toBe(0)
  })

  test('clears nothing before there is one', () => {
    document.cookie = '_ga=1;Path=/'
    start()
    expect(document.cookie).toBe('_ga=1')
  })

  test('starts and stops what waits for it', () => {
    const portti = start()
    const calls: string[] = []
    const undo = portti.when(
      'x',
      () => calls.push('start'),
      () => calls.push('stop'),
    )
    portti.choose({ social: true })
    portti.choose({ ads: false })
    portti.withdraw()
    portti.choose({ x: true })
    undo()
    portti.acceptAll()
    expect(calls).toEqual(['start', 'stop', 'start', 'stop'])
  })

  test('tells the user interface last, and whether something runs on', () => {
    put(script('x', 'x'))
    const { createUi, calls } = fakeUi()
    const portti = start({ ...declared, afterWithdraw: 'offer' }, createUi)
    document.addEventListener('portti:change', () => calls.push('event'), { once: true })
    portti.acceptAll()
    portti.withdraw()
    expect(calls).toEqual(['changed', 'event', 'changed', 'changed, stuck'])
  })
})

describe('the page', () => {
  test('may ask for two ids: the service of that category', () => {
    const portti = start()
    portti.choose({ social: true, x: false })
    expect([
      portti.allows('social', 'facebook'),
      portti.allows('social', 'x'),
      portti.allows('analytics', 'facebook'),
      portti.allows('social', 'nobody'),
    ]).toEqual([true, false, false, false])
  })

  test('may call everything before the policy is there: it is done then, in order', async () => {
    const { createUi, calls } = fakeUi()
    const portti = start(Promise.resolve(declared), createUi)
    portti.acceptAll()
    portti.choose({ ads: false })
    portti.showSettings()
    portti.setLanguage('fi')
    const ran = vi.fn()
    portti.when('social', ran)
    const root = document.createElement('div').attachShadow({ mode: 'open' })
    root.innerHTML = '<iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe>'
    portti.observe(root)
    await portti.ready
    expect([portti.allows('social'), portti.allows('ads')]).toEqual([true, false])
    expect(calls).toEqual(['changed', 'changed', 'changed', 'showSettings', 'setLanguage fi'])
    expect(ran).toHaveBeenCalledOnce()
    expect(root.querySelector('iframe')?.hasAttribute('src')).toBe(true)
  })

  test('gets a receipt', () => {
    const portti = start(declared, fakeUi().createUi)
    portti.rejectAll()
    expect(portti.record()).toMatchObject({
      scope: 'https://yritys.example',
      language: 'sv',
      action: 'reject',
      gpc: false,
    })
  })

  test('hears of Global Privacy Control', () => {
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true })
    const portti = start()
    portti.acceptAll()
    Reflect.deleteProperty(navigator, 'globalPrivacyControl')
    expect([portti.allows('analytics'), portti.allows('ads'), portti.record()?.gpc]).toEqual([
      true,
      false,
      true,
    ])
  })
})

describe('another copy', () => {
  test('is given the first', () => {
    const first = start()
    expect(start({ nonsense: true })).toBe(first)
    expect(warn).not.toHaveBeenCalled()
    expect(events.map(([type]) => type)).toEqual(['portti:ready'])
  })

  test('starts anew once the first was disposed of', () => {
    const first = start()
    first.dispose()
    const second = start()
    expect(second).not.toBe(first)
    second.acceptAll()
    expect(second.allows('ads')).toBe(true)
    expect(events.filter(([type]) => type === 'portti:change')).toHaveLength(1)
  })

  test('stays the only one when the first is disposed of again', () => {
    const first = start()
    first.dispose()
    const second = start()
    first.dispose()
    expect(start()).toBe(second)
  })
})

describe('disposing', () => {
  test('stops what was started and takes the user interface away', () => {
    const { createUi, calls } = fakeUi()
    const portti = start(declared, createUi)
    const stop = vi.fn()
    portti.acceptAll()
    portti.when('ads', () => {}, stop)
    portti.dispose()
    expect(stop).toHaveBeenCalledOnce()
    expect(calls.at(-1)).toBe('dispose')
  })

  test('before the policy is there lets nothing begin', async () => {
    put(script('session', 'session'))
    const portti = start(Promise.resolve(declared))
    portti.dispose()
    await portti.ready
    expect([page().ran, mark(), events]).toEqual([[], null, []])
  })

  test('holds what comes later', async () => {
    const portti = start()
    portti.acceptAll()
    portti.dispose()
    put(script('x', 'x'))
    await new Promise((resolve) => setTimeout(resolve))
    expect(page().ran).toEqual([])
  })
})
