/**
 * The cookie `portti`, else localStorage, else nothing but this page; and the other tabs.
 *
 * Nothing is written before there is an answer. Storage that the browser refuses throws in some places and forgets in
 * others, so every write is read back.
 */
import { listen, readCookies, writeCookie } from '../natives/natives.ts'
import type { Store } from './store.ts'

const NAME = 'portti'
/** Bytes; some browsers drop a long cookie without a word, and every request carries it. */
const LONGEST = 1024

export interface StoreOptions {
  /** Shares the answer with sub-domains. */
  readonly domain: string | undefined
}

export function createStore({ domain }: StoreOptions): Store {
  const channel = attempt(() => new BroadcastChannel(NAME))
  const cookies = () =>
    (attempt(readCookies) ?? '')
      .split('; ')
      .filter((pair) => pair.startsWith(`${NAME}=`))
      .map((pair) => pair.slice(NAME.length + 1))
  const local = () => attempt(() => localStorage.getItem(NAME)) ?? undefined

  return {
    read() {
      const found = cookies()
      // Only then: on the first touch the page waits until the browser has opened its storage.
      return found.length > 0 ? found : [local() ?? []].flat()
    },
    write(text, seconds) {
      const secure = location.protocol === 'https:' ? ';Secure' : ''
      const put = (value: string, age: number, place = '') =>
        attempt(() => writeCookie(`${NAME}=${value};Path=/;Max-Age=${age};SameSite=Lax${secure}${place}`))
      const shared = domain && `;Domain=${domain}`
      if (text.length <= LONGEST) put(text, seconds, shared)
      if (cookies().includes(text)) {
        attempt(() => localStorage.removeItem(NAME))
        return true
      }
      // An older answer in a cookie would count first.
      put('', 0)
      put('', 0, shared)
      attempt(() => localStorage.setItem(NAME, text))
      return local() === text && cookies().length === 0
    },
    tell(text) {
      attempt(() => channel?.postMessage(text))
    },
    listen(heard) {
      // No `storage` event: listening for it makes a browser open the storage, and the channel tells as much.
      const undo = [
        listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && heard(undefined)),
      ]
      if (channel) {
        undo.push(
          listen(channel, 'message', (event) => {
            const { data } = event as MessageEvent<unknown>
            if (typeof data === 'string') heard(data)
          }),
          () => channel.close(),
        )
      }
      return () => {
        for (const end of undo) end()
      }
    },
  }
}

/** Global Privacy Control, as the browser sends it. */
export const hasGpc = (): boolean =>
  'globalPrivacyControl' in navigator && navigator.globalPrivacyControl === true

/** What `work` returns, or nothing where the browser refuses it. */
function attempt<R>(work: () => R): R | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
