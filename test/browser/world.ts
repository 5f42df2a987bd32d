/**
 * A whole pretend internet: every request that any host is sent lands in `seen`, and the test decides what each host
 * answers. *Nothing was sent before the answer* is then `expect(world.thirdParty('a.shop.example')).toEqual([])`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Answer, type Answered, at, type Reply } from './world/answers.ts'
import { isBrowserOwn } from './world/browser-own.ts'
import { openLoopback } from './world/loopback.ts'
import { type CookieSeen, cookiesOf, type Seen } from './world/seen.ts'

export { type Answer, html, type Reply, script, siteFile, siteFiles, standIns } from './world/answers.ts'
export type { CookieSeen, Seen } from './world/seen.ts'

export interface World {
  readonly port: number
  /** Every request in order of arrival, favicons too; not what browsers send on their own account. */
  readonly seen: readonly Seen[]
  /** Hosts that a connection was opened to, once per connection: a preconnect shows up here only. */
  readonly connected: readonly string[]
  /** Cookies sent and given, over all requests seen. */
  readonly cookies: readonly CookieSeen[]
  /** Addresses that were asked outside a host and its sub-domains. */
  thirdParty(firstPartyHost: string): string[]
  /** Requests that one host was sent. */
  to(host: string): Seen[]
  /** Answers one address until `clear`, before anything else does; the last route wins. See `at` for the address. */
  route(address: string, answer: Answer | Reply | 'hang' | 'drop'): void
  /** Forgets what was seen. */
  forget(): void
  /** Forgets what was seen and the routes; for `beforeEach`. */
  clear(): void
  close(): Promise<void>
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Opens a world. What no answer knows is 404. */
export async function openWorld(...answers: readonly Answer[]): Promise<World> {
  const seen: Writable<Seen>[] = []
  const connected: string[] = []
  const routes: Answer[] = []

  function note(scheme: string, request: IncomingMessage): Writable<Seen> | undefined {
    const authority = request.headers.host ?? ''
    const host = authority.replace(/:\d+$/, '')
    const path = request.url ?? '/'
    if (isBrowserOwn(host, path)) return undefined
    const url = `${scheme}://${authority}${path}`
    const one = {
      url,
      host,
      path,
      method: request.method ?? '',
      headers: request.headers,
      body: '',
      given: [],
    }
    seen.push(one)
    return one
  }

  async function ask(request: Seen): Promise<Answered> {
    for (const answer of [...routes, ...answers]) {
      const found = await answer(request)
      if (found !== undefined) return found
    }
    return { status: 404 }
  }

  async function serve(
    one: Writable<Seen>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    one.body = await text(request)
    const answered = await ask(one)
    if (answered === 'hang' || answered === undefined) return
    if (answered === 'drop') {
      request.socket.destroy()
      return
    }
    if (answered.after) await new Promise((done) => setTimeout(done, answered.after))
    response.statusCode = answered.status ?? 200
    for (const [name, value] of Object.entries(answered.headers ?? {})) {
      response.setHeader(name, typeof value === 'string' ? value : [...value])
      if (name.toLowerCase() === 'set-cookie') one.given = typeof value === 'string' ? [value] : value
    }
    for (const part of answered.parts ?? []) {
      if (typeof part === 'string') response.write(part)
      else await new Promise((done) => setTimeout(done, part))
    }
    response.end(answered.body)
  }

  function forget(): void {
    seen.length = 0
    connected.length = 0
  }

  const loopback = await openLoopback({
    connect(host) {
      if (!isBrowserOwn(host, '/')) connected.push(host)
    },
    request(scheme, request, response) {
      const one = note(scheme, request)
      if (!one) {
        response.writeHead(404).end()
        return
      }
      serve(one, request, response).catch((error: unknown) => {
        if (request.socket.destroyed) return
        console.error(`the answer to ${one.url} failed:`, error)
        response.writeHead(500).end()
      })
    },
    upgrade(scheme, request, socket) {
      note(scheme, request)
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
    },
  })

  return {
    port: loopback.port,
    seen,
    connected,
    get cookies() {
      return seen.flatMap(cookiesOf)
    },
    thirdParty: (first) =>
      seen.filter(({ host }) => host !== first && !host.endsWith(`.${first}`)).map(({ url }) => url),
    to: (host) => seen.filter((one) => one.host === host),
    route: (address, answer) => void routes.unshift(at(address, answer)),
    forget,
    clear() {
      forget()
      routes.length = 0
    },
    close: loopback.close,
  }
}
