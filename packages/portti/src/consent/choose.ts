/** Turns what the visitor did into an answer to keep. Pure. */
import type { Milliseconds, Policy } from '../policy/policy.ts'
import type { Answer, Entry } from './answer.ts'
import { type Action, type Choice, type Decision, isAsked } from './decision.ts'

export interface Circumstances {
  readonly policy: Policy
  /** What held until now: it fills in what `choice` leaves open. */
  readonly decision: Decision
  readonly action: Action
  readonly now: Milliseconds
}

/** Every category on, but those that the browser's signal keeps off and that were not turned on by hand before. */
export function everything(policy: Policy, { choice }: Decision, gpc: boolean): Choice {
  return choiceFor(policy, (id, signalled) => !(gpc && signalled) || choice[id] === true)
}

export const nothing = (policy: Policy): Choice => choiceFor(policy, () => false)

function choiceFor(policy: Policy, answer: (id: string, signalled: boolean) => boolean): Choice {
  const choice: Record<string, boolean> = {}
  for (const { id, required, gpc } of policy.categories.values()) if (!required) choice[id] = answer(id, gpc)
  for (const { id, category } of policy.services.values()) {
    const own = choice[category]
    // Where the signal keeps a category off, a service turned on by hand stays on.
    if (own !== undefined) choice[id] = own || answer(id, true)
  }
  return choice
}

/**
 * The answer to keep. What `choice` does not name stays as it was; a category that was never answered counts as refused,
 * except when only a placeholder was answered (`always`): then nothing else is.
 *
 * A category whose needs are refused is refused as well, so that it does not come back by itself with what it needs.
 */
export function answer(choice: Choice, { policy, decision, action, now }: Circumstances): Answer {
  const wanted = new Map<string, boolean>()
  const own = (id: string) => (Object.hasOwn(choice, id) ? choice[id] === true : undefined)
  // What begins later is asked when it begins: nobody has answered it by answering the rest.
  const gated = [...policy.categories.values()].filter((category) => isAsked(category, now))
  for (const { id } of gated) {
    const before = own(id) ?? decision.choice[id]
    if (before !== undefined || action !== 'always') wanted.set(id, before ?? false)
  }
  for (const { id, needs } of gated) {
    if (wanted.get(id) && needs.some((need) => wanted.get(need) === false)) wanted.set(id, false)
  }
  const entries = new Map<string, Entry>()
  for (const { id, fingerprint, services } of gated) {
    const granted = wanted.get(id)
    if (granted !== undefined) entries.set(id, { granted, known: fingerprint })
    for (const service of services) {
      // A new answer to the category is an answer to all its services that are not named apart.
      const apart = own(service.id) ?? (own(id) === undefined ? decision.choice[service.id] : undefined)
      if (apart !== undefined && apart !== granted)
        entries.set(service.id, { granted: apart, known: [service.fingerprint] })
    }
  }
  return { at: now, action, entries }
}
