/** Storage that is full, refused or forgetful, and clocks that are ten years off. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, button, type Fixture, fixturePage, policy, porttiFile } from './fixture.ts'
import { openWorld, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window & typeof globalThis & { ran?: string[] }

const DAY = 86_400_000
const YEARS = 10 * 365.25
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

const BODY = `<script type="text/plain" data-service="google-analytics">(window.ran ??= []).push('x')</script>`
const state = () => document.documentElement.dataset.portti

async function open(name: string, more: Partial<Fixture> = {}): Promise<void> {
  const url = `https://${name}.shop.example/`
  world.route(url, fixturePage({ body: BODY, ...more, first: consoleTap() + (more.first ?? '') }))
  await page.goto(url)
}
/** The page asks, holds, follows the answer, tells nothing to the console; and whether it remembers. */
async function answerAndReturn(): Promise<boolean> {
  await page.element(button('accept'))
  expect(await page.eval(() => window.ran ?? [])).toEqual([])
  await page.click(button('accept'))
  await page.waitFor(() => window.ran?.length === 1)
  expect(await page.eval(state)).toBe('given')
  const note = await page.has('#portti >>> [part="note"]')
  expect(await page.console()).toEqual([])
  await page.reload()
  await arrived(page, world)
  const remembered = (await page.eval(state)) === 'given'
  expect(await page.eval(() => window.ran ?? [])).toEqual(remembered ? ['x'] : [])
  expect(await page.has(button('accept'))).toBe(!remembered)
  // What is forgotten is said.
  expect(note).toBe(!remembered)
  expect(await page.console()).toEqual([])
  return remembered
}
/** Cookies that the page writes vanish. */
const swallowed = `<script>{ const real = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
  Object.defineProperty(Document.prototype, 'cookie', { ...real, set() {} }) }</script>`
/** Fills the origin's localStorage to the last character. */
const filled = `<script>for (let text = 'x'.repeat(1 << 20); text.length > 0; text = text.slice(0, text.length / 2))
  try { for (let n = 0; n < 64; n++) localStorage.setItem('full' + text.length + '-' + n, text) } catch {}</script>`

describe('an answer', () => {
  test('is kept in the cookie although localStorage is full', async () => {
    await open('full-local', { first: filled })
    expect(await answerAndReturn()).toBe(true)
    expect((await page.storage()).cookie).toMatch(/^portti=1\./)
  })

  test('counts on this page only, and says so, where localStorage is full and cookies vanish', async () => {
    await open('full-both', { first: swallowed + filled })
    expect(await answerAndReturn()).toBe(false)
    expect(await page.eval(() => localStorage.getItem('portti'))).toBe(null)
  })

  test.for([
    ['throw when they are touched', `throw new DOMException('refused', 'SecurityError')`],
    ['are not there', 'return null'],
  ] as const)(
    'counts on this page only, and says so, where both storages %s and cookies vanish',
    async ([how, code]) => {
      const refusing = `<script>for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(window, name, { get() { ${code} } })</script>`
      await open(`refused-${how.split(' ')[0]}`, { first: swallowed + refusing })
      expect(await answerAndReturn()).toBe(false)
    },
  )

  test('counts on this page only, and says so, where reading and writing a cookie throws and localStorage forgets', async () => {
    const throwing = `<script>Object.defineProperty(Document.prototype, 'cookie', { configurable: true,
        get() { throw new DOMException('refused', 'SecurityError') }, set() { throw new DOMException('refused', 'SecurityError') } })
      Storage.prototype.setItem = () => {}</script>`
    await open('throwing', { first: throwing })
    expect(await answerAndReturn()).toBe(false)
  })

  test('longer than a cookie of ours may be is kept in localStorage', async () => {
    const own = (number: number) => ({
      id: `palvelu-${number}`,
      name: `Palvelu ${number}`,
      provider: {
        name: 'Acme Oy',
        country: 'FI',
        role: 'processor',
        privacyNotice: 'https://acme.example/privacy',
      },
      transfer: { ground: 'eea' },
      urls: [`p${number}.acme.example`],
    })
    const many = Array.from({ length: 60 }, (_, number) => ({
      id: `oma-${number}`,
      title: `Oma ${number}`,
      description: 'Oma tarkoitus.',
      services: [own(number)],
    }))
    await open('long', { policy: { ...policy, categories: [...policy.categories, ...many] } })
    expect(await answerAndReturn()).toBe(true)
    const { cookie, localStorage } = await page.storage()
    expect(cookie).toBe('')
    expect(localStorage?.portti?.length).toBeGreaterThan(1024)
  })
})

describe('a clock', () => {
  /** Sets every clock of the page off by so many days, before anything of ours reads one. */
  const clock = (days: number) => `<script>{ const Real = Date, off = ${days} * ${DAY}
    window.Date = class extends Real { constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + off) } static now() { return Real.now() + off } } }</script>`
  const kind = () => portti.$decision.get().kind

  test('ten years ahead makes an answer too old, and one given then is none when it is right again', async () => {
    await open('ahead')
    await page.click(button('accept'))
    await page.waitFor(() => window.ran?.length === 1)
    await open('ahead', { first: clock(YEARS) })
    await page.element(button('accept'))
    await arrived(page, world)
    expect(await page.eval(() => [portti.$decision.get().kind, window.ran ?? []])).toEqual(['lapsed', []])
    await page.click(button('accept'))
    await page.waitFor(() => window.ran?.length === 1)
    await open('ahead', { first: clock(YEARS + 1) })
    await page.waitFor(() => window.ran?.length === 1)

    await open('ahead')
    await page.element(button('accept'))
    await arrived(page, world)
    expect(await page.eval(() => [portti.$decision.get().kind, window.ran ?? []])).toEqual(['unasked', []])
    await page.click(button('reject'))
    await page.reload()
    await arrived(page, world)
    expect(await page.eval(kind)).toBe('given')
    expect(await page.eval(() => window.ran ?? [])).toEqual([])
  })

  test('ten years behind asks again, and an answer given then is too old when it is right again', async () => {
    await open('behind')
    await page.click(button('accept'))
    await page.waitFor(() => window.ran?.length === 1)
    await open('behind', { first: clock(-YEARS) })
    await page.element(button('accept'))
    await arrived(page, world)
    expect(await page.eval(() => [portti.$decision.get().kind, window.ran ?? []])).toEqual(['unasked', []])
    await page.click(button('accept'))
    await page.waitFor(() => window.ran?.length === 1)

    await open('behind')
    await page.element(button('accept'))
    await arrived(page, world)
    expect(await page.eval(() => [portti.$decision.get().kind, window.ran ?? []])).toEqual(['lapsed', []])
    expect(await page.console()).toEqual([])
  })

  test('that is set back never makes an answer count longer than the policy says', async () => {
    await open('back')
    await page.click(button('reject'))
    const months = (12 * 365.25) / 12
    for (const [days, expected] of [
      [-0.9, 'given'],
      [-1.1, 'unasked'],
      [-400, 'unasked'],
      [months - 0.1, 'given'],
      [months + 0.1, 'lapsed'],
    ] as const) {
      await open('back', { first: clock(days) })
      await page.waitFor(() => document.documentElement.dataset.portti)
      expect([days, await page.eval(kind)]).toEqual([days, expected])
    }
  })
})
