/** The switches of the settings: which move together, and what they add up to. */
import type { Choice } from '../consent/decision.ts'
import type { Policy } from '../policy/policy.ts'

const switchesIn = (dialog: Element) => [...dialog.querySelectorAll('input')]

/**
 * After `changed` was moved: a category takes its services along; what is turned on turns on what it needs; what is
 * turned off turns off what needs it.
 */
export function keepTogether(dialog: Element, policy: Policy, changed: HTMLInputElement): void {
  const switches = new Map(switchesIn(dialog).map((input) => [input.value, input]))
  const move = (id: string, on: boolean) => {
    const input = switches.get(id)
    if (!input || input.checked === on) return
    input.checked = on
    follow(id, on)
  }
  const follow = (id: string, on: boolean) => {
    const service = policy.services.get(id)
    const category = policy.categories.get(service?.category ?? id)
    if (on) for (const need of category?.needs ?? []) move(need, true)
    if (service || !category) return
    for (const { id: inside } of category.services) move(inside, on)
    if (on) return
    for (const [other, { needs, services }] of policy.categories) {
      if (!needs.includes(id)) continue
      move(other, false)
      for (const { id: inside } of services) move(inside, false)
    }
  }
  follow(changed.value, changed.checked)
}

/** What the switches say. A service is named only where it differs from its category. */
export function choiceOf(dialog: Element, policy: Policy): Choice {
  const on = new Map(switchesIn(dialog).map(({ value, checked }) => [value, checked]))
  const apart = [...on].filter(([id, checked]) => {
    const service = policy.services.get(id)
    return !service || on.get(service.category) !== checked
  })
  return Object.assign(Object.create(null), Object.fromEntries(apart))
}
