/**
 * What is known not to be held, or not to work: of each engine what was seen (`known/`, which `UPDATE=1` writes), and the
 * reasons. The suite fails on anything else, and when one of these ends.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Engine } from '../browser/engines.ts'
import type { Rung } from './rungs.ts'

/** The first word of a fault that `play` reports. */
export type FaultKind = 'request' | 'run' | 'trace' | 'harm' | 'lost' | 'twice'

export interface Reason {
  /** In the README's words. */
  readonly why: string
  readonly rungs?: readonly Rung[]
  readonly engines?: readonly Engine[]
  readonly kinds?: readonly FaultKind[]
  /** Matches `family: case`. @default any */
  readonly of?: RegExp
  /** It depends on what is faster: not seen each time. */
  readonly sometimes?: true
  /** The visitor has all that the page means to show: no fault of anybody. */
  readonly harmless?: true
}

/** The first that fits is told. */
export const reasons: readonly Reason[] = [
  {
    why: 'Storage written by property (`kept.x = 1`) by code that has kept it: taken away again when the page is left',
    kinds: ['trace'],
    of: /^cookies and storage: /,
  },
  {
    why: 'An import map that names a tracker, with a module that imports the name',
    of: /an import map that names it/,
    sometimes: true,
  },
  {
    why: 'Out of reach of page code: `import()`, workers that make their addresses up or come from the site, redirects by way of the site',
    of: /^calls to the network: (import\(\)|a Worker|a redirect by|a picture by way of the site)/,
    sometimes: true,
  },
  {
    why: 'WebKit takes its time to delete a database that a tracker had open',
    engines: ['webkit'],
    kinds: ['trace'],
    of: /mixpanel/,
    sometimes: true,
  },
  {
    why: 'WebKit asks port 1 of the visitor’s own machine, where nobody answers, so that the call fails',
    engines: ['webkit'],
    of: /XMLHttpRequest that the page waits for/,
    harmless: true,
  },
  {
    why: 'Taken out of the markup for good: addresses in event attributes, styles, backgrounds, pings, and masks and animations of drawings',
    rungs: ['marked'],
    kinds: ['lost'],
    of: /: (an on\w+ attribute|a style attribute|a background attribute|a link with ping|a picture when the visitor clicks|a drawing with a mask|an animation in SVG|a fetch of a fresh window)/,
  },
  {
    why: 'A hint, an icon or a font that comes too late to be of use is not fetched late',
    kinds: ['lost'],
    of: /: (a preload|an early connection|an icon|a font)/,
    sometimes: true,
    harmless: true,
  },
  {
    why: 'What a held inline script writes stands there when it has ended, not while it runs',
    rungs: ['marked'],
    kinds: ['lost', 'harm'],
    of: /a frame that code writes/,
  },
  {
    why: 'What the visitor’s own form or link sends is no markup that can wait',
    rungs: ['marked'],
    kinds: ['request'],
  },
  {
    why: 'A way of code that nothing holds: a frame’s `location`',
    rungs: ['guard', 'guard + head line'],
    of: /a frame's location/,
  },
  {
    why: 'The head line has a `<template>`: code that takes the first one of the page finds that',
    rungs: ['guard + head line'],
    kinds: ['lost'],
    of: /: a (picture|script) out of a (cloned )?template/,
  },
  {
    why: 'What stands in the HTML is asked for by the parser and the scanner before any code of the page can act; nothing runs and nothing is stored',
    rungs: ['guard', 'guard + head line'],
    kinds: ['request'],
    sometimes: true,
  },
  {
    why: 'The lock names hosts: the site’s own is open, and where two services share one, either opens it',
    rungs: ['guard + lock'],
    kinds: ['request'],
    of: /: (a tracker of the site's own|rules that speculate|Google Analytics 4)/,
  },
  {
    why: 'Connected to, and asked nothing: hints, and frames, which browsers get ready for before they look at the lock',
    rungs: ['guard + lock'],
    kinds: ['request'],
    of: /: (an early connection|a frame$|a frame without|a frame aimed at|an address set by a frame's|a YouTube)/,
    sometimes: true,
  },
  {
    why: 'The lock knows hosts in their usual spelling, without ports, relative to no other site; and of what code at a `blob:` address imports none',
    rungs: ['guard + lock'],
    kinds: ['lost'],
    of: /: (with a dot|with a port|relative to a base|of (code|a style), (relative to|a fetch relative))|blob: module|Worker of a blob that imports|script at a (data|blob):/,
  },
  {
    why: 'Firefox and WebKit show a style’s picture that they still have without asking again',
    engines: ['firefox', 'webkit'],
    kinds: ['lost'],
    of: /^pictures, media and styles: a style |: of a constructed style sheet/,
    sometimes: true,
    harmless: true,
  },
  {
    why: 'What the lock refuses makes `new WebSocket` throw in Firefox and `new EventSource` in WebKit',
    rungs: ['guard + lock'],
    engines: ['firefox', 'webkit'],
    kinds: ['harm'],
    of: /WebSocket|EventSource/,
  },
  {
    why: 'Held, and given back on the next load only, or by `portti.observe` (shadow roots)',
    kinds: ['lost', 'harm'],
  },
]

/** Case → rung → what was seen. */
type Kept = Record<string, Partial<Record<Rung, readonly FaultKind[]>>>

const fileOf = (engine: Engine) => fileURLToPath(new URL(`known/${engine}.json`, import.meta.url))
const read = (engine: Engine): Kept =>
  existsSync(fileOf(engine)) ? JSON.parse(readFileSync(fileOf(engine), 'utf8')) : {}
const files = new Map<Engine, Kept>()

/** All that is known of an engine. */
export function knownOf(engine: Engine): Kept {
  const kept = files.get(engine) ?? read(engine)
  files.set(engine, kept)
  return kept
}

/** What is known of a case, `family: case`, on a rung. */
export const knownFaults = (name: string, engine: Engine, rung: Rung): readonly FaultKind[] =>
  knownOf(engine)[name]?.[rung] ?? []

/** Keeps what was seen of a case. */
export function keepFaults(name: string, engine: Engine, seen: Kept[string]): void {
  // Another run may share the work.
  const all = { ...read(engine), [name]: { ...read(engine)[name], ...seen } }
  const lines = Object.entries(all)
    .map(([name, rungs]) => [
      name,
      Object.fromEntries(Object.entries(rungs).filter(([, kinds]) => kinds.length > 0)),
    ])
    .filter(([, rungs]) => Object.keys(rungs as object).length > 0)
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
    .map((entry) => entry.map((part) => JSON.stringify(part)).join(': '))
  writeFileSync(fileOf(engine), `{\n${lines.join(',\n')}\n}\n`)
}

/** Why a case has this kind of fault. */
export const reasonOf = (name: string, engine: Engine, rung: Rung, kind: FaultKind): Reason | undefined =>
  reasons.find(
    ({ rungs, engines, kinds, of }) =>
      (rungs?.includes(rung) ?? true) &&
      (engines?.includes(engine) ?? true) &&
      (kinds?.includes(kind) ?? true) &&
      (of?.test(name) ?? true),
  )
