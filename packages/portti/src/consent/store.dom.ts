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
      const kept = local()
      return kept === undefined ? cookies() : [...cookies(), kept]
    },
    write(text, seconds) {
      const place = domain ? `;Domain=${domain}` : ''
      const secure = location.protocol === 'https:' ? ';Secure' : ''
      if (text.length <= LONGEST) {
        attempt(() => writeCookie(`${NAME}=${text};Path=/;Max-Age=${seconds};SameSite=Lax${secure}${place}`))
      }
      if (cookies().includes(text)) {
        if (local() !== undefined) attempt(() => localStorage.removeItem(NAME))
        return true
      }
      attempt(() => localStorage.setItem(NAME, text))
      return local() === text
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
