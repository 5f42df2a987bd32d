/** Vendors' own markup: a button or a post that their script draws. */
import type { Service } from '../policy/policy.ts'

/** What marks an element for its vendor, set aside while it must not be drawn. */
const parked = new WeakMap<Element, string>()

const attributeOf = (element: Element) => (element.localName === 'script' ? 'type' : 'class')

/** Makes a vendor's script pass over `element`. */
export function park(element: Element): void {
  const attribute = attributeOf(element)
  if (parked.has(element)) return
  parked.set(element, element.getAttribute(attribute) ?? '')
  element.setAttribute(attribute, 'portti/parked')
}

/**
 * Lets `element` be drawn: by its vendor's script when that comes, or at once if it is here already. Returns what puts the
 * markup back as it was.
 */
export function draw(element: HTMLElement, services: readonly Service[]): () => void {
  const mark = parked.get(element)
  if (mark !== undefined) element.setAttribute(attributeOf(element), mark)
  parked.delete(element)
  const before = [...element.childNodes].map((node) => node.cloneNode(true))
  for (const { redraw } of services) {
    if (!redraw) continue
    try {
      const [owner, method] = ownerOf(redraw)
      method?.call(owner, element.parentElement)
    } catch {
      // A vendor's fault stays the vendor's.
    }
  }
  return () => element.replaceChildren(...before)
}

/** The function at a path such as `FB.XFBML.parse`, if the vendor's script has made it. */
function ownerOf(path: string): [owner: unknown, method: ((root: Element | null) => void) | undefined] {
  let owner: unknown
  let value: unknown = window
  for (const name of path.split('.')) {
    owner = value
    value = (value as Record<string, unknown> | undefined)?.[name]
  }
  return [owner, typeof value === 'function' ? (value as (root: Element | null) => void) : undefined]
}
