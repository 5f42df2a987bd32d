/** What is written under names that somebody held has declared is dropped; reading goes on as ever. */

import type { Where } from '../gate/clear.ts'
import type { Realm } from './hooks.dom.ts'
import type { Judge, Verdict } from './judge.ts'
import { type Patches, pass } from './patch.ts'

export function hookStores(
  realm: Realm,
  { method }: Patches,
  judge: Judge,
  note: (kind: 'write', what: string, from: string, verdict: Verdict) => void,
): void {
  const proto = (name: string) =>
    (realm as unknown as Record<string, { prototype?: object } | undefined>)[name]?.prototype
  function isHeld(where: Where, name: unknown): boolean {
    const verdict = judge.write(where, String(name))
    if (verdict) note('write', where, String(name), verdict)
    return verdict !== undefined
  }

  method(
    proto('Document'),
    'cookie',
    (native, self, args) => {
      if (!isHeld('cookie', String(args[0]).split(/[=;]/)[0]?.trim() ?? '')) pass(native, self, args)
    },
    'set',
  )
  method(proto('CookieStore'), 'set', (native, self, args) => {
    const [given] = args
    const name = typeof given === 'object' && given ? (given as { name?: unknown }).name : given
    return isHeld('cookie', name) ? Promise.resolve() : pass(native, self, args)
  })
  method(proto('Storage'), 'setItem', (native, self, args) => {
    const where = self === realm.sessionStorage ? 'sessionStorage' : 'localStorage'
    if (args.length < 2 || !isHeld(where, args[0])) return pass(native, self, args)
  })
  method(proto('IDBFactory'), 'open', (native, self, args) => {
    const request = pass(native, self, args) as IDBOpenDBRequest
    if (isHeld('indexedDB', args[0]))
      request.addEventListener('upgradeneeded', (event) => {
        // The browser takes the database back, and the request fails.
        event.stopImmediatePropagation()
        request.transaction?.abort()
      })
    return request
  })
  method(proto('CacheStorage'), 'open', (native, self, args) =>
    isHeld('cacheStorage', args[0])
      ? Promise.reject(new TypeError('Failed to open'))
      : pass(native, self, args),
  )
}
