/** Takes away what services that may not run have stored on this site. */
import { readCookies, writeCookie } from '../natives/natives.ts'
import type { Service } from '../policy/policy.ts'
import { cookieScopes, declaredNames, namesToClear, type Where } from './clear.ts'

/** Each kind of storage apart: one that the browser refuses does not keep the others from being cleared. */
export function clear(denied: readonly Service[], allowed: readonly Service[]): void {
  const find = (present: readonly string[], where: Where) => namesToClear(present, where, denied, allowed)
  const wanted = (where: Where) => declaredNames(denied, where).length > 0

  attempt(async () => {
    // Reading cookies makes a page wait for another process.
    if (!wanted('cookie')) return
    const present = readCookies()
      .split('; ')
      .map((pair) => pair.split('=', 1)[0] ?? '')
    for (const name of find(present, 'cookie')) {
      const secure = location.protocol === 'https:' ? ';Secure' : ''
      for (const scope of cookieScopes(location.hostname, location.pathname)) {
        writeCookie(`${name}=;Max-Age=0${scope}${secure}`)
      }
    }
  })
  for (const where of ['localStorage', 'sessionStorage'] as const) {
    attempt(async () => {
      if (!wanted(where)) return
      const storage = window[where]
      for (const name of find(Object.keys(storage), where)) storage.removeItem(name)
    })
  }
  if (wanted('indexedDB')) {
    attempt(async () => {
      // Firefox lists databases only since version 126; exact names are tried even where no list is to be had.
      const found = (await indexedDB.databases?.())?.map(({ name }) => name ?? '')
      for (const name of find(found ?? declaredNames(denied, 'indexedDB'), 'indexedDB'))
        indexedDB.deleteDatabase(name)
    })
  }
  if (wanted('cacheStorage')) {
    attempt(async () => {
      for (const name of find(await caches.keys(), 'cacheStorage')) await caches.delete(name)
    })
  }
}

/** Storage that the page may not open holds nothing that the page could clear. */
function attempt(work: () => Promise<void>): void {
  work().catch(() => {})
}
