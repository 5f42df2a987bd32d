/**
 * A visit to a page that may have changed everything a driver relies on: what is seen is read in a world of scripts apart from
 * the page's, and presses are the browser's own. Chromium only, through its DevTools protocol.
 */
import { isJson } from '../browser/drivers/json.ts'
import type { Page } from '../browser/engines.ts'
import { until } from '../browser/engines.ts'

/** A control as it is laid out. */
export interface Seen {
  readonly x: number
  readonly y: number
  readonly background: string
  /** Whether it, or something around it, stays where it is when the page scrolls. */
  readonly fixed: boolean
}

export interface Visit {
  goto(url: string): Promise<void>
  /** The value of an expression of the page's own world. */
  value(expression: string): Promise<unknown>
  /** A control that can be seen and pressed now; ` >>> ` steps into an open shadow root. */
  seen(selector: string): Promise<Seen | undefined>
  /** The same in the first frame of the page. */
  seenInFrame(selector: string): Promise<Seen | undefined>
  /** Presses what can be pressed, and says whether something could. */
  press(selector: string): Promise<boolean>
  /** Asks for so long until the answer is yes; says whether it came. */
  within(milliseconds: number, ask: () => Promise<boolean>): Promise<boolean>
}

/** Markup of a page hides the document's own members from every world. */
const READY = `Object.getOwnPropertyDescriptor(Document.prototype, 'readyState').get.call(document)`

export function visit(page: Page): Visit {
  let world: number | undefined

  async function frames(): Promise<string[]> {
    const { frameTree } = read(await page.cdp('Page.getFrameTree'))
    const { frame, childFrames } = read(frameTree)
    return [frame, ...(Array.isArray(childFrames) ? childFrames.map((child) => read(child).frame) : [])].map(
      (one) => String(read(one).id),
    )
  }
  async function worldOf(frameId: string | undefined): Promise<number> {
    const made = read(await page.cdp('Page.createIsolatedWorld', { frameId, worldName: 'looking' }))
    return Number(made.executionContextId)
  }
  async function evaluate(expression: string, contextId?: number): Promise<unknown> {
    const answer = read(
      await page.cdp('Runtime.evaluate', {
        expression,
        returnByValue: true,
        awaitPromise: true,
        ...(contextId === undefined ? {} : { contextId }),
      }),
    )
    if (answer.exceptionDetails) throw new Error(`${expression}: ${JSON.stringify(answer.exceptionDetails)}`)
    return read(answer.result).value
  }
  /** Every load has a world of its own. */
  async function look(expression: string): Promise<unknown> {
    if (world !== undefined) {
      try {
        return await evaluate(expression, world)
      } catch {}
    }
    world = await worldOf((await frames())[0])
    return evaluate(expression, world)
  }
  const find = (selector: string) => `(${seen})(${JSON.stringify(selector)})`
  const asSeen = (value: unknown) => (isJson(value) ? (value as unknown as Seen) : undefined)

  return {
    async goto(url) {
      await page.cdp('Page.navigate', { url })
      world = undefined
      await until(async () => (await look(READY)) === 'complete', url, 8000)
    },
    value: (expression) => evaluate(expression),
    seen: async (selector) => asSeen(await look(find(selector)).catch(() => undefined)),
    async seenInFrame(selector) {
      const [, frame] = await frames()
      return frame ? asSeen(await evaluate(find(selector), await worldOf(frame))) : undefined
    },
    async press(selector) {
      const found = await look(find(selector))
      if (!isJson(found)) return false
      for (const type of ['mouseMoved', 'mousePressed', 'mouseReleased'])
        await page.cdp('Input.dispatchMouseEvent', {
          type,
          x: found.x,
          y: found.y,
          button: 'left',
          clickCount: 1,
        })
      return true
    },
    async within(milliseconds, ask) {
      const end = Date.now() + milliseconds
      do {
        if (await ask()) return true
        await new Promise((done) => setTimeout(done, 60))
      } while (Date.now() < end)
      return false
    },
  }
}

/** Runs in the page. */
function seen(selector: string): Seen | null {
  const of = (root: Document | ShadowRoot) => (root instanceof ShadowRoot ? ShadowRoot : Document).prototype
  let root: Document | ShadowRoot = document
  let found: Element | undefined
  for (const part of selector.split(' >>> ')) {
    if (found) {
      if (!found.shadowRoot) return null
      root = found.shadowRoot
    }
    const all: Iterable<Element> = of(root).querySelectorAll.call(root, part)
    found = [...all].find((one) => one.getClientRects().length > 0 || one.shadowRoot)
    if (!found) return null
  }
  if (!found) return null
  found.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  const { left, top, width, height } = found.getBoundingClientRect()
  const x = left + width / 2
  const y = top + height / 2
  const hit = of(root).elementFromPoint.call(root, x, y)
  if (width < 20 || height < 10 || !hit || !found.contains(hit)) return null
  let at: Element | null = found
  let fixed = false
  while (at && !fixed) {
    fixed = /^(fixed|sticky)$/.test(getComputedStyle(at).position)
    const above: Node | null = at.assignedSlot ?? at.parentNode
    at = above instanceof ShadowRoot ? above.host : above instanceof Element ? above : null
  }
  return { x, y, background: getComputedStyle(found).backgroundColor, fixed }
}

function read(value: unknown): Readonly<Record<string, unknown>> {
  if (isJson(value)) return value
  throw new Error(`the browser answered ${JSON.stringify(value)}`)
}
