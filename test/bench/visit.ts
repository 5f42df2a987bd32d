/** One visit to a page in a profile of its own, with nothing in cache, and what a visitor does on it. */
import { isJson, type Json, readJson, readList, readText } from '../browser/drivers/json.ts'
import type { Chromium } from './chromium.ts'
import { middle, probe, type Seen, shown } from './probe.ts'
import { CATEGORIES, isWanted, type Window, type Work, workOf } from './trace.ts'

export interface Conditions {
  /** How many times slower than this machine's own processor. @default 1 */
  readonly slowdown?: number
  readonly slowNetwork?: boolean
  /** Watches from inside for when the banner (`accept`) and what it opens can be seen. */
  readonly watch?: { readonly accept: string; readonly opened: string }
}

/** A mobile network as it was chosen for the bench: 400 ms to an answer's first byte, 1.6 Mbit/s. */
const SLOW = { offline: false, latency: 400, downloadThroughput: 200_000, uploadThroughput: 200_000 }
/** For how long a hand's pointer lies on a button before it presses. */
const HAND_MS = 150
/** Nothing of a page is expected to come later than this. */
const PATIENCE_MS = 30_000

/** A profile: what one visitor keeps from visit to visit. */
export interface Visitor {
  visit(url: string, conditions?: Conditions): Promise<Visit>
  leave(): Promise<void>
}

export interface Visit {
  /** With a number of its own, so that a trace can tell visits apart. */
  readonly url: string
  /** Leaves a mark in the trace, and returns its name. */
  mark(): Promise<string>
  /** Value of an expression in the page; a promise is waited for. */
  evaluate(expression: string): Promise<unknown>
  /** Asks the page until the expression is true; false if that never happens. */
  waitFor(expression: string, milliseconds?: number): Promise<boolean>
  /** What the watcher has seen. */
  seen(): Promise<Seen>
  /** Clicks in the middle of an element, as a visitor does. */
  click(selector: string): Promise<void>
  isShown(selector: string): Promise<boolean>
  /** Bytes of the script heap once all garbage is gone. */
  heap(): Promise<number>
  send(method: string, parameters?: object): Promise<Json>
  /** Closes the tab; the visitor keeps cookies and cache. */
  close(): Promise<void>
}

async function arrive(browser: Chromium): Promise<Visitor> {
  const { browserContextId } = await browser.send('Target.createBrowserContext')
  return {
    visit: (url, conditions = {}) => visit(browser, browserContextId, url, conditions),
    leave: async () => {
      await browser.send('Target.disposeBrowserContext', { browserContextId })
    },
  }
}

/** What `use` gives, of a visitor who leaves afterwards whatever happened. */
export async function asVisitor<Given>(
  browser: Chromium,
  use: (visitor: Visitor) => Promise<Given>,
): Promise<Given> {
  const visitor = await arrive(browser)
  try {
    return await use(visitor)
  } finally {
    await visitor.leave()
  }
}

let visits = 0
let marks = 0

async function visit(
  browser: Chromium,
  browserContextId: unknown,
  address: string,
  { slowdown = 1, slowNetwork = false, watch }: Conditions,
): Promise<Visit> {
  visits += 1
  const url = `${address}?${visits}`
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank', browserContextId })
  const attached = await browser.send('Target.attachToTarget', { targetId, flatten: true })
  const session = readText(attached.sessionId, 'session')
  const send = (method: string, parameters?: object) => browser.send(method, parameters, session)

  await send('Page.enable')
  if (watch) {
    await send('Page.addScriptToEvaluateOnNewDocument', { source: probe(watch.accept, watch.opened) })
  }
  if (slowNetwork) {
    await send('Network.enable')
    await send('Network.emulateNetworkConditions', SLOW)
  }
  if (slowdown > 1) await send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const loaded = once(browser, 'Page.loadEventFired', session)
  await send('Page.navigate', { url })
  await loaded

  const one: Visit = {
    url,
    send,
    async mark() {
      marks += 1
      const name = `bench-${marks}`
      await one.evaluate(`performance.mark('${name}') && 0`)
      return name
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      })
      if (isJson(exceptionDetails)) throw new Error(`${url}: ${JSON.stringify(exceptionDetails.exception)}`)
      return readJson(result, 'value').value
    },
    async waitFor(expression, milliseconds = PATIENCE_MS) {
      for (const end = Date.now() + milliseconds; Date.now() < end; await pause(100)) {
        if (await one.evaluate(expression)) return true
      }
      return false
    },
    // Ours, and sent as it is.
    seen: async () => (await one.evaluate('benchSeen')) as Seen,
    isShown: async (selector) => (await one.evaluate(shown(selector))) === true,
    async click(selector) {
      const at = readJson(await one.evaluate(middle(selector)), 'place')
      const button = { ...at, button: 'left', clickCount: 1 }
      await send('Input.dispatchMouseEvent', { ...at, type: 'mouseMoved' })
      await pause(HAND_MS)
      await send('Input.dispatchMouseEvent', { ...button, type: 'mousePressed' })
      // Answers only when the page has handled it, which may be long after what we wait for.
      void send('Input.dispatchMouseEvent', { ...button, type: 'mouseReleased' }).catch(() => {})
    },
    async heap() {
      await send('HeapProfiler.enable')
      await send('HeapProfiler.collectGarbage')
      await send('HeapProfiler.collectGarbage')
      return Number((await send('Runtime.getHeapUsage')).usedSize)
    },
    async close() {
      await browser.send('Target.closeTarget', { targetId })
    },
  }
  return one
}

/**
 * Traces the browser while `use` is done, and returns what reads the trace. One trace for many visits: the browser takes
 * seconds to begin and to end one, because it waits for every process that it has.
 */
export async function traced(browser: Chromium, use: () => Promise<void>): Promise<(window: Window) => Work> {
  const events: unknown[] = []
  const end = browser.on('Tracing.dataCollected', undefined, ({ value }) => {
    for (const event of readList(value, 'trace events')) if (isWanted(event)) events.push(event)
  })
  await browser.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { recordMode: 'recordUntilFull', excludedCategories: ['*'], includedCategories: CATEGORIES },
  })
  try {
    await use()
  } finally {
    const complete = once(browser, 'Tracing.tracingComplete')
    await browser.send('Tracing.end')
    await complete
    end()
  }
  return (window) => workOf(events, window)
}

/** Long enough for what a page does late by itself. */
export const settle = (): Promise<void> => pause(1000)

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds))

function once(browser: Chromium, method: string, session?: string): Promise<Json> {
  return new Promise((done, fail) => {
    const end = browser.on(method, session, (parameters) => {
      clearTimeout(timer)
      end()
      done(parameters)
    })
    const timer = setTimeout(() => {
      end()
      fail(new Error(`gave up waiting for ${method}`))
    }, PATIENCE_MS)
  })
}
