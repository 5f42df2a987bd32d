/** 200 and more texts that would like to run or to be markup, as names and descriptions of a policy, in a real engine. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { texts as all } from '../fixtures/hostile-texts.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, fixturePage, policy, porttiFile } from './fixture.ts'
import { openWorld, type World } from './world.ts'

// What functions that run in the page see there.
declare const window: Window & typeof globalThis & { ran?: unknown }

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

/** Half a character does not come through a driver; it is tried in test/hostile-policy.test.ts. */
const texts = all.filter((text) => !/\p{Surrogate}/u.test(text))
/** So many on one page. */
const PART = 40
const parts = Array.from({ length: Math.ceil(texts.length / PART) }, (_, part) => [part] as const)

test.for(parts)(
  'hostile texts are shown as they stand, and run, fetch and draw nothing (part %i)',
  async ([part]) => {
    const some = texts.slice(part * PART, (part + 1) * PART)
    const own = (text: string, number: number) => ({
      id: `s-${number}`,
      name: text,
      provider: {
        name: text,
        country: 'FI',
        role: 'processor',
        privacyNotice: 'https://acme.example/privacy',
      },
      transfer: { ground: 'eea' },
      cookies: [{ name: `c${number}`, days: 9, purpose: text }],
    })
    const hostile = {
      ...policy,
      controller: { ...policy.controller, name: some[0] },
      categories: [
        ...policy.categories,
        ...some.map((text, number) => ({
          id: `own-${number}`,
          title: text,
          description: text,
          services: [own(text, number)],
        })),
      ],
    }
    world.route(
      `https://texts-${part}.shop.example/`,
      fixturePage({ body: '<p>Sivu</p>', policy: hostile, first: consoleTap() }),
    )
    await page.goto(`https://texts-${part}.shop.example/`)
    await page.click('#portti >>> [data-portti-action="settings"]')
    await page.element('#portti >>> dialog[open] h2')
    await page.eval(() => {
      for (const one of document.querySelector('#portti')?.shadowRoot?.querySelectorAll('details') ?? [])
        one.open = true
    })
    const cells = () => document.querySelector('#portti')?.shadowRoot?.querySelectorAll('table').length ?? 0
    await expect.poll(() => page.eval(cells)).toBeGreaterThanOrEqual(some.length)
    await arrived(page, world)
    expect(await page.eval(() => 'ran' in window)).toBe(false)
    const [shown, drawn] = await page.eval(() => {
      const root = document.querySelector('#portti')?.shadowRoot
      const elements = [...(root?.querySelectorAll('*') ?? [])]
      const allowed =
        /^(div|section|dialog|h2|h3|h4|p|span|a|button|ul|li|ol|dl|dt|dd|label|input|details|summary|table|caption|thead|tbody|tr|th|td|svg|path|strong|b|em|br|form|fieldset|legend|header|footer|time|small)$/
      return [
        root?.textContent ?? '',
        elements
          .filter(
            (one) =>
              !allowed.test(one.localName) ||
              [...one.attributes].some(({ name }) => name.startsWith('on') || name === 'srcdoc'),
          )
          .map(({ localName }) => localName),
      ]
    })
    expect(drawn).toEqual([])
    // Some are shown with a small first letter, in the middle of a sentence; in their tables they stand as they are.
    expect(some.filter((text) => !shown.includes(text))).toEqual([])
    expect(world.thirdParty('shop.example')).toEqual([])
    expect(await page.console()).toEqual([])
  },
)
