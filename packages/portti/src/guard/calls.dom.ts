/** Calls that send something. One that has to wait fails as the network would, and later than the call. */
import type { Judge, Verdict } from './judge.ts'
import { type Native, type Patches, pass, type Realm } from './patch.ts'

/** An address that browsers refuse before they ask anybody: a bad port (Fetch standard, section 2.9). */
const NOWHERE = '://localhost:1/'
/** Properties of a style that may name a picture. */
const DRAWS = /^(css-?text|content|cursor)$|image|background$|list-?style$|mask$|filter$|clip-?path$/i

/** @returns Sets the styles that had to wait, as far as they may be set now. */
export function hookCalls(
  realm: Realm,
  { method, maker }: Patches,
  judge: Judge,
  note: (kind: 'call', from: string, verdict: Verdict) => void,
): () => void {
  function isHeld(given: unknown): boolean {
    const url = String(given instanceof realm.Request ? given.url : given)
    const verdict = judge.address(url)
    if (verdict) note('call', url, verdict)
    return verdict !== undefined
  }
  /** Asks about the first argument. */
  const instead = (owner: string, key: string, fails: () => unknown) =>
    method(owner, key, (native: Native, self, args) => (isHeld(args[0]) ? fails() : pass(native, self, args)))
  const rejects = () => Promise.reject(new realm.TypeError('Failed to fetch'))

  instead('', 'fetch', rejects)
  instead('ServiceWorkerContainer', 'register', rejects)
  instead('Worklet', 'addModule', rejects)
  instead('Navigator', 'sendBeacon', () => false)
  instead('', 'fetchLater', () => ({ activated: false }))
  method('XMLHttpRequest', 'open', (native, self, args) => {
    if (args.length > 1 && isHeld(args[1])) args[1] = `https${NOWHERE}`
    return pass(native, self, args)
  })
  for (const name of ['WebSocket', 'EventSource', 'Worker', 'SharedWorker'])
    maker(name, (make, args) => {
      if (!isHeld(args[0])) return make(...args)
      const held = make(
        name === 'WebSocket'
          ? `wss${NOWHERE}`
          : name === 'EventSource'
            ? `https${NOWHERE}`
            : 'data:text/javascript,',
      ) as EventTarget & { close?(): void }
      if (name === 'WebSocket') return held
      // WebKit does not say that an event source has nobody at the other end.
      held.close?.()
      setTimeout(() => held.dispatchEvent(new Event('error')))
      return held
    })
  const texts = new WeakMap<object, string>()
  maker('Blob', (make, args) => {
    const blob = make(...args) as Blob
    const text = Array.isArray(args[0]) ? args[0].filter((part) => typeof part === 'string').join('') : ''
    if (text.includes('//')) texts.set(blob, text)
    return blob
  })
  method('URL', 'createObjectURL', (native, self, args) => {
    const url = pass(native, self, args)
    const text = texts.get(args[0] as object)
    if (text) judge.made(url as string, text)
    return url
  })
  /** What had to wait last of each style. */
  let waiting = new Map<unknown, () => void>()
  /** Styles that a call brings: nothing of them comes, or `instead`. */
  const styles = (owner: string, key: string, at: number, instead?: string, part?: 'set') =>
    method(
      owner,
      key,
      function set(native, self, args) {
        waiting.delete(self)
        const text = `(${args[at]}`
        // Animations come here often.
        const verdict = text.includes('//') ? judge.text(text) : undefined
        if (verdict) note('call', String(args[at]), verdict)
        if (!verdict || instead !== undefined) {
          if (verdict) args[at] = instead
          return pass(native, self, args)
        }
        waiting.set(self, () => set(native, self, args))
        return undefined
      },
      part,
    )
  for (const owner of ['CSSStyleSheet', 'CSSGroupingRule']) styles(owner, 'insertRule', 0, 'portti{}')
  styles('CSSStyleSheet', 'replace', 0, '')
  styles('CSSStyleSheet', 'replaceSync', 0, '')
  styles('CSSStyleDeclaration', 'setProperty', 1)
  for (const owner of ['CSSStyleDeclaration', 'CSSStyleProperties', 'CSS2Properties'] as const)
    for (const key of Object.getOwnPropertyNames(
      // The cast: the last is an older name of Firefox for the second.
      (realm as Realm & Partial<Record<typeof owner, { prototype: object }>>)[owner]?.prototype ?? {},
    ))
      if (DRAWS.test(key)) styles(owner, key, 0, undefined, 'set')
  maker('FontFace', (make, args) => {
    const verdict = judge.text(`${args[1]}`)
    if (verdict) note('call', `${args[1]}`, verdict)
    return verdict ? make(args[0], `url(https${NOWHERE})`, args[2]) : make(...args)
  })
  method<Element>('HTMLFormElement', 'submit', (native, self, args) => {
    if (!isHeld(Element.prototype.getAttribute.call(self, 'action') ?? '')) pass(native, self, args)
  })
  return () => {
    const due = waiting
    waiting = new Map()
    for (const draw of due.values()) draw()
  }
}
