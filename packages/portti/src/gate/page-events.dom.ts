/** `DOMContentLoaded` and `load` for scripts that run after these have come: a page has each of them once. */
import { attempt } from '../consent/when.ts'
import { currentScript, readyState } from '../natives/natives.ts'
import { put } from './put.ts'

type Method = 'addEventListener' | 'removeEventListener'
type Listener = EventListenerOrEventListenerObject | null
type Change = (type: string, listener: Listener, ...rest: [options?: object]) => void

export interface PageEvents {
  /** Released scripts begin to run: who waits in vain is noted. */
  start(): void
  /** All of them have run: they hear what they have missed, and the page has the browser's methods again. */
  end(): void
}

/** `released`: the scripts that are told. */
export function createPageEvents(released: WeakSet<Element>): PageEvents {
  let waiting: [target: EventTarget, type: string, listener: Listener][] = []
  let undo: (() => void)[] = []
  let telling = false

  function wrap(target: Document | Window, method: Method): void {
    // Where a page has a method of its own, that one stays.
    if (Object.hasOwn(target, method)) return
    const ours: Change = function (this: EventTarget | undefined, type, listener, ...rest) {
      const self = this ?? target
      waiting = waiting.filter((one) => one[0] !== self || one[1] !== type || one[2] !== listener)
      // The cast: of null a set says that it does not have it.
      const isMissed = isOver(type) && (telling || released.has(currentScript() as Element))
      if (isMissed && self === target && method === 'addEventListener') waiting.push([self, type, listener])
      // By name: a page may have changed the prototype.
      else EventTarget.prototype[method].call(self, type, listener, ...rest)
    }
    put(target, method, ours)
    // Who has put another in its place may go on calling it.
    undo.push(() => target[method] === ours && Reflect.deleteProperty(target, method))
  }

  /** Calls them ourselves: what a page has put in the place of `addEventListener` may rely on the names of events. */
  function tell(target: Document | Window, type: string): void {
    for (const one of waiting) {
      const [at, waitsFor, listener] = one
      if (at !== target || waitsFor !== type || !waiting.includes(one)) continue
      const event = new Event(type)
      put(event, 'target', document)
      put(event, 'currentTarget', target)
      attempt(() => {
        if (typeof listener === 'function') listener.call(target, event)
        else listener?.handleEvent(event)
      })
    }
  }

  return {
    start() {
      if (undo.length > 0) return
      for (const target of [document, window]) {
        wrap(target, 'addEventListener')
        wrap(target, 'removeEventListener')
      }
      if (!isOver('load')) return
      // The page's own has been called. Scripts like to keep what they find there, and call it before theirs.
      const { onload } = window
      Reflect.set(window, 'onload', null)
      undo.push(() => {
        waiting.push([window, 'load', window.onload])
        window.onload = onload
      })
    },
    end() {
      if (telling || undo.length === 0) return
      telling = true
      tell(document, 'DOMContentLoaded')
      tell(window, 'DOMContentLoaded')
      for (const one of undo) attempt(one)
      tell(window, 'load')
      waiting = []
      undo = []
      telling = false
    },
  }
}

/** Some browsers tell no times, for privacy. */
const isOver = (type: string) =>
  type === 'load' || type === 'DOMContentLoaded'
    ? readyState() === 'complete' || (type !== 'load' && performance.timing?.domContentLoadedEventStart > 0)
    : false
