/** How the user interface looks: axe, equal buttons, contrast, room on small screens, print, and pictures for people to look at. */
import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { findings } from './axe.ts'
import { engine, launch, type Page } from './engines.ts'
import { policy, porttiFile } from './fixture.ts'
import {
  asked,
  BANNER,
  button,
  controls,
  EVERYTHING,
  flip,
  inDialog,
  look,
  open,
  showSettings,
} from './ui-page.ts'
import { openWorld, siteFiles, standIns, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window & typeof globalThis & { shifts?: number }

const SHOTS = 'test/shots'
const SIZES = [
  ['desktop', 1280, 720],
  ['phone', 360, 640],
  ['small', 320, 568],
  ['tiny', 320, 256],
] as const

let world: World
beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  world = await openWorld(
    porttiFile,
    siteFiles('*.kilpisuoja.example', ['demo/sites/kilpisuoja', 'demo/shared', 'demo']),
    standIns(),
  )
})
afterAll(() => world?.close())
beforeEach(() => world.clear())

const drawn = (page: Page) =>
  page.eval(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))

describe.each([
  ['light', false],
  ['dark', true],
] as const)('in %s', (scheme, dark) => {
  let page: Page
  beforeAll(async () => {
    page = await launch(engine, { world, dark })
  })
  afterAll(() => page?.close())
  beforeEach(() => page.resize(1280, 720))

  const shot = async (name: string) => {
    await drawn(page)
    await page.screenshot(`${SHOTS}/${engine}-${scheme}-${name}.png`)
  }

  test('axe finds nothing in banner, placeholders, settings and lasting control', async () => {
    const head = '<style>body { background: #fff; color: #000 } main a, header a { color: #00f }</style>'
    const check = async (what: string) => {
      const { violations, incomplete } = await findings(page)
      expect([what, violations]).toEqual([what, []])
      // A control below the fold of a box that scrolls lies over nothing that axe could see.
      expect([
        what,
        incomplete.filter(
          (line) => !/^color-contrast: .*(scroll|overlap|obscur|outside|part of|fully)/i.test(line),
        ),
      ]).toEqual([what, []])
    }
    const host = `axe-${scheme}`
    await open(page, world, host, { head })
    await asked(page)
    expect(await page.eval(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(dark)
    await check('banner and placeholders')
    await showSettings(page, true)
    await check('settings')
    await page.click(inDialog('close'))
    await open(page, world, `${host}-lasting`, { head, body: '<main><h1>Mallila</h1><p>Tekstiä.</p></main>' })
    await asked(page)
    await page.click(button('reject'))
    await page.element('#portti >>> [part="reopen"]')
    await check('lasting control')
    await shot('reopen')
  })

  test('no title in the settings breaks inside a word on a small phone', async () => {
    await page.resize(320, 568)
    await open(page, world, `words-${scheme}`)
    await asked(page)
    await showSettings(page)
    const lines = await page.eval(() => {
      const words: string[] = []
      for (const title of document.querySelector('#portti')?.shadowRoot?.querySelectorAll('h3 span') ?? []) {
        const text = title.firstChild
        if (!(text instanceof Text)) continue
        for (const { index, 0: word } of text.data.matchAll(/[^\s-]+/g)) {
          const range = document.createRange()
          range.setStart(text, index)
          range.setEnd(text, index + word.length)
          words.push(`${word}: ${new Set([...range.getClientRects()].map(({ top }) => top)).size}`)
        }
      }
      return words
    })
    expect(lines).toContain('Välttämättömät: 1')
    expect(lines.filter((word) => !word.endsWith(': 1'))).toEqual([])
  })

  test('the answers are of one size and look, and all can be read, at rest, pointed at and with the focus', async () => {
    await open(page, world, `equal-${scheme}`)
    await asked(page)
    const names = ['reject', 'accept', 'settings']
    for (const state of ['rest', 'hover', 'focus']) {
      const looks = []
      for (const name of names) {
        await page.hover(state === 'hover' ? button(name) : 'h1')
        if (state === 'focus') {
          await page.eval(() =>
            document.querySelector('#portti')?.shadowRoot?.querySelector<HTMLElement>('a')?.focus(),
          )
          for (let tab = 0; tab < names.indexOf(name) + 2; tab++) await page.press('Tab')
        }
        looks.push(await look(page, `.g [data-portti-action=${name}]`))
      }
      for (const one of looks) {
        expect([state, one.style]).toEqual([state, looks[0]?.style])
        expect(Math.abs(one.width - (looks[0]?.width ?? 0))).toBeLessThanOrEqual(1)
        expect(Math.abs(one.height - (looks[0]?.height ?? 0))).toBeLessThanOrEqual(1)
        expect(one.text).toBeGreaterThanOrEqual(4.5)
        expect(one.edge).toBeGreaterThanOrEqual(3)
        if (state === 'focus') expect(one.style).toMatch(/outline-style: solid\noutline-width: [23]px/)
      }
    }
  })

  test('the switches stand out from what lies behind them, on and off, and say so in words', async () => {
    await open(page, world, `switch-${scheme}`)
    await showSettings(page)
    for (const [checked, word] of [
      [false, 'Ei sallittu'],
      [true, 'Sallittu'],
    ] as const) {
      const { edge } = await look(page, 'input[value=ads]')
      expect([checked, edge >= 3]).toEqual([checked, true])
      const said = () =>
        [
          ...(document
            .querySelector('#portti')
            ?.shadowRoot?.querySelector('input[value=ads]')
            ?.parentElement?.querySelectorAll('small') ?? []),
        ]
          .filter((one) => getComputedStyle(one).display !== 'none')
          .map(({ textContent }) => textContent)
      expect(await page.eval(said)).toEqual([word])
      if (!checked) await flip(page, 'ads')
    }
  })

  test.each(SIZES)('pictures at %s are taken', async (size, width, height) => {
    await page.resize(width, height)
    await page.goto(`https://${scheme}-${size}.kilpisuoja.example/index.html?panel=off`)
    await asked(page)
    await shot(`${size}-1-banner`)
    await showSettings(page)
    await shot(`${size}-2-settings`)
    await page.eval(() => {
      const root = document.querySelector('#portti')?.shadowRoot
      root?.querySelector<HTMLElement>('input[value=analytics]')?.click()
      const details = root?.querySelector<HTMLDetailsElement>('details[data-portti-service=google-analytics]')
      details?.querySelector('summary')?.click()
      details?.scrollIntoView()
    })
    await page.waitFor(() => document.querySelector('#portti')?.shadowRoot?.querySelector('table'))
    await shot(`${size}-3-details`)
    await open(page, world, `shots-${scheme}-${size}`, {
      head: `<style>:root { color-scheme: ${scheme} } body { font-family: sans-serif }</style>`,
    })
    await asked(page)
    await page.eval(() => portti.rejectAll())
    await page.gone(BANNER)
    await shot(`${size}-4-places`)
    await page.eval(() => document.querySelector('[data-portti-place=x]')?.scrollIntoView({ block: 'end' }))
    await shot(`${size}-5-widget`)
  })
})

describe('on any screen', () => {
  let page: Page
  beforeAll(async () => {
    page = await launch(engine, { world })
  })
  afterAll(() => page?.close())
  beforeEach(() => page.resize(1280, 720))

  /** What sticks out of a box that would then scroll sideways. */
  const sideways = () => {
    const root = document.querySelector('#portti')?.shadowRoot
    const boxes = [...(root?.querySelectorAll('.s, dialog, section') ?? [])]
    const page = document.documentElement
    return [
      ...(page.scrollWidth > page.clientWidth ? ['the page'] : []),
      ...boxes
        .filter((box) => box.scrollWidth > box.clientWidth + 1)
        .map((box) => {
          box.scrollLeft = 0
          const edge = box.getBoundingClientRect().left + box.clientWidth + 1
          const out = [...box.querySelectorAll('*')].find((one) => one.getBoundingClientRect().right > edge)
          return `${box.localName}.${box.className}: ${out?.localName}.${out?.className} ${out?.textContent}`
        }),
    ]
  }
  /** Everything in `selector` that a visitor may use: reached, large enough, and nothing scrolls sideways. */
  async function usable(page: Page, host: string, selector: string): Promise<void> {
    const found = await controls(page, host, `${selector} $`)
    expect(found.length).toBeGreaterThan(0)
    expect(found.filter(({ reached }) => !reached)).toEqual([])
    expect(found.filter(({ width, height }) => width < 24 || height < 23.99)).toEqual([])
    const large = await controls(page, host, `${selector} .g>$`)
    expect(large.filter(({ height }) => height < 44)).toEqual([])
    expect(await page.eval(sideways)).toEqual([])
  }

  test.each(SIZES)('every control is there, large enough and in reach: %s', async (size, width, height) => {
    await page.resize(width, height)
    await open(page, world, `reflow-${size}`)
    await asked(page)
    const box = await page.eval(() => {
      const { top, bottom, height } =
        document.querySelector('#portti')?.shadowRoot?.querySelector('section')?.getBoundingClientRect() ??
        new DOMRect()
      return { top, bottom, height }
    })
    expect(box.top).toBeGreaterThanOrEqual(0)
    expect(box.bottom).toBeLessThanOrEqual(height)
    if (height >= 640) expect(box.height).toBeLessThanOrEqual(height / 2 + 1)
    // Both answers are seen without scrolling.
    const answers = await page.eval(() =>
      ['reject', 'accept', 'settings'].map((name) => {
        const root = document.querySelector('#portti')?.shadowRoot
        const one = root?.querySelector(`.g [data-portti-action=${name}]`)
        const { left, top, width, height } = one?.getBoundingClientRect() ?? new DOMRect()
        return root?.elementFromPoint(left + width / 2, top + height / 2) === one
      }),
    )
    expect(answers).toEqual([true, true, true])
    await usable(page, '#portti', 'section')
    await showSettings(page, true)
    await usable(page, '#portti', 'dialog')
    await page.click(inDialog('reject'))
    for (const place of ['youtube', 'instagram', 'x'])
      await usable(page, `[data-portti-place=${place}]`, '.e')
  })

  test('the same controls come in the same order at every width', async () => {
    await open(page, world, 'order')
    await asked(page)
    const orders = []
    for (const [, width, height] of SIZES) {
      await page.resize(width, height)
      orders.push((await controls(page, '#portti', 'section $')).map(({ name }) => name))
    }
    for (const order of orders) expect(order).toEqual(orders[0])
  })

  test.each([
    [
      'text spacing',
      '',
      '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}',
    ],
    ['text of twice the size', '<style>html{font-size:200%}</style>', ''],
  ])('%s cuts nothing off and lays nothing over anything', async (_, head, own) => {
    for (const [width, height] of [
      [1280, 720],
      [320, 568],
    ] as const) {
      await page.resize(width, height)
      await open(page, world, `text-${own.length}-${width}`, { head })
      await asked(page)
      const addOwn = () =>
        page.eval((css) => {
          for (const host of document.querySelectorAll('#portti, [data-portti-place]')) {
            const style = document.createElement('style')
            style.textContent = css
            host.shadowRoot?.append(style)
          }
        }, own)
      await addOwn()
      const cut = () =>
        [
          ...(document
            .querySelector('#portti')
            ?.shadowRoot?.querySelectorAll('button, h2, h3, label, summary, td, th, li, p') ?? []),
        ]
          .filter(
            (one) =>
              one.scrollWidth > one.clientWidth + 1 &&
              getComputedStyle(one).display !== 'inline' &&
              one.clientWidth > 1,
          )
          .map((one) => one.textContent)
      const overlapping = () => {
        const buttons = [
          ...(document.querySelector('#portti')?.shadowRoot?.querySelectorAll('.g > button') ?? []),
        ].map((one) => one.getBoundingClientRect())
        return buttons.some((one, at) =>
          buttons.some(
            (other, next) =>
              next > at &&
              one.right > other.left + 1 &&
              other.right > one.left + 1 &&
              one.bottom > other.top + 1 &&
              other.bottom > one.top + 1,
          ),
        )
      }
      await usable(page, '#portti', 'section')
      expect(await page.eval(cut)).toEqual([])
      expect(await page.eval(overlapping)).toBe(false)
      await showSettings(page, true)
      await usable(page, '#portti', 'dialog')
      expect(await page.eval(cut)).toEqual([])
      await page.click(inDialog('reject'))
      for (const place of ['youtube', 'instagram', 'x'])
        await usable(page, `[data-portti-place=${place}]`, '.e')
    }
  })

  test('the focus is seen on every control, whatever the page resets', async () => {
    const head = `<style>
      *, *::before, *::after { outline: none !important; box-shadow: none !important; border: 0 !important; margin: 0 !important; color: #eee !important; font: 3px cursive !important }
      :focus, :focus-visible { outline: 0 !important }
      #portti::part(button):focus-visible, #portti::part(button) { outline: none !important }
      button, a, input { all: unset !important; display: none !important }
      section, dialog, div { position: static !important }
    </style>`
    await open(page, world, 'reset', { head })
    await asked(page)
    for (let at = 0; at < 5; at++) {
      await page.press('Tab')
      const seen = await page.eval(() => {
        const one = document.querySelector('#portti')?.shadowRoot?.activeElement
        if (!one) return undefined
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one)
        const { width, height } = one.getBoundingClientRect()
        return {
          outlineStyle,
          width: Number.parseFloat(outlineWidth),
          outlineColor,
          shown: width > 24 && height >= 23.99,
        }
      })
      expect(seen).toMatchObject({ outlineStyle: 'solid', shown: true })
      expect(seen?.width).toBeGreaterThanOrEqual(2)
      expect(seen?.outlineColor).toBe('rgb(27, 31, 38)')
    }
  })

  test('no link of the page that has the focus lies under the banner', async () => {
    const links = Array.from(
      { length: 30 },
      (_, at) => `<p style="margin: 0 0 18px"><a href="/${at}" id="l${at}">Linkki ${at}</a></p>`,
    ).join('')
    await open(page, world, 'links', { body: `<main>${links}</main>` })
    await asked(page)
    const hidden = []
    for (let at = 0; at < 35; at++) {
      await page.press('Tab')
      await drawn(page)
      const under = await page.eval(() => {
        const one = document.activeElement
        if (!one?.id.startsWith('l')) return 'ours'
        const { left, right, top, bottom } = one.getBoundingClientRect()
        const seen = [top + 1, (top + bottom) / 2, bottom - 1].some(
          (y) => document.elementFromPoint((left + right) / 2, y) === one,
        )
        return seen ? '' : one.id
      })
      hidden.push(under)
    }
    expect(hidden.filter((one) => one === '')).toHaveLength(30)
  })

  test('nothing moves', async () => {
    await open(page, world, 'motion')
    await asked(page)
    await showSettings(page)
    await flip(page, 'ads')
    const moving = () =>
      [document, document.querySelector('#portti')?.shadowRoot].flatMap((root) =>
        (root?.getAnimations() ?? []).map(({ id }) => id),
      ).length +
      [...(document.querySelector('#portti')?.shadowRoot?.querySelectorAll('*') ?? [])].filter(
        (one) =>
          getComputedStyle(one).animationName !== 'none' ||
          /[1-9]/.test(getComputedStyle(one).transitionDuration),
      ).length
    expect(await page.eval(moving)).toBe(0)
  })

  test('a page from right to left keeps it right, and our texts run their own way', async () => {
    const rtl = EVERYTHING.replace('<main>', '<main dir="rtl">')
    await open(page, world, 'rtl', { body: `${rtl}<script>document.documentElement.dir = 'rtl'</script>` })
    await asked(page)
    await drawn(page)
    const sides = () => {
      const root = document.querySelector('#portti')?.shadowRoot
      const section = root?.querySelector('section')?.getBoundingClientRect() ?? new DOMRect()
      const heading = root?.querySelector('h2')
      return {
        left: Math.round(section.left),
        right: Math.round(innerWidth - section.right),
        align: heading && getComputedStyle(heading).direction,
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }
    }
    const { left, right, align, over } = await page.eval(sides)
    expect(Math.abs(left - right)).toBeLessThanOrEqual(16)
    expect([align, over]).toEqual(['ltr', 0])
    // Turned around as for Arabic, the layout is logical: nothing sticks to a side.
    await showSettings(page)
    const mirrored = await page.eval(() => {
      const host = document.querySelector<HTMLElement>('#portti')
      const measure = () => {
        const input =
          host?.shadowRoot?.querySelector('input[value=ads]')?.getBoundingClientRect() ?? new DOMRect()
        const title =
          host?.shadowRoot
            ?.querySelector('input[value=ads]')
            ?.parentElement?.querySelector('span')
            ?.getBoundingClientRect() ?? new DOMRect()
        return input.left > title.left
      }
      const before = measure()
      if (host) host.dir = 'rtl'
      return [before, measure()]
    })
    expect(mirrored).toEqual([true, false])
    expect(await page.eval(sideways)).toEqual([])
  })

  test.skipIf(engine === 'webkit')('nothing of ours is printed', async () => {
    await open(page, world, 'print')
    await asked(page)
    const display = () =>
      ['#portti', '[data-portti-place=youtube]'].map(
        (host) => getComputedStyle(document.querySelector(host) as Element).display,
      )
    const print = (on: boolean) =>
      engine === 'chromium'
        ? page.cdp('Emulation.setEmulatedMedia', { media: on ? 'print' : '' })
        : page.runInBrowser(
            `gBrowser.selectedBrowser.browsingContext.mediumOverride = '${on ? 'print' : ''}'`,
          )
    expect(await page.eval(display)).not.toContain('none')
    await print(true)
    expect(await page.eval(display)).toEqual(['none', 'none'])
    await print(false)
  })

  test.runIf(engine === 'chromium')(
    'nothing of the page shifts for banner and placeholders of known size',
    async () => {
      const first = `<script>
      window.shifts = 0
      new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shifts += value }).observe({ type: 'layout-shift', buffered: true })
    </script>`
      const frame =
        '<iframe data-service="youtube" data-src="https://www.youtube.com/embed/x" width="560" height="315" frameborder="0" title="Video"></iframe>'
      await open(page, world, 'shift', {
        first,
        head: '<style>html { overflow-y: scroll }</style>',
        body: `<h1>Mallila</h1>${frame}<p>Väli ${frame} väli</p>${'<p>Loppu</p>'.repeat(20)}`,
      })
      await asked(page)
      await new Promise((done) => setTimeout(done, 500))
      await page.click(button('accept'))
      await page.gone(BANNER)
      await new Promise((done) => setTimeout(done, 500))
      expect(await page.eval(() => window.shifts)).toBe(0)
    },
  )

  test.runIf(engine === 'chromium')(
    'with forced colours buttons keep edges and switches tell on from off by shape and words',
    async () => {
      await page.mediaFeatures({ forcedColors: true })
      await open(page, world, 'forced')
      await asked(page)
      expect(await page.eval(() => matchMedia('(forced-colors: active)').matches)).toBe(true)
      for (const name of ['reject', 'accept', 'settings']) {
        const { style, edge, text } = await look(page, `.g [data-portti-action=${name}]`)
        expect(style).toMatch(/border-top-width: [12](\.\d+)?px\nborder-top-style: solid/)
        expect(edge).toBeGreaterThanOrEqual(3)
        expect(text).toBeGreaterThanOrEqual(4.5)
      }
      await showSettings(page)
      const knob = () => {
        const input = document.querySelector('#portti')?.shadowRoot?.querySelector('input[value=ads]')
        return input && getComputedStyle(input, '::before').marginInlineStart
      }
      const off = await page.eval(knob)
      await flip(page, 'ads')
      expect(await page.eval(knob)).not.toBe(off)
      await drawn(page)
      await page.screenshot(`${SHOTS}/${engine}-forced-settings.png`)
      await page.mediaFeatures({})
    },
  )

  test('the theme of the site colours what is ours, its font too', async () => {
    const theme = {
      accent: '#8a1538',
      background: '#fff8f0',
      text: '#2a1a10',
      radius: '4px',
      font: 'monospace',
    }
    await open(page, world, 'theme', { policy: { ...policy, theme } })
    await asked(page)
    const style = await page.eval(() => {
      const section = document.querySelector('#portti')?.shadowRoot?.querySelector('section') as Element
      const { backgroundColor, color, fontFamily, borderTopLeftRadius } = getComputedStyle(section)
      return [backgroundColor, color, fontFamily, borderTopLeftRadius]
    })
    expect(style).toEqual(['rgb(255, 248, 240)', 'rgb(42, 26, 16)', 'monospace', '4px'])
  })
})
