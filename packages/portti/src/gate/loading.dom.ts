/** Frames, images, style sheets and media: their addresses wait in `data-…` attributes. */
import { addressOf, LOADS, partsOf } from './stow.dom.ts'
import { trust } from './trusted-types.dom.ts'

/** Gives `element`, and the sources inside it without a mark of their own, their addresses. Returns what takes them back. */
export function load(element: HTMLElement, name: string): () => void {
  const loaded: [Element, string][] = []
  change(element, () => {
    for (const part of partsOf(element)) {
      for (const attribute of LOADS) {
        const address = addressOf(part, attribute)
        if (address === null) continue
        // Under Trusted Types the address of a plug-in is a script's.
        trust(() =>
          part.setAttribute(
            attribute,
            part.localName === 'object' || part.localName === 'embed' ? trust.url(address) : address,
          ),
        )
        loaded.push([part, attribute])
      }
    }
    if (element.localName === 'iframe' && !element.title) element.title = name
  })
  return () =>
    change(element, () => {
      for (const [part, attribute] of loaded) part.removeAttribute(attribute)
    })
}

/**
 * Frames change outside the page: Chromium and Firefox forget an address that a frame is given while the parser is at it,
 * and one that is taken away in the page leaves a step in the history.
 */
export function change(element: HTMLElement, work: () => void): void {
  const { parentNode, nextSibling } = element
  const frame = element.localName === 'iframe'
  if (frame) element.remove()
  work()
  // As it is at that moment, because the guard looks at what comes in. A form's own controls may be called `insertBefore`.
  if (frame && parentNode) Node.prototype.insertBefore.call(parentNode, element, nextSibling)
  // A source that gets its address later is not looked at again.
  const media = element.localName === 'source' ? parentNode : element
  if (media instanceof HTMLMediaElement) media.load()
}
