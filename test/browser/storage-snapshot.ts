/** A cookie as WebDriver tells it. */
export interface Cookie {
  readonly name: string
  readonly value: string
  readonly domain: string
  readonly path: string
  readonly secure: boolean
  readonly httpOnly: boolean
  /** Seconds since 1970; absent of a session cookie. */
  readonly expiry?: number
  readonly sameSite?: string
}

/** Everything that the page's origin keeps. `null`: the browser refuses it to this page. */
export interface StorageSnapshot {
  /** `document.cookie`. */
  readonly cookie: string | null
  readonly localStorage: Readonly<Record<string, string>> | null
  readonly sessionStorage: Readonly<Record<string, string>> | null
  /** Names of IndexedDB databases. */
  readonly databases: readonly string[] | null
  /** Names in Cache Storage. */
  readonly caches: readonly string[] | null
}

/** Runs inside the page, so it can name nothing outside itself. */
export async function readStorage(): Promise<StorageSnapshot> {
  const entries = (storage: Storage) => Object.fromEntries(Object.entries(storage)) as Record<string, string>
  const attempt = async <T>(read: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await read()
    } catch {
      return null
    }
  }
  return {
    cookie: await attempt(() => document.cookie),
    localStorage: await attempt(() => entries(localStorage)),
    sessionStorage: await attempt(() => entries(sessionStorage)),
    databases: await attempt(async () => (await indexedDB.databases()).map(({ name }) => name ?? '').sort()),
    caches: await attempt(async () => [...(await caches.keys())].sort()),
  }
}
