/** The names under which this site has something stored, as far as code can see them: no `HttpOnly` cookies. */
import type { Where } from '../gate/clear.ts'
import { readCookies } from '../natives/natives.ts'

export async function storedNames(): Promise<[where: Where, name: string][]> {
  const lists: Record<Where, () => Promise<readonly string[]> | readonly string[]> = {
    cookie: () =>
      readCookies()
        .split('; ')
        .filter(Boolean)
        .map((pair) => pair.split('=', 1)[0] ?? ''),
    localStorage: () => Object.keys(localStorage),
    sessionStorage: () => Object.keys(sessionStorage),
    indexedDB: async () => (await indexedDB.databases()).map(({ name }) => name ?? ''),
    cacheStorage: () => caches.keys(),
  }
  // The cast: its keys are exactly these.
  const found = (Object.keys(lists) as Where[]).map(async (where) => {
    try {
      return (await lists[where]()).map((name): [Where, string] => [where, name])
    } catch {
      // Storage that the page may not open holds nothing.
      return []
    }
  })
  return (await Promise.all(found)).flat()
}
