/** What the visitor answered, and what follows from it. Pure: no clock, no cookie, no page. */
import { covers } from '../policy/fingerprint.ts'
import type { Category, Milliseconds, Policy, Service } from '../policy/policy.ts'
import type { Answer } from './answer.ts'

/** Category or service id → yes or no. A category that is absent was not asked about; a service that is absent follows its category. */
export type Choice = Readonly<Record<string, boolean>>

/** How an answer was given; kept as proof that it was an act of the visitor's. */
export type Action = 'accept' | 'reject' | 'save' | 'always' | 'withdraw' | 'api'

/** What we know of the visitor's answer. Narrow on `kind` before reading more. */
export type Decision =
  | {
      readonly kind: 'unasked'
      /** Empty but for services that were always allowed at a placeholder. */
      readonly choice: Choice
      /** When and how those were allowed. */
      readonly at?: Milliseconds
      readonly action?: Action
    }
  | {
      readonly kind: 'given'
      readonly choice: Choice
      readonly at: Milliseconds
      readonly action: Action
    }
  | {
      /** An earlier answer no longer covers everything; `choice` is what still stands. */
      readonly kind: 'lapsed'
      readonly why: 'expired' | 'policy-changed'
      readonly choice: Choice
      readonly at: Milliseconds
      readonly action: Action
      /** Ids of the categories to ask about again. */
      readonly changed: readonly string[]
    }

const DAY = 86_400_000
/** Devices' clocks differ; an answer from further ahead than this was not given by a visitor. */
const FUTURE = DAY
const MONTH = (365.25 * DAY) / 12

/** No inherited keys, so that a page with a polluted `Object.prototype` cannot put a yes in. */
const choiceOf = (entries: Iterable<readonly [string, boolean]>): Choice =>
  Object.freeze(Object.assign(Object.create(null), Object.fromEntries(entries)))

export const unasked: Decision = { kind: 'unasked', choice: choiceOf([]) }

/** Whether a category is asked about: something in it may run today. */
export const isAsked = (category: Category, now: Milliseconds): boolean =>
  !category.required && category.services.some((service) => isCurrent(service, now))

/** Whether a service may run today. What its provider has ended never runs again, and what it left behind is cleared. */
const isCurrent = ({ retired, from, until }: Service, now: Milliseconds): boolean =>
  !retired && from <= now && now < until

/** When an answer given at `at` stops counting. */
export const validUntil = (policy: Policy, at: Milliseconds): Milliseconds =>
  Math.round(at + policy.renewAfterMonths * MONTH)

/** What a stored answer means under today's policy. */
export function decide(answer: Answer | undefined, policy: Policy, now: Milliseconds): Decision {
  if (!answer || answer.at > now + FUTURE) return unasked
  const { at, action, entries } = answer
  const asked = [...policy.categories.values()].filter((category) => isAsked(category, now))
  const idsOf = (categories: readonly Category[]) => categories.map(({ id }) => id)
  if (now >= validUntil(policy, at)) {
    return { kind: 'lapsed', why: 'expired', choice: unasked.choice, at, action, changed: idsOf(asked) }
  }
  const standing = (id: string, fingerprint: readonly string[]) => {
    const entry = entries.get(id)
    return entry && covers(entry.known, fingerprint) ? entry : undefined
  }
  const choice = new Map<string, boolean>()
  for (const [id, category] of policy.categories) {
    const entry = category.required ? undefined : standing(id, category.fingerprint)
    if (entry) choice.set(id, entry.granted)
  }
  for (const [id, service] of policy.services) {
    const entry = standing(id, [service.fingerprint])
    if (entry) choice.set(id, entry.granted)
  }
  const changed = asked.filter(({ id }) => !choice.has(id))
  const given = choiceOf(choice)
  if (changed.length === 0) return { kind: 'given', choice: given, at, action }
  const before = asked.some(({ id }) => entries.has(id))
  return before
    ? { kind: 'lapsed', why: 'policy-changed', choice: given, at, action, changed: idsOf(changed) }
    : { kind: 'unasked', choice: given, at, action }
}

/** Whether `category` may run. Anything short of a valid grant, of its own and of what it needs, is a no. */
export function allowsCategory(policy: Policy, decision: Decision, category: Category): boolean {
  return category.required || (decision.choice[category.id] === true && hasNeeds(policy, decision, category))
}

/** Whether `service` may run now: its own answer or else its category's, what that needs, and its dates. */
export function allowsService(
  policy: Policy,
  decision: Decision,
  service: Service,
  now: Milliseconds,
): boolean {
  const category = policy.categories.get(service.category)
  if (!category || !isCurrent(service, now)) return false
  if (category.required) return true
  const { choice } = decision
  return (choice[service.id] ?? choice[category.id]) === true && hasNeeds(policy, decision, category)
}

/** What is needed may itself need something; `parse` has refused circles. */
const hasNeeds = (policy: Policy, decision: Decision, { needs }: Category): boolean =>
  needs.every((id) => {
    const category = policy.categories.get(id)
    return category !== undefined && allowsCategory(policy, decision, category)
  })
