import { decode, merge } from '../consent/answer.ts'
import { type Choice, decide, unasked } from '../consent/decision.ts'
import type { Catalogue } from '../policy/catalogue.ts'
import { normalise } from '../policy/normalise.ts'
import { parse } from '../policy/parse.ts'
import type { Milliseconds } from '../policy/policy.ts'
import { catalogue as everything } from '../services/catalogue.ts'

export interface ReadChoiceOptions {
  /** @default `Date.now()` */
  readonly now?: Milliseconds
  /** Services that the policy may name. @default all that we know */
  readonly catalogue?: Catalogue
}

/**
 * What a visitor answered, read from a request's `Cookie` header, or from `document.cookie`.
 *
 * Never throws. No cookie, a damaged one, one that is too old or that answered to another policy: no yes. Visitors whose
 * browser refuses our cookie keep their answer in `localStorage`, which no server sees: for those nothing is granted here.
 *
 * @returns Category or service id → yes or no, for `contentSecurityPolicy`.
 */
export function readChoice(
  policy: unknown,
  cookies: string | undefined,
  { now = Date.now(), catalogue = everything }: ReadChoiceOptions = {},
): Choice {
  const parsed = parse(policy, catalogue)
  if (!parsed.ok) return unasked.choice
  const declared = normalise(parsed.policy, catalogue)
  const answer = `${cookies ?? ''}`
    .split(/; */)
    .filter((pair) => pair.startsWith('portti='))
    .map((pair) => decode(pair.slice('portti='.length)))
    // One from the future would win over every answer that was really given.
    .map((found) => (decide(found, declared, now) === unasked ? undefined : found))
    .reduce(merge, undefined)
  return decide(answer, declared, now).choice
}
