import { closest, queryAll } from '../natives/natives.ts'
import { headLineFault } from './head-line.ts'

/**
 * What is wrong with the page's head line; nothing on a page without one, or with a right one. To be asked when the page has
 * been parsed.
 *
 * @param tag Our own script element.
 */
export function checkHeadLine(tag: Element | null): string | undefined {
  const begun = [...queryAll(document, 'meta[name="portti"]')]
  const dead = [...queryAll(document, 'meta[http-equiv="Content-Security-Policy" i] + template, plaintext')]
  const [first] = [...begun, ...dead].filter((element) => begun.includes(element) || isBlind(element))
  if (!first) return undefined
  const content = begun[0]?.getAttribute('content') ?? ''
  const next = begun[0]?.nextElementSibling
  const all = [...queryAll(document, '*')]
  const place = all.indexOf(first)
  return headLineFault({
    began: begun.length > 0,
    counts: begun.length === 0,
    whole:
      content.startsWith('<noscript><!--</noscript><meta ') &&
      next instanceof HTMLTemplateElement &&
      isBlind(next),
    early: !!tag && place < all.indexOf(tag),
    late: all.slice(0, place).some((element) => element !== tag && isElsewhere(element)),
  })
}

/** Whether it is the line's template, or what is left of it when something has taken its `<svg>` away. */
const isBlind = (element: Element): boolean =>
  element instanceof HTMLTemplateElement
    ? queryAll(element.content, 'svg > plaintext').length > 0
    : closest(element, 'svg') === null

function isElsewhere(element: Element): boolean {
  const address =
    element.getAttribute('src') ?? (element.localName === 'link' ? element.getAttribute('href') : null)
  try {
    return address !== null && new URL(address, document.baseURI).origin !== location.origin
  } catch {
    return false
  }
}
