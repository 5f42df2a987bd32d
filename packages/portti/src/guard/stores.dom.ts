/** What is written under names that somebody held has declared is dropped; reading goes on as ever. */
import type { Where } from '../gate/clear.ts'
import type { Judge, Verdict } from './judge.ts'
import { type Patches, pass, type Realm } from './patch.ts'

export function hookStores(
  realm: Realm,
  { method }: Patches,
  judge: Judge,
  note: (kind: 'write', from: string, verdict: Verdict) => void,
): void {
  function isHeld(where: Where, name: unknown): boolean {
    const verdict = judge.write(where, String(name))
    if (verdict) note('write', `${where} ${name}`, verdict)
    return verdict !== undefined
  }

  method(
    'Document',
    'cookie',
    (native, self, args) => {
      const text = String(args[0])
      const [, age, expires = ''] = /;\s*(?:max-age\s*=\s*(0|-)|expires\s*=([^;]*))/i.exec(text) ?? []
      // One that ends at once is a clearing, ours perhaps.
      if (age || Date.parse(expires) < Date.now() || !isHeld('cookie', text.split(/[=;]/)[0]?.trim()))
        pass(native, self, args)
    },
    'set',
  )
  method('CookieStore', 'set', (native, self, args) => {
    const [given] = args as [string | { readonly name?: string } | null]
    return isHeld('cookie', typeof given === 'object' ? given?.name : given)
      ? Promise.resolve()
      : pass(native, self, args)
  })
  method('Storage', 'setItem', (native, self, args) =>
    args.length > 1 && isHeld(self === realm.sessionStorage ? 'sessionStorage' : 'localStorage', args[0])
      ? undefined
      : pass(native, self, args),
  )
  method('CacheStorage', 'open', (native, self, args) =>
    isHeld('cacheStorage', args[0])
      ? Promise.reject(new realm.TypeError('Failed to open'))
      : pass(native, self, args),
  )
  method('IDBFactory', 'open', (native, self, args) => {
    const request = pass(native, self, args) as IDBOpenDBRequest
    if (isHeld('indexedDB', args[0]))
      request.addEventListener('upgradeneeded', (event) => {
        // The browser takes the new database back, and the request fails.
        event.stopImmediatePropagation()
        request.transaction?.abort()
        // WebKit keeps an empty one.
        if ((event as IDBVersionChangeEvent).oldVersion === 0)
          request.addEventListener('error', () => (self as IDBFactory).deleteDatabase(String(args[0])))
      })
    return request
  })
}
