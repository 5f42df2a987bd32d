import type { Catalogue } from './catalogue.ts'
import type { DeclaredPolicy } from './declared-policy.ts'
import { summary } from './issue.ts'
import { parse } from './parse.ts'

/**
 * As `parse`, for a page: a policy that every other part may rely on.
 *
 * @throws Error whose message is all that is wrong, a line each.
 */
export function parseOrThrow(input: unknown, catalogue: Catalogue): DeclaredPolicy {
  const parsed = parse(input, catalogue)
  if (parsed.ok) return parsed.policy
  throw new Error(summary(parsed.issues))
}
