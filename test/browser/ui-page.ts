/** What tests of the user interface share: a page with everything on it, ways into our shadow root, and measures. */
import type { Portti } from '../../packages/portti/src/portti.ts'
import type { Page } from './engines.ts'
import { type Fixture, fixturePage } from './fixture.ts'
import type { World } from './world.ts'

declare const portti: Portti

export const BANNER = '#portti >>> [part="banner"]'
export const DIALOG = '#portti >>> dialog'
export const button = (action: string): string => `#portti >>> .g [data-portti-action="${action}"]`
export const inDialog = (action: string): string => `${DIALOG} [data-portti-action="${action}"]`

/** A page as companies have them: its own control, a video, a large embed and a small share button. */
export const EVERYTHING = `
  <header><a href="/alku">Etusivu</a></header>
  <main>
    <h1>Mallila</h1>
    <p>Tekstiä sivulla.</p>
    <button type="button" id="page-button">Nappi</button>
    <iframe data-service="youtube" data-src="https://www.youtube.com/embed/x" width="560" height="315" title="Esittely"></iframe>
    <template data-service="instagram"><p>Kuva</p></template>
    <p>Jaa: <a class="twitter-share-button" data-service="x" href="https://twitter.com/share">Jaa</a></p>
    <p><a href="#portti" id="own">Evästeasetukset</a></p>
  </main>`

/** Opens a page of its own host, so that tests share neither cookies nor storage. */
export async function open(page: Page, world: World, name: string, fixture: Partial<Fixture> = {}) {
  const address = `https://${name}.ui.example/`
  world.route(address, fixturePage({ body: EVERYTHING, ...fixture }))
  await page.goto(address)
}

/** Waits for the banner, with all that follows from it. */
export async function asked(page: Page): Promise<void> {
  await page.element(BANNER)
  await page.eval(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
}

/** Opens the settings as the page may, and all that can be unfolded in them if `unfolded`. */
export async function showSettings(page: Page, unfolded = false): Promise<void> {
  await page.eval(() => portti.showSettings())
  await page.element('#portti >>> dialog[open]')
  if (!unfolded) return
  await page.eval(() => {
    const root = document.querySelector('#portti')?.shadowRoot
    for (const details of root?.querySelectorAll('details') ?? []) details.open = true
  })
  await page.waitFor(() => document.querySelector('#portti')?.shadowRoot?.querySelector('table'))
}

/** Moves a switch with the pointer. */
export async function flip(page: Page, id: string): Promise<void> {
  const selector = `input[value="${id}"]`
  // WebKit's driver does not scroll within a dialog.
  await page.eval((selector) => {
    document
      .querySelector('#portti')
      ?.shadowRoot?.querySelector(selector)
      ?.scrollIntoView({ block: 'center' })
  }, selector)
  await page.click(`${DIALOG} ${selector}`)
}

/** The focused element: its action or value if it is ours, else its id or text. */
export const focus = (page: Page): Promise<string> =>
  page.eval(() => {
    let at = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    if (!at || at === document.body) return 'body'
    return (
      at.getAttribute('data-portti-action') ??
      (at.getAttribute('value') || at.id || at.textContent?.trim() || at.localName)
    )
  })

export const state = (): string | undefined => document.documentElement.dataset.portti

/** A control of ours as it is laid out, and whether a pointer would hit it once it is scrolled into view. */
export interface Control {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly reached: boolean
}

/** Every control in the part of our root that `selector` names, or in a placeholder's root. */
export const controls = (page: Page, host: string, selector: string): Promise<Control[]> =>
  page.eval(
    (host, selector) => {
      const root = document.querySelector(host)?.shadowRoot
      const found = root?.querySelectorAll<HTMLElement>(
        selector.replace(/\$/g, ':is(a,button,input,summary)'),
      )
      return [...(found ?? [])].map((control) => {
        // What was never in sight is laid out by the first call only.
        for (let time = 0; time < 2; time++) control.scrollIntoView({ block: 'center', inline: 'nearest' })
        const { left, top, width, height, right, bottom } = control.getBoundingClientRect()
        const hit = root?.elementFromPoint(left + width / 2, top + height / 2)
        const inside = left >= -0.5 && top >= -0.5 && right <= innerWidth + 0.5 && bottom <= innerHeight + 0.5
        return {
          name: control.textContent?.trim() || control.getAttribute('value') || control.localName,
          width,
          height,
          reached: inside && !!hit && (control === hit || control.contains(hit) || hit.contains(control)),
        }
      })
    },
    host,
    selector,
  )

/** What a control looks like in its state of the moment. */
export interface Look {
  readonly style: string
  readonly width: number
  readonly height: number
  /** Contrast of its text, and of its edge or else its face, with what lies behind them (WCAG 2.2, 1.4.3 and 1.4.11). */
  readonly text: number
  readonly edge: number
}

export const look = (page: Page, selector: string): Promise<Look> =>
  page.eval((selector) => {
    const element = document.querySelector('#portti')?.shadowRoot?.querySelector(selector)
    if (!element) throw new Error(`no ${selector}`)
    const style = getComputedStyle(element)
    const named = [
      'color',
      'background-color',
      'background-image',
      'border-top-color',
      'border-top-width',
      'border-top-style',
      'border-top-left-radius',
      'box-shadow',
      'opacity',
      'font-family',
      'font-size',
      'font-weight',
      'font-style',
      'letter-spacing',
      'text-transform',
      'text-decoration-line',
      'outline-color',
      'outline-style',
      'outline-width',
      'filter',
      'cursor',
    ]
    type Color = [number, number, number, number]
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const read = (text: string): Color => {
      if (!context) return [0, 0, 0, 0]
      context.clearRect(0, 0, 1, 1)
      context.fillStyle = text
      context.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data
      return [red, green, blue, alpha / 255]
    }
    const over = ([r, g, b, a]: Color, [R, G, B]: Color): Color => [
      r * a + R * (1 - a),
      g * a + G * (1 - a),
      b * a + B * (1 - a),
      1,
    ]
    const behind = (from: Element | null): Color => {
      if (!from) return [255, 255, 255, 1]
      const own = read(getComputedStyle(from).backgroundColor)
      return own[3] === 1 ? own : over(own, behind(from.parentElement))
    }
    const luminance = (color: Color) => {
      const [red = 0, green = 0, blue = 0] = color.slice(0, 3).map((part) => {
        const share = part / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const contrast = (one: Color, other: Color) => {
      const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
      return (high + 0.05) / (low + 0.05)
    }
    const around = behind(element.parentElement)
    const { width, height } = element.getBoundingClientRect()
    return {
      style: named.map((name) => `${name}: ${style.getPropertyValue(name)}`).join('\n'),
      width,
      height,
      text: contrast(over(read(style.color), behind(element)), behind(element)),
      edge: Math.max(
        contrast(over(read(style.borderTopColor), around), around),
        contrast(behind(element), around),
      ),
    }
  }, selector)
