/**
 * The answer as it is kept: readable text, one line, no personal data.
 *
 * Shape: `1.<at>.<action>.<id>:<0|1>:<known>….<check>`, for example
 * `1.1763769600123.save.analytics:1:k3f9a-x02bd.linkedin:1:p91ce.social:0:p91ce.4kd02z`. `at` is in milliseconds; an id is a
 * category's or, where it was answered apart, a service's; `known` is what the visitor was told then (`fingerprint`);
 * `check` is a hash of all before it, because a text that has lost a field could otherwise allow more than the visitor did.
 */
import { hash } from '../policy/fingerprint.ts'
import type { Milliseconds } from '../policy/policy.ts'
import type { Action } from './decision.ts'

export interface Answer {
  readonly at: Milliseconds
  readonly action: Action
  readonly entries: ReadonlyMap<string, Entry>
}

export interface Entry {
  readonly granted: boolean
  /** Fingerprint parts of what was answered. */
  readonly known: readonly string[]
}

const VERSION = '1'
const actions: readonly string[] = [
  'accept',
  'reject',
  'save',
  'always',
  'withdraw',
  'api',
] satisfies Action[]
const isAction = (text: string | undefined): text is Action => actions.includes(text ?? '')

export function encode({ at, action, entries }: Answer): string {
  const fields = [...entries].map(
    ([id, { granted, known }]) => `${id}:${granted ? 1 : 0}:${[...known].sort().join('-')}`,
  )
  // Sorted, so that tabs which agree also write the same and do not answer each other for ever.
  const text = [VERSION, at, action, ...fields.sort()].join('.')
  return `${text}.${hash([text])}`
}

/**
 * Reads a stored answer. Never throws: what is not exactly the shape above, or comes from another version, is no answer,
 * so that the visitor is asked again and nothing runs meanwhile.
 */
export function decode(text: string): Answer | undefined {
  const end = text.lastIndexOf('.')
  const [version, at, action, ...fields] = text.slice(0, end).split('.')
  if (text.slice(end + 1) !== hash([text.slice(0, end)])) return undefined
  if (version !== VERSION || !/^[1-9]\d{12}$/.test(at ?? '') || !isAction(action)) return undefined
  const entries = new Map<string, Entry>()
  for (const field of fields) {
    const entry = /^([a-z0-9][a-z0-9-]*):([01]):([a-z0-9-]*)$/.exec(field)
    const [, id = '', granted, known = ''] = entry ?? []
    if (!entry || entries.has(id)) return undefined
    entries.set(id, { granted: granted === '1', known: known.split('-') })
  }
  return { at: Number(at), action, entries }
}

/**
 * The answer that two tabs agree on: the later one; given in the same millisecond, what both allow. The order of the
 * arguments does not matter.
 */
export function merge(a: Answer | undefined, b: Answer | undefined): Answer | undefined {
  if (!a || !b) return a ?? b
  if (a.at !== b.at) return a.at > b.at ? a : b
  const entries = new Map<string, Entry>()
  for (const id of [...a.entries.keys(), ...b.entries.keys()]) {
    const one = a.entries.get(id)
    const other = b.entries.get(id)
    if (one && one.granted === other?.granted) {
      entries.set(id, { ...one, known: one.known.filter((part) => other.known.includes(part)) })
    } else {
      // A lone no stands: without it a service would follow its category's yes.
      const refusal = one?.granted === false ? one : other
      if (refusal?.granted === false) entries.set(id, refusal)
    }
  }
  // By the alphabet a no and a taking back come after the ways to say yes.
  return { at: a.at, action: a.action > b.action ? a.action : b.action, entries }
}
