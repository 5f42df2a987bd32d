/** Keeps the decision: reads it, changes it, agrees on it with the other tabs, and starts and stops what depends on it. */
import type { Milliseconds, Policy } from '../policy/policy.ts'
import { type Answer, decode, encode, merge } from './answer.ts'
import { answer, everything, nothing } from './choose.ts'
import {
  type Action,
  allowsCategory,
  allowsService,
  type Choice,
  type Decision,
  decide,
  unasked,
  validUntil,
} from './decision.ts'
import type { Store } from './store.ts'
import { attempt } from './when.ts'

export interface ConsentOptions {
  readonly policy: Policy
  readonly store: Store
  readonly now: () => Milliseconds
  /** The browser asks not to be sold or shared. */
  readonly gpc: boolean
  /** Called first on each change, also one that another tab made: what may run now must not wait until the answer is kept. */
  readonly release?: () => void
  /** Called after each change, once the answer is kept. */
  readonly changed: () => void
}

export interface Consent {
  decision(): Decision
  /** Whether the category or service may run now; false for an id that the policy does not have. */
  allows(id: string): boolean
  /** False once an answer could not be kept for the next page. */
  stored(): boolean
  acceptAll(): void
  rejectAll(): void
  withdraw(): void
  choose(choice: Choice, action?: Action): void
  dispose(): void
}

export function createConsent({
  policy,
  store,
  now,
  gpc,
  release = () => {},
  changed,
}: ConsentOptions): Consent {
  let mine: Answer | undefined
  let stored = true
  /** This tab has written an answer. */
  let wrote = false
  let decision: Decision = unasked

  const adopt = (next: Answer | undefined) => {
    mine = next
    decision = decide(next, policy, now())
  }
  /** One from the future would win over every answer that this device gives. */
  const sound = (found: Answer | undefined) => (decide(found, policy, now()) === unasked ? undefined : found)
  const read = () =>
    store
      .read()
      .map((text) => sound(decode(text)))
      .reduce(merge, undefined)
  const keep = (next: Answer) => {
    wrote = true
    const text = encode(next)
    stored = store.write(text, Math.ceil((validUntil(policy, next.at) - now()) / 1000))
    return text
  }
  const commit = (choice: Choice, action: Action) => {
    const next = answer(choice, {
      policy,
      decision,
      action,
      now: Math.max(now(), (sound(mine)?.at ?? 0) + 1),
    })
    adopt(next)
    attempt(release)
    // What ran may have answered itself, and later than this.
    if (mine !== next) return
    store.tell(keep(next))
    changed()
  }

  adopt(read())
  const end = store.listen((text) => {
    const told = text !== undefined
    const heard = told ? sound(decode(text)) : read()
    if (told ? !heard : !stored) return
    const agreed = heard && merge(mine, heard)
    // After a tie, and where a tab that had not heard of ours has written over it. A tab that has written itself does so again:
    // where tabs have processes of their own (Firefox), its earlier text may reach the browser after the later one of the other.
    if (agreed && (wrote || !store.read().includes(encode(agreed)))) keep(agreed)
    if (agreed ? mine && encode(agreed) === encode(mine) : !mine) return
    adopt(agreed)
    attempt(release)
    changed()
  })

  return {
    decision: () => decision,
    allows(id) {
      const category = policy.categories.get(id)
      if (category) return allowsCategory(policy, decision, category)
      const service = policy.services.get(id)
      return service !== undefined && allowsService(policy, decision, service, now())
    },
    stored: () => stored,
    acceptAll: () => commit(everything(policy, decision, gpc), 'accept'),
    rejectAll: () => commit(nothing(policy), 'reject'),
    withdraw: () => commit(nothing(policy), 'withdraw'),
    choose: (choice, action = 'api') => commit(choice, action),
    dispose: end,
  }
}
