/** What one request looked like when it arrived. */
import type { IncomingHttpHeaders } from 'node:http'

export interface Seen {
  /** With scheme and query: `https://host/path?query`; a WebSocket's scheme is `wss`. */
  readonly url: string
  /** Without the port. */
  readonly host: string
  /** With the query. */
  readonly path: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
  /** Empty until it has all arrived. */
  readonly body: string
  /** `Set-Cookie` lines of the answer; empty until it was given. */
  readonly given: readonly string[]
}

/** A cookie on its way between a browser and a host. */
export interface CookieSeen {
  readonly host: string
  /** `sent`: the browser brought it along. `given`: the host set it. */
  readonly way: 'sent' | 'given'
  readonly name: string
  readonly value: string
}

/** Cookies that a request brought along and that its answer set. */
export function cookiesOf({ host, headers, given }: Seen): CookieSeen[] {
  const sent = (headers.cookie ?? '').split(/; */).filter(Boolean)
  return [
    ...sent.map((pair): CookieSeen => ({ host, way: 'sent', ...nameAndValue(pair) })),
    ...given.map((line): CookieSeen => ({ host, way: 'given', ...nameAndValue(line.replace(/;.*/s, '')) })),
  ]
}

function nameAndValue(pair: string): { name: string; value: string } {
  const [name = '', ...value] = pair.split('=')
  return { name: name.trim(), value: value.join('=').trim() }
}
