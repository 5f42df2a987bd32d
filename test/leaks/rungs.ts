/** How far a site goes: each rung asks more of it and promises more (README, "What is promised"). */
import { contentSecurityPolicy } from '../../packages/portti/src/lock/content-security-policy.ts'
import { headLine } from '../../packages/portti/src/lock/head-line.ts'
import { readChoice } from '../../packages/portti/src/lock/read-choice.ts'
import { mark } from '../../packages/portti/src/mark/index.ts'
import type { LeakCase } from './leak-case.ts'
import { leakPolicy } from './policy.ts'

export const rungs = ['marked', 'guard', 'guard + head line', 'guard + lock'] as const
export type Rung = (typeof rungs)[number]

const inline = `<script type="application/json" id="portti-policy">${JSON.stringify(leakPolicy).replace(/</g, '\\u003c')}</script>`
const tag = `${inline}<script src="/portti.js"></script>`
const guardTag = `${inline}<script src="/portti.js" data-guard></script>`

/** What stands first in the head. */
export const headOf: Readonly<Record<Rung, string>> = {
  marked: tag,
  guard: guardTag,
  'guard + head line': guardTag + headLine,
  'guard + lock': guardTag,
}

/** A policy in the header holds until the page is loaded again, so the site loads it again after each answer. */
export const isLocked = (rung: Rung | undefined): boolean => rung === 'guard + lock'

/** What the site itself uses. */
const ours = { img: ['shared.example/vapaa.gif'], script: ['data:', 'blob:'] }

/** What the site's server sends with everything, its workers too: as `docs/examples/lock-server.mjs`. */
export const lockOf = (cookie: string | undefined): string =>
  contentSecurityPolicy(leakPolicy, { choice: readChoice(leakPolicy, cookie), allow: ours, eval: true })
    .header

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
  if (rung === 'guard' || rung === 'guard + lock') return 'all'
  if (rung === 'guard + head line') return isMarkup ? 'ends' : 'same'
  return isMarkup && inserts === undefined && calls === undefined ? 'ends' : 'none'
}
