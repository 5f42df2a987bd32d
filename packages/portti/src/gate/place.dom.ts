/** Stands a placeholder in for something held, and knows the address that works without its tracker. */
import { createElement, titleOf } from '../natives/natives.ts'
import { giveBox } from './box.dom.ts'
import { isLoading } from './find.dom.ts'
import type { Held } from './held.ts'
import { expandLink, safeLink } from './link.ts'
import { change } from './loading.dom.ts'
import { clearCopies, isSeen } from './markup.dom.ts'
import type { DrawPlace, Place } from './place.ts'
import { addressOf, LOADS, unstow } from './stow.dom.ts'

/** Marks a placeholder's host: the id of what it waits for. */
const PLACE = 'data-portti-place'
/** Marks an element that we hide: the `display` of its own style. */
const HIDDEN = 'data-portti-hidden'

/** Hosts of placeholders that are drawn, and what each stands for. The copy of one has lost its drawing. */
export const places = new WeakMap<Element, Element>()

export interface PlaceActions {
  once(): void
  always(): void
}

/** Draws a placeholder if something would be seen there. Returns what takes it away and shows the element again. */
export function place(
  held: Held,
  draw: DrawPlace | undefined,
  actions: PlaceActions,
): (() => void) | undefined {
  const { kind, element, condition, widget, retired } = held
  if (retired && !widget?.link) return hide(element)
  if (!draw || kind === 'script' || kind === 'asset' || (kind !== 'widget' && !isSeen(element)))
    return undefined

  // No page has such an element: code that makes old elements into new ones takes ours for none of its own.
  const host = createElement('portti-place')
  host.setAttribute(PLACE, condition.services[0]?.id ?? condition.categories[0] ?? '')
  places.set(host, element)
  element.before(host)
  // A quoted post reads well without its script, and a template takes no room.
  const show = kind === 'template' || element.localName === 'blockquote' ? () => {} : hide(element)
  const erase = draw({
    host,
    services: condition.services,
    categories: condition.categories,
    kind:
      kind === 'widget' && element.localName !== 'blockquote'
        ? 'widget'
        : kind === 'frame'
          ? 'frame'
          : 'block',
    link: linkOf(held),
    retired,
    ...actions,
  })
  if (kind === 'frame') giveBox(host, element)
  return () => {
    erase()
    places.delete(host)
    host.remove()
    show()
  }
}

/**
 * Makes something new ready to be held. A copy becomes what its original was: sliders copy their slides, some code writes its own
 * markup anew, and some pages are saved as they stand. A frame gives up an address that it was left.
 */
export function freshen({ kind, element }: Held): void {
  // Of these there are many, and none is shown.
  if (kind === 'script') return
  if (kind === 'template') clearCopies(element)
  const host = element.previousElementSibling
  if (host?.hasAttribute(PLACE) && !places.has(host)) host.remove()
  unstow(element)
  const live = LOADS.filter((name) => {
    const address = element.getAttribute(name)
    if (kind === 'frame' && isLoading(element, name)) return true
    return address !== null && address === element.getAttribute(`data-${name}`)
  })
  if (live.length > 0)
    change(element, () => {
      for (const name of live) {
        if (!element.hasAttribute(`data-${name}`))
          element.setAttribute(`data-${name}`, element.getAttribute(name) ?? '')
        element.removeAttribute(name)
      }
    })
  show(element)
}

/** Hides `element` also from a page whose own style gives it a `display`. Returns what shows it again. */
function hide(element: HTMLElement): () => void {
  const { style } = element
  const { display } = style
  const rank = style.getPropertyPriority('display')
  style.setProperty('display', 'none', 'important')
  element.setAttribute(HIDDEN, display)
  return () => show(element, rank)
}

function show(element: HTMLElement, rank?: string): void {
  const display = element.getAttribute(HIDDEN)
  if (display === null) return
  element.style.setProperty('display', display, rank)
  element.removeAttribute(HIDDEN)
}

function linkOf({ element, widget }: Held): Place['link'] {
  const { origin, pathname, search, href } = location
  const address = widget?.link
    ? expandLink(widget.link, (name) =>
        name === 'url'
          ? origin + pathname + search
          : name === 'title'
            ? titleOf()
            : element.getAttribute(name),
      )
    : (element.getAttribute('href') ?? addressOf(element, 'src'))
  const safe = address ? safeLink(address, href) : undefined
  return safe ? { href: safe, does: widget?.does ?? 'open' } : undefined
}
