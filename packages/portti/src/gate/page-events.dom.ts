/** `DOMContentLoaded` and `load` for scripts that run after these have come: a page has each of them once. */
import { attempt } from '../consent/when.ts'
import { currentScript, readyState } from '../natives/natives.ts'
import { put } from './put.ts'

/** Each time late scripts hear their events under names of their own, so that nobody else hears them. */
let times = 0

type Method = 'addEventListener' | 'removeEventListener'
type Change = (type: string, ...rest: [listener: EventListener | null, options?: object]) => void

export interface PageEvents {
  /** Released scripts begin to run: who waits in vain is noted. */
  start(): void
  /** All of them have run: they hear what they have missed, and the page has the browser's methods again. */
  end(): void
}

/** `released`: the scripts that are told. */
export function createPageEvents(released: WeakSet<Element>): PageEvents {
  let undo: (() => void)[] = []
  let telling = false
  const again = (type: string) => `portti:${times}:${type}`

  function wrap(target: Document | Window, method: Method, isRemoval: boolean): void {
    // Where a page has a method of its own, that one stays.
    if (Object.hasOwn(target, method)) return
    const ours: Change = function (this: EventTarget | undefined, type, ...rest) {
      const self = this ?? target
      // By name: a page may have changed the prototype.
      const call = (name: string) => EventTarget.prototype[method].call(self, name, ...rest)
      // The cast: of null a set says that it does not have it.
      const missed = isOver(type) && (telling || released.has(currentScript() as Element))
      if (isRemoval) call(again(type))
      call(missed && !isRemoval && self === target ? again(type) : type)
    }
    put(target, method, ours)
    // Who has put another in its place may go on calling it.
    undo.push(() => target[method] === ours && Reflect.deleteProperty(target, method))
  }

  function tell(target: EventTarget, type: string): void {
    const event = new Event(again(type), { bubbles: true })
    put(event, 'type', type)
    put(event, 'target', document)
    target.dispatchEvent(event)
  }

  return {
    start() {
      if (undo.length > 0) return
      for (const target of [document, window]) {
        wrap(target, 'addEventListener', false)
        wrap(target, 'removeEventListener', true)
      }
      if (!isOver('load')) return
      // The page's own has been called. Scripts like to keep what they find there, and call it before theirs.
      const { onload } = window
      Reflect.set(window, 'onload', null)
      undo.unshift(() => {
        if (window.onload) window.addEventListener('load', window.onload)
        window.onload = onload
      })
    },
    end() {
      if (telling || undo.length === 0) return
      telling = true
      tell(document, 'DOMContentLoaded')
      for (const one of undo) attempt(one)
      tell(window, 'load')
      times++
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
