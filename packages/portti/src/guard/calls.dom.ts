/** Calls that send something. One that has to wait fails as the network would, and later than the call. */
import type { Realm } from './hooks.dom.ts'
import type { Judge, Verdict } from './judge.ts'
import type { Patches } from './patch.ts'
import { pass } from './patch.ts'

export interface CallsOptions {
  readonly judge: Judge
  readonly base: () => string
  readonly note: (kind: 'call', what: string, from: string, verdict: Verdict) => void
}

/** An address that browsers refuse before they ask anybody (a bad port, Fetch standard section 2.9). */
const NOWHERE = '://localhost:1/'

export function hookCalls(
  realm: Realm,
  { method, maker }: Patches,
  { judge, base, note }: CallsOptions,
): void {
  const proto = (name: string) =>
    (realm as unknown as Record<string, { prototype?: object } | undefined>)[name]?.prototype
  const urlOf = (given: unknown) => String(given instanceof realm.Request ? given.url : given)

  function isHeld(what: string, given: unknown): boolean {
    const url = urlOf(given)
    const verdict = judge.address(url, base())
    if (verdict) note('call', what, url, verdict)
    return verdict !== undefined
  }

  method(realm, 'fetch', (native, self, args) =>
    isHeld('fetch', args[0]) ? Promise.reject(new TypeError('Failed to fetch')) : pass(native, self, args),
  )
  method(proto('XMLHttpRequest'), 'open', (native, self, args) => {
    if (args.length > 1 && isHeld('XMLHttpRequest', args[1])) args[1] = `https${NOWHERE}`
    return pass(native, self, args)
  })
  method(proto('Navigator'), 'sendBeacon', (native, self, args) =>
    isHeld('sendBeacon', args[0]) ? false : pass(native, self, args),
  )
  method(proto('ServiceWorkerContainer'), 'register', (native, self, args) =>
    isHeld('serviceWorker', args[0])
      ? Promise.reject(new TypeError('Failed to register'))
      : pass(native, self, args),
  )
  for (const name of ['WebSocket', 'EventSource', 'Worker', 'SharedWorker'])
    maker(realm, name, (make, _, args) => {
      if (!isHeld(name, args[0])) return make(...args)
      if (/W.*r/.test(name)) {
        const worker = make('data:text/javascript,') as EventTarget
        setTimeout(() => worker.dispatchEvent(new Event('error')))
        return worker
      }
      return make((name === 'WebSocket' ? 'wss' : 'https') + NOWHERE)
    })
  method(proto('HTMLFormElement'), 'submit', (native, self, args) => {
    if (!isHeld('form', realm.Element.prototype.getAttribute.call(self as Element, 'action') ?? ''))
      pass(native, self, args)
  })
}
