/**
 * What watches a page from inside. It is put in before the page's own code, and only where wall time is measured: where CPU
 * is measured nothing of ours runs.
 */

/** What the page has seen so far; times in milliseconds since navigation started. */
export interface Seen {
  readonly banner: number | undefined
  readonly opened: number | undefined
  /** When the visitor's click happened, and when the frame after it was drawn. */
  readonly click: number | undefined
  readonly paint: number | undefined
}

/** Source of the script. Selectors are as in `Contestant`. */
export const probe = (accept: string, opened: string): string =>
  `(${watch})(${JSON.stringify(accept)}, ${JSON.stringify(opened)}, ${isShown})`

/** Source of an expression: whether the selector's element can be seen and clicked. */
export const shown = (selector: string): string => `(${isShown})(${JSON.stringify(selector)})`

/** Source of an expression: the middle of the selector's element. */
export const middle = (selector: string): string => `(${middleOf})(${JSON.stringify(selector)})`

/** Source of an expression: how much the layout has shifted, and what the largest contentful paint is. */
export const looks = `(${readLooks})()`

/** Source of an expression: how many elements the page has, open shadow roots included. */
export const elements = `(${count})(document)`

// Each function is sent as text, so it can name nothing outside itself.

function watch(accept: string, opened: string, isShown: (selector: string) => boolean): void {
  const seen: { -readonly [K in keyof Seen]?: Seen[K] } = {}
  Object.defineProperty(globalThis, 'benchSeen', { value: seen })
  const look = () => {
    if (seen.banner === undefined && isShown(accept)) seen.banner = performance.now()
    if (seen.banner !== undefined && seen.opened === undefined && seen.click !== undefined && isShown(opened))
      seen.opened = performance.now()
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  addEventListener(
    'click',
    (event) => {
      if (!event.isTrusted || seen.click !== undefined) return
      seen.click = event.timeStamp
      // The message comes when the frame has been handed over for drawing.
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        seen.paint = performance.now()
      }
      requestAnimationFrame(() => port2.postMessage(0))
    },
    true,
  )
}

function isShown(selector: string): boolean {
  const element = selector
    .split(' >>> ')
    .reduce<Document | ShadowRoot | Element | null>(
      (root, part, step) =>
        (step > 0 && root instanceof Element ? root.shadowRoot : root)?.querySelector(part) ?? null,
      document,
    )
  if (!(element instanceof Element)) return false
  const { left, top, width, height } = element.getBoundingClientRect()
  if (width === 0 || height === 0 || getComputedStyle(element).visibility !== 'visible') return false
  if (left < 0 || top < 0 || left + width > innerWidth || top + height > innerHeight) return false
  let opacity = 1
  for (let at: Node | null = element; at; at = at instanceof ShadowRoot ? at.host : at.parentNode)
    if (at instanceof Element) opacity *= Number(getComputedStyle(at).opacity)
  return opacity > 0.5
}

function middleOf(selector: string): { x: number; y: number } {
  const element = selector
    .split(' >>> ')
    .reduce<Document | ShadowRoot | Element | null>(
      (root, part, step) =>
        (step > 0 && root instanceof Element ? root.shadowRoot : root)?.querySelector(part) ?? null,
      document,
    )
  if (!(element instanceof Element)) throw new Error(`nothing is ${selector}`)
  const { left, top, width, height } = element.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}

async function readLooks(): Promise<{ shift: number; largest: string }> {
  const entries = (type: string) =>
    new Promise<PerformanceEntry[]>((done) => {
      const observer = new PerformanceObserver((list) => done(list.getEntries()))
      observer.observe({ type, buffered: true })
      setTimeout(() => done([]), 100)
    })
  const shifts = await entries('layout-shift')
  const paints = await entries('largest-contentful-paint')
  const last = paints.at(-1)
  // An element in a shadow root is not named.
  const element = last && 'element' in last && last.element instanceof Element ? last.element : undefined
  const isPage = element?.closest('header, main') !== null && element?.closest('header, main') !== undefined
  return {
    shift: shifts.reduce((sum, entry) => sum + ('value' in entry ? Number(entry.value) : 0), 0),
    largest: last === undefined ? 'none' : isPage ? `page: ${element?.localName}` : 'banner',
  }
}

function count(root: Document | ShadowRoot): number {
  let total = 0
  for (const element of Array.from(root.querySelectorAll('*'))) {
    total += 1
    if (element.shadowRoot) total += count(element.shadowRoot)
  }
  return total
}
