/** Frames, images, style sheets and media: their addresses wait in `data-…` attributes. */
import { queryAll } from '../natives/natives.ts'
import { LOADS } from './find.dom.ts'
import { trust } from './trusted-types.dom.ts'

/** Gives `element`, and the sources inside it, their addresses. Returns what takes them back. */
export function load(element: HTMLElement, name: string): () => void {
  const loaded: [Element, string][] = []
  // Sources before the element that chooses among them.
  const parts = [...queryAll(element, 'source,track,img'), element]
  for (const part of parts) {
    for (const attribute of LOADS) {
      const address = part.getAttribute(`data-${attribute}`)
      if (address === null) continue
      // Under Trusted Types the address of a plug-in is a script's.
      trust(() =>
        part.setAttribute(
          attribute,
          part.tagName === 'OBJECT' || part.tagName === 'EMBED' ? trust.url(address) : address,
        ),
      )
      loaded.push([part, attribute])
    }
  }
  if (element.tagName === 'IFRAME' && !element.title) element.title = name
  if (element instanceof HTMLMediaElement) element.load()
  return () => {
    // Replaced, not navigated: the way back leaves no step in the history.
    if (element instanceof HTMLIFrameElement) element.contentWindow?.location.replace('about:blank')
    for (const [part, attribute] of loaded) part.removeAttribute(attribute)
    if (element instanceof HTMLMediaElement) element.load()
  }
}
