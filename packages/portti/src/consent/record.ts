/**
 * The receipt: what was decided, when and about what, as plain JSON. It holds no IP address, no user agent, no page address
 * and no identifier of the visitor. Fields follow ISO/IEC TS 27560:2023 where it has one.
 */
import type { Milliseconds, Policy, Service } from '../policy/policy.ts'
import { allowsCategory, allowsService, type Decision, validUntil } from './decision.ts'

export interface Receipt {
  readonly schema: 'portti-receipt/1'
  readonly controller: Policy['controller']
  /** Origin of the site, no path. */
  readonly scope: string
  /** UTC; absent while nothing was answered or always allowed. */
  readonly decidedAt: string | undefined
  readonly validUntil: string | undefined
  readonly action: string | undefined
  readonly language: string
  /** True while the browser's Global Privacy Control is on. */
  readonly gpc: boolean
  /** Nothing was switched on in advance; a fact of the program. */
  readonly defaults: 'off'
  readonly purposes: readonly {
    readonly id: string
    readonly state: 'required' | 'granted' | 'denied'
    readonly fingerprint: readonly string[]
    readonly services: readonly (Pick<Service, 'id' | 'name' | 'provider' | 'transfer'> & {
      readonly state: 'granted' | 'denied'
    })[]
  }[]
}

export interface RecordContext {
  readonly scope: string
  readonly language: string
  readonly gpc: boolean
  readonly now: Milliseconds
}

/** The type of `record`. */
export type Recorder = typeof record

export function record(policy: Policy, decision: Decision, { now, ...context }: RecordContext): Receipt {
  const { at, action } = decision
  const utc = (time: Milliseconds | undefined) => (time ? new Date(time).toISOString() : undefined)
  const state = (granted: boolean) => (granted ? 'granted' : 'denied')
  return {
    schema: 'portti-receipt/1',
    controller: policy.controller,
    ...context,
    decidedAt: utc(at),
    validUntil: utc(at && validUntil(policy, at)),
    action,
    defaults: 'off',
    purposes: [...policy.categories.values()].map((category) => ({
      id: category.id,
      state: category.required ? 'required' : state(allowsCategory(policy, decision, category)),
      fingerprint: category.fingerprint,
      services: category.services.map((service) => {
        const { id, name, provider, transfer } = service
        return { id, name, provider, transfer, state: state(allowsService(policy, decision, service, now)) }
      }),
    })),
  }
}
