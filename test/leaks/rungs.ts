/** How far a site goes: each rung asks more of it and promises more (README, "What is promised"). */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LeakCase } from './leak-case.ts'
import { leakPolicy } from './policy.ts'

export const rungs = ['marked', 'guard', 'guard + head line'] as const
export type Rung = (typeof rungs)[number]

const { headLine } = await part<{ headLine: string }>('lock/head-line.ts', {
  headLine:
    "<script>document.write('<meta name=\"portti\" content=\"')</script><noscript><!--</noscript><meta http-equiv=Content-Security-Policy content=\"script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; img-src 'self' data: blob:\"><template><svg><plaintext/></svg></template><noscript>--></noscript>",
})
const { mark } = await part<{ mark(html: string, options: object): string }>('mark/index.ts', {
  mark: () => {
    throw new Error('portti/mark is not there')
  },
})
const canMark = existsSync(place('mark/index.ts'))

const inline = `<script type="application/json" id="portti-policy">${JSON.stringify(leakPolicy).replace(/</g, '\\u003c')}</script>`
const tag = `${inline}<script src="/portti.js"></script>`
const guardTag = `${inline}<script src="/portti.js" data-guard></script>`

/** What stands first in the head. */
export const headOf: Readonly<Record<Rung, string>> = {
  marked: tag,
  guard: guardTag,
  'guard + head line': guardTag + headLine,
}

/** What the site does to its pages before it publishes them. */
export function publish(html: string, rung: Rung, host: string): string {
  return rung === 'marked' ? mark(html, { policy: leakPolicy, url: `https://${host}/` }) : html
}

/**
 * How much of a case is played on a rung: `all` five phases, or the two `ends`, before the answer and after the yes. The head line
 * changes how markup is read, and what code does later stays as on the rung below: `same`. Marking is for markup: `none`.
 */
export function phasesOn(
  rung: Rung,
  { head, body, inserts, calls, routes = {} }: LeakCase,
): 'all' | 'ends' | 'same' | 'none' {
  const isMarkup = (head !== undefined || body !== undefined) && routes['/assets/app.js'] === undefined
  if (rung === 'guard') return 'all'
  if (rung === 'guard + head line') return isMarkup ? 'ends' : 'same'
  return canMark && isMarkup && inserts === undefined && calls === undefined ? 'ends' : 'none'
}

/** A part of Portti that may not be there yet. */
async function part<Exports>(path: string, otherwise: Exports): Promise<Exports> {
  return existsSync(place(path)) ? await import(/* @vite-ignore */ place(path)) : otherwise
}

function place(path: string): string {
  return fileURLToPath(new URL(`../../packages/portti/src/${path}`, import.meta.url))
}
