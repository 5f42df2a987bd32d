/** Ways to answer a request, which a test puts together: the first that has an answer wins. */
import { readFileSync, statSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import type { Seen } from './seen.ts'

export interface Reply {
  /** @default 200 */
  readonly status?: number | undefined
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined
  readonly body?: string | Uint8Array | undefined
  /** Sent one after another in place of `body`; a number is a pause, in milliseconds. */
  readonly parts?: readonly (string | number)[] | undefined
  /** Milliseconds to wait before answering. */
  readonly after?: number | undefined
}

/** `hang`: never answers. `drop`: closes the connection without a word. `undefined`: ask the next one. */
export type Answered = Reply | 'hang' | 'drop' | undefined
export type Answer = (request: Seen) => Answered | Promise<Answered>

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** The page at `https://…/`, with its content type. */
export function html(body: string, headers: Reply['headers'] = {}): Reply {
  return { headers: { 'content-type': TYPES['.html'] ?? '', ...headers }, body }
}

/** A script, with its content type. */
export function script(body: string, headers: Reply['headers'] = {}): Reply {
  return { headers: { 'content-type': TYPES['.js'] ?? '', ...headers }, body }
}

/**
 * Serves the files of some folders, the first folder that has one wins; `/` is `index.html`.
 *
 * @param host A host name, or `*.` and a domain for all below it, so that every test can have a host of its own.
 * @param headers Sent with every file, such as a content security policy.
 */
export function siteFiles(host: string, folders: readonly string[], headers: Reply['headers'] = {}): Answer {
  return (request) => {
    if (!hostFits(host, request.host)) return undefined
    const path = decodeURIComponent(request.path.replace(/[?#].*/, ''))
    const file = folders.map((folder) => findFile(folder, path)).find((found) => found !== undefined)
    if (file === undefined) return undefined
    const type = TYPES[extname(file)] ?? 'application/octet-stream'
    return { headers: { 'content-type': type, ...headers }, body: readFileSync(file) }
  }
}

/** Serves whole files by path: `siteFile('*.shop.example', '/portti.js', 'packages/portti/dist/portti.js')`. */
export function siteFile(host: string, path: string, file: string): Answer {
  return (request) => {
    if (!hostFits(host, request.host) || request.path.replace(/\?.*/, '') !== path) return undefined
    const type = TYPES[extname(file)] ?? 'application/octet-stream'
    return { headers: { 'content-type': type }, body: readFileSync(file) }
  }
}

/** The demo's stand-ins for vendors' hosts, so that a released widget really appears. Loaded at the first request. */
export function standIns(): Answer {
  let loaded: Promise<Answer> | undefined
  return async (request) => {
    loaded ??= loadStandIns()
    return (await loaded)(request)
  }
}

/**
 * Answers one address: `https://a.shop.example/x`. The query counts only if the address has one, and a trailing `*`
 * means *begins with*.
 */
export function at(address: string, answer: Answer | Reply | 'hang' | 'drop'): Answer {
  const wanted = address.endsWith('*') ? address.slice(0, -1) : address
  return (request) => {
    const url = address.includes('?') ? request.url : request.url.replace(/\?.*/, '')
    const fits = address.endsWith('*') ? request.url.startsWith(wanted) : url === wanted
    if (!fits) return undefined
    return typeof answer === 'function' ? answer(request) : answer
  }
}

function hostFits(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern
}

function findFile(folder: string, path: string): string | undefined {
  const file = join(folder, normalize(path))
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isFile()) return file
  return found?.isDirectory() ? findFile(folder, join(path, 'index.html')) : undefined
}

async function loadStandIns(): Promise<Answer> {
  const path = new URL('../../../demo/stand-ins/index.mjs', import.meta.url).href
  const loaded: unknown = await import(/* @vite-ignore */ path)
  if (typeof loaded === 'object' && loaded !== null && 'answer' in loaded) {
    const { answer } = loaded
    // A plain module without types: the demo's own tests keep this shape true.
    if (typeof answer === 'function') return answer as Answer
  }
  throw new Error('demo/stand-ins/index.mjs exports no function called `answer`')
}
