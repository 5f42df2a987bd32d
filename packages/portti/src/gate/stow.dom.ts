/**
 * Where the addresses are of what is held. Many pages have code that gives everything with `data-src` its address, once they have loaded
 * or as it comes into sight: before the answer browsers would ask, and after it ask twice.
 */
import { queryAll } from '../natives/natives.ts'

/** Attributes that make a browser load something; held as `data-…`. Those come first that make another one superfluous. */
export const LOADS = ['srcset', 'imagesrcset', 'src', 'href', 'poster', 'data', 'srcdoc']

const WITHIN = 'data-'
const AWAY = 'data-portti-'

/** What loads. Of other elements `data-href` and its like may be the page's own. */
const LOADING = /^(iframe|object|embed|video|audio|img|picture|source|input)$/

/** `element`, and before it the sources inside that have no mark of their own. */
export const partsOf = (element: Element): Element[] => [
  ...queryAll(element, ':is(source,track,img):not([data-service],[data-category])'),
  element,
]

/** The address that `element` waits with. */
export const addressOf = (element: Element, attribute: string): string | null =>
  element.getAttribute(WITHIN + attribute) ?? element.getAttribute(AWAY + attribute)

/** Takes the addresses of `element` out of the page's reach. */
export function stow(element: Element): void {
  if (LOADING.test(element.localName)) move(element, WITHIN, AWAY)
}

/** Gives them back. One that the page has put there meanwhile is the one that counts. */
export function unstow(element: Element): void {
  move(element, AWAY, WITHIN)
}

function move(element: Element, from: string, to: string): void {
  for (const part of partsOf(element)) {
    for (const name of LOADS) {
      const address = part.getAttribute(from + name)
      if (address === null) continue
      part.removeAttribute(from + name)
      if (to === AWAY || !part.hasAttribute(to + name)) part.setAttribute(to + name, address)
    }
  }
}
