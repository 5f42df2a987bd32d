/** Hands the visitor a file with what was answered; it is made on the device and sent nowhere. */
import { createElement } from '../natives/natives.ts'

export function saveReceipt(receipt: unknown): void {
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
