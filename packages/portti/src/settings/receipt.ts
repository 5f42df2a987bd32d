/** Hands the visitor a file with what was answered; it is made on the device and sent nowhere. */
import type { Receipt } from '../consent/record.ts'
import { createElement } from '../natives/natives.ts'
import type { Policy } from '../policy/policy.ts'

/** `receipt` with all that is told of each service: a page's own copy of the policy may hold less. */
export function inFull(receipt: Receipt, policy: Policy): Receipt {
  const purposes = receipt.purposes.map((purpose) => ({
    ...purpose,
    services: purpose.services.map((service) => {
      const { provider, transfer } = policy.services.get(service.id) ?? service
      return { ...service, provider, transfer }
    }),
  }))
  return { ...receipt, purposes }
}

export function saveReceipt(receipt: Receipt): void {
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' }),
  )
  const link = createElement('a')
  link.setAttribute('href', address)
  link.setAttribute('download', 'portti.json')
  link.click()
  // The browser reads it after this task.
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}
