/** The entry `portti/csp`: pages that the browser itself keeps locked. */
export { contentSecurityPolicy, type Lock, type LockOptions, type Use } from './content-security-policy.ts'
export { headLine, headLineHash } from './head-line.ts'
export { type ReadChoiceOptions, readChoice } from './read-choice.ts'
