/**
 * Lets held scripts run: each exactly once, in the order in which they were added.
 *
 * Scripts that wait for nothing are put in at once. An inline script waits until every script before it has loaded or
 * failed, as it would in a page; scripts marked `async` wait for nobody, and nobody waits for them or for inline modules.
 * What page code has put in comes last, wherever it stands: the scripts of the page's own HTML had run by then.
 */
import { attempt } from '../consent/when.ts'
import { createElement, listen } from '../natives/natives.ts'
import { CODE } from './find.dom.ts'
import { createPageEvents } from './page-events.dom.ts'
import { trust } from './trusted-types.dom.ts'
import { createWriting } from './write.dom.ts'

export interface HeldScript {
  readonly element: HTMLScriptElement
  /** Lets the element itself run, where page code has made it. */
  readonly start?: (() => void) | undefined
  /** Asked again right before it runs: the visitor may have changed their mind meanwhile. */
  allowed(): boolean
  /** It may not run any more, or Trusted Types do not let it. */
  refused(): void
  /** It was put in the page, as another element. */
  ran(element: HTMLScriptElement): void
}

/** What we have let run. It keeps its mark, so another gate on this page would take it for a slip of the site's. */
export const released = new WeakSet<Element>()

/** One slice of work; shorter than what a visitor could notice. */
const SLICE_MS = 12

export function createScriptQueue(
  nonce: string | undefined,
  free?: (element: Element) => void,
): (scripts: readonly HeldScript[]) => void {
  let queue: HeldScript[] = []
  let next = 0
  let loading = 0
  let busy = false
  /** External ones that are on their way, those too for which nobody waits. */
  let coming = 0
  const writing = createWriting()
  const pageEvents = createPageEvents(released)
  /** A port of its own each time: browsers never let go of one that listens, nor of what listens there. */
  const takeTurn = () => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      busy = false
      work()
    }
    port2.postMessage(0)
  }

  function work(): void {
    if (busy) return
    busy = true
    busy = runSome()
    writing.end()
    if (!busy && coming === 0) pageEvents.end()
  }

  /** Runs what is due, for a slice. Returns whether it goes on with the next turn. */
  function runSome(): boolean {
    const end = performance.now() + SLICE_MS
    for (; next < queue.length; next++) {
      const script = queue[next] as HeldScript
      const inline = sourceOf(script.element) === null
      if ((inline || script.start) && loading > 0) return false
      if (performance.now() > end) {
        takeTurn()
        return true
      }
      // One that a page has made impossible to start must not stop the others.
      if (script.allowed()) attempt(() => run(script, inline))
      else script.refused()
    }
    queue = []
    next = 0
    return false
  }

  function run({ element, start, ran, refused }: HeldScript, inline: boolean): void {
    const live = start ? element : revive(element, nonce, free)
    if (!live) {
      refused()
      return
    }
    released.add(live)
    pageEvents.start()
    if (!inline && firesLoad(live)) {
      const isAwaited = !start && !live.async
      coming++
      if (isAwaited) loading++
      const done = () => {
        for (const end of ends) end()
        coming--
        if (isAwaited) loading--
        work()
      }
      const ends = [listen(live, 'load', done), listen(live, 'error', done)]
    }
    ran(live)
    const begin = start ?? (() => element.replaceWith(live))
    if (inline) writing.start(live, begin)
    else begin()
  }

  return (scripts) => {
    queue = queue.concat(
      scripts.filter(({ start }) => !start),
      scripts.filter(({ start }) => start),
    )
    work()
  }
}

const sourceOf = (script: Element) => script.getAttribute('data-src') ?? script.getAttribute('src')

/** Data blocks and `nomodule` scripts fire no event; nor do inline modules, which browsers put off in any page. */
const firesLoad = (script: HTMLScriptElement) => !script.noModule && CODE.test(script.type)

/** A script element that runs when it is put in the page: with every attribute, the nonce and the text of `held`. */
function revive(
  held: HTMLScriptElement,
  nonce: string | undefined,
  free: ((element: Element) => void) | undefined,
): HTMLScriptElement | undefined {
  const live = createElement('script') as HTMLScriptElement
  free?.(live)
  for (const attribute of [...held.attributes]) {
    if (attribute.name === 'type' || attribute.name === 'src') continue
    // A name that the parser took may be one that setAttribute refuses. Trusted Types refuse `onload`: it stays behind.
    try {
      live.setAttributeNode(attribute.cloneNode() as Attr)
    } catch {}
  }
  live.async = held.hasAttribute('async')
  const own = held.nonce || nonce
  if (own) live.nonce = own
  const type = held.getAttribute('data-type')
  if (type) live.type = type
  const source = sourceOf(held)
  return trust(() => {
    // Some vendors read settings from the text of a script that has a source.
    if (held.text) live.text = trust.script(held.text)
    if (source !== null) live.src = trust.url(source)
    return live
  })
}
