/** How far a site goes: each rung asks more of it and promises more (README, "What is promised"). */
import { leakPolicy } from './policy.ts'

export const rungs = ['guard', 'guard + head line'] as const
export type Rung = (typeof rungs)[number]

const HEAD_LINE =
  '<script>document.write(\'<meta name="portti" content="\')</script><noscript><!--</noscript><plaintext x=""><noscript>--></noscript>'
const TAG = `<script type="application/json" id="portti-policy">${JSON.stringify(leakPolicy).replace(/</g, '\\u003c')}</script><script src="/portti.js" data-guard></script>`

/** What stands first in the head. */
export const headOf: Readonly<Record<Rung, string>> = {
  guard: TAG,
  'guard + head line': HEAD_LINE + TAG,
}
