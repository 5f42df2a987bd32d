/**
 * A short run of the bench, so that it cannot rot: every contestant does the task that its figures are for. Nothing here is
 * timed.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Chromium, startChromium } from '../chromium.ts'
import { contestants, withGuard } from '../contestants/index.ts'
import { porttiTemplate } from '../contestants/portti.ts'
import { inOneTrace } from '../measures/bench.ts'
import { firstView } from '../measures/first-view.ts'
import { looks } from '../probe.ts'
import { openServer, type Server } from '../server.ts'
import { expected, manyFrames, manyServices, ordinary } from '../task.ts'
import { asVisitor, settle } from '../visit.ts'

let server: Server
let browser: Chromium

beforeAll(async () => {
  server = await openServer()
  browser = await startChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const asking = withGuard.flatMap((contestant) =>
  contestant.ui ? [{ ...contestant, ui: contestant.ui }] : [],
)

describe.each(asking)('$name', (contestant) => {
  const { ui, cannot } = contestant

  test('asks, runs nothing before the yes and everything after it, and does not ask again', async () => {
    const task = ordinary(server.trackers)
    const url = server.publish(contestant, task)
    await asVisitor(browser, async (visitor) => {
      const visit = await visitor.visit(url, { watch: ui })
      expect(await visit.waitFor('benchSeen.banner !== undefined')).toBe(true)
      // One of them hears no clicks for its first half second.
      await settle()
      expect(await visit.evaluate('diary')).toEqual([])
      await visit.click(ui.accept)
      expect(await visit.waitFor(`diary.length === ${expected(task)}`)).toBe(true)
      await visit.close()

      const next = await visitor.visit(url)
      expect(await next.waitFor(`diary.length === ${expected(task)}`)).toBe(true)
      expect(await next.isShown(ui.accept)).toBe(false)
    })
  })

  test('opens its settings, in Finnish', async () => {
    const url = server.publish(contestant, manyServices(5, server.trackers))
    await asVisitor(browser, async (visitor) => {
      const visit = await visitor.visit(url, { watch: ui })
      expect(await visit.waitFor('benchSeen.banner !== undefined')).toBe(true)
      await settle()
      await visit.click(ui.settings)
      expect(await visit.waitFor('benchSeen.opened !== undefined')).toBe(true)
      const text = await visit.evaluate(
        'document.body.innerText + (document.querySelector("#portti")?.shadowRoot.textContent ?? "")',
      )
      expect(text).toMatch(/evästei|hyväksy|suostu|tallenna|hylkää/i)
    })
  })

  test.skipIf(cannot?.frames)('holds frames until the yes', async () => {
    const url = server.publish(contestant, manyFrames(2, server.trackers))
    const frames = "document.querySelectorAll('iframe[src*=video]').length"
    await asVisitor(browser, async (visitor) => {
      const visit = await visitor.visit(url, { watch: ui })
      expect(await visit.waitFor('benchSeen.banner !== undefined')).toBe(true)
      await settle()
      expect(await visit.evaluate(frames)).toBe(0)
      await visit.click(ui.accept)
      expect(await visit.waitFor(`${frames} === 2`)).toBe(true)
    })
  })
})

test('Portti holds frames in templates too', async () => {
  const url = server.publish(porttiTemplate, manyFrames(2, server.trackers))
  await asVisitor(browser, async (visitor) => {
    const visit = await visitor.visit(url)
    expect(await visit.evaluate("document.querySelectorAll('iframe').length")).toBe(0)
  })
})

test('the page with nothing on it runs nothing, moves nothing, and its largest paint is its own picture', async () => {
  const [none] = contestants
  if (!none) throw new Error('nobody takes part')
  const url = server.publish(none, ordinary(server.trackers))
  await asVisitor(browser, async (visitor) => {
    const visit = await visitor.visit(url)
    expect(await visit.evaluate('diary')).toEqual([])
    expect(await visit.evaluate(looks)).toEqual({ shift: 0, largest: 'page: img' })
  })
})

test('a first view and a returning one leave figures', async () => {
  const [, floor] = contestants
  if (!floor) throw new Error('nobody takes part')
  const taken = await inOneTrace({ browser, server }, firstView, [floor])
  const { values = {}, remarks } = taken.get('floor') ?? {}
  expect(remarks).toEqual([])
  expect(values.cpu).toBeGreaterThan(0)
  expect(values['return-cpu']).toBeGreaterThan(0)
  expect(values['return-request']).toBeGreaterThan(0)
  expect(values.elements).toBeGreaterThan(100)
})
