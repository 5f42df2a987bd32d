/** The page that every entrant is put on, and what a fault changes of it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Contestant } from '../bench/contestants/contestant.ts'
import { trackerFiles } from '../bench/page.ts'
import { ordinary } from '../bench/task.ts'
import { type Answer, html, type Reply } from '../browser/world.ts'

export const TRACKERS = 'laskuri.example'
const task = ordinary(`https://${TRACKERS}`)
/** How many things are written down once all three held scripts have run. */
export const RELEASED = task.held.length

/** A library on its page: the same set-up as in the bench. */
export interface Entrant extends Contestant {
  readonly ui: NonNullable<Contestant['ui']>
}

/** What a fault changes. */
export interface Shape {
  readonly doctype?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Code that runs before the library. */
  readonly before?: string
  /** Code that runs after the library's own lines. */
  readonly after?: string
  /** Markup in the head, after the library. */
  readonly head?: string
  /** Markup first in the body. */
  readonly body?: string
  /** Where the library stands. `blocking`: all of it in the head, nothing deferred. `body`: first in the body. @default as its documentation says */
  readonly place?: 'blocking' | 'body'
  /** How often the library's lines stand there. @default 1 */
  readonly times?: number
  /** Changes the whole text in the end. */
  readonly text?: (page: string) => string
}

/** Keeps what runs, what fails and what a policy forbids, and whether the page's own button still works. */
const tap = `<script>var diary = [], faults = [], violations = []
function ran(id) { diary[diary.length] = id }
window.addEventListener('error', function (event) { if (event.message) faults[faults.length] = String(event.message) }, true)
window.addEventListener('unhandledrejection', function (event) { faults[faults.length] = 'rejected: ' + event.reason })
window.addEventListener('securitypolicyviolation', function (event) { violations[violations.length] = event.violatedDirective + ' ' + event.blockedURI }, true)
window.addEventListener('click', function (event) { if (event.target && event.target.id === 'own') window.pressed = true }, true)
</script>`

export function pageOf(entrant: Contestant, shape: Shape = {}): Reply {
  const {
    doctype = '<!doctype html>',
    headers = {},
    before,
    after,
    head = '',
    body = '',
    place,
    times = 1,
  } = shape
  const code = (text: string | undefined) => (text ? `<script>${text}</script>` : '')
  const lines = {
    head: (entrant.head?.(task) ?? '').repeat(times) + code(after),
    end: (entrant.end?.(task) ?? '').repeat(times),
  }
  if (place === 'blocking') {
    lines.head = lines.head
      .replaceAll('<script defer ', '<script ')
      .replaceAll('<script type="module">', '<script>')
    lines.head += lines.end
    lines.end = ''
  }
  const inHead = place === 'body' ? '' : lines.head
  const inBody = place === 'body' ? lines.head : ''
  const page =
    `${doctype}<html lang="fi"><head><meta charset="utf-8"><title>Mallila</title>${tap}${code(before)}${inHead}${head}</head>` +
    `<body>${body}${inBody}<h1>Mallila</h1><p>Huonekaluja koivusta.</p><p><button id="own">Oma nappi</button></p>${task.held.map((held) => entrant.hold(held)).join('')}<div style="height:2000px"></div>${lines.end}</body></html>`
  return html(shape.text ? shape.text(page) : page, { 'cache-control': 'no-cache', ...headers })
}

/** Every script and style of the page gets the nonce, the library's and the held ones too. */
export const withNonce = (page: string): string =>
  page.replace(/<(script|style)(?=[\s>])/g, '<$1 nonce="n1"').replace(' style="height:2000px"', '')

/** The same page in the other syntax. */
export const asXhtml = (page: string): string =>
  page
    .replace(
      '<!doctype html><html',
      '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"',
    )
    .replace(/<(link|meta|img)([^>]*)>/g, '<$1$2/>')
    .replace(/ (defer|data-contextual)(?=[ >])/g, ' $1="$1"')
    .replace(/(<script[^>]*>)([^<][\s\S]*?)<\/script>/g, '$1<![CDATA[$2]]></script>')

/** Found from here, so that packages of the bench's package.json are. */
const { resolve } = createRequire(`${process.cwd()}/test/bench/package.json`)
const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}

/** The entrant's own files, on any host, and the trackers. */
export function filesOf(entrants: readonly Contestant[]): Answer {
  const files = new Map(entrants.flatMap(({ files }) => Object.entries(files ?? {})))
  return ({ host, path }) => {
    const name = path.replace(/\?.*/, '')
    if (host === TRACKERS) {
      const file = trackerFiles[name]
      return file && { headers: { 'content-type': file.type, 'cache-control': 'no-store' }, body: file.body }
    }
    const source = files.get(name)
    if (typeof source !== 'string') return undefined
    const [, home = '', file = ''] = /^((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(source) ?? []
    const folder = resolve(`${home}/package.json`).replace(/package\.json$/, home === 'portti' ? 'dist/' : '')
    return {
      headers: { 'content-type': types[name.split('.').at(-1) ?? ''] ?? '' },
      body: readFileSync(folder + file),
    }
  }
}
