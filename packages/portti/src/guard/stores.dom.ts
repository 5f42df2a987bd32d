/**
 * What is written under names that somebody held has declared is dropped; reading goes on as ever. What is written without a call
 * (`localStorage.x = 1`) goes when the code that wrote it has ended.
 */
import type { Where } from '../gate/clear.ts'
import type { Judge, Verdict } from './judge.ts'
import { type Patches, pass, type Realm } from './patch.ts'

/** @returns Takes away what was written without a call, also by who has kept the storage from before. */
export function hookStores(
  realm: Realm,
  { method }: Patches,
  judge: Judge,
  note: (kind: 'write', from: string, verdict: Verdict) => void,
): () => void {
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
  // Whoever writes without a call has asked for the storage before.
  const sweeps = (['localStorage', 'sessionStorage'] as const).map((where) => {
    let store: Storage | undefined
    let size = 0
    let isDue = false
    function sweep(all?: true): void {
      isDue = false
      if (!store || (store.length === size && !all)) return
      // Until the policy says whose they are, names stay: they may have been stored after a yes.
      for (const name of Object.keys(store))
        if (/clared/.test(judge.write(where, name)?.why ?? '') && isHeld(where, name)) store.removeItem(name)
      size = store.length
    }
    method(
      '',
      where,
      (native, self, args) => {
        store = pass(native, self, args) as Storage
        if (!isDue) queueMicrotask(sweep)
        isDue = true
        return store
      },
      'get',
    )
    return sweep
  })
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
  return () => {
    for (const sweep of sweeps) sweep(true)
  }
}
