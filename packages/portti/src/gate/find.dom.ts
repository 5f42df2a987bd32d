/** Tells which elements wait, and what kind of thing each is. */
import { closest, isElement, isLast, matches, readyState } from '../natives/natives.ts'
import type { Policy, Service } from '../policy/policy.ts'
import type { Widget } from '../policy/service-facts.ts'
import type { Held, Kind } from './held.ts'
import { type Condition, createMarks, idsOf } from './mark.ts'
import { addressOf, LOADS, partsOf } from './stow.dom.ts'

/** What a browser runs. */
export const CODE = /^(module|(text|application)\/(x-)?(java|ecma)script.*|)$/i

export interface Finder {
  readonly selector: string
  /** Attributes that make an element something else when they change. */
  readonly attributes: readonly string[]
  /** A new record of `element` if it waits for something. */
  find(element: Element): Held | undefined
  /** What `element` is marked with although a browser loads it as it stands: a slip of the site's. */
  slip(element: Element): Condition | undefined
  /** What page code has made another since `element` was found. The same address, written again, counts while it is not loaded. */
  changeOf(held: Held): 'marks' | 'address' | undefined
}

export function createFinder(policy: Policy): Finder {
  const marks = createMarks(policy)
  const widgets: [Service, Widget][] = [...policy.services.values()].flatMap((service) =>
    service.widgets.map((widget): [Service, Widget] => [service, widget]),
  )
  const anyWidget = widgets.map(([, { match }]) => match).join()
  const within = ({ parentElement }: Element) => parentElement && closest(parentElement, anyWidget)

  return {
    selector: anyWidget ? `${marks.selector},${anyWidget}` : marks.selector,
    attributes: [...marks.attributes, ...LOADS.map((name) => `data-${name}`)],
    find(element) {
      if (!isElement(element)) return undefined
      const marked = marks.read(element)
      const kind = marked && kindOf(element, marked.unknown === undefined)
      if (kind) return held(kind, element, marked, undefined)
      const [service, widget] = widgets.find(([, { match }]) => matches(element, match)) ?? []
      if (!service || within(element)) return undefined
      return held(
        'widget',
        element,
        marked ?? { services: [service], categories: [], unknown: undefined },
        widget,
      )
    },
    slip: (element) => (isLive(element) ? marks.read(element) : undefined),
    changeOf({ element, kind, condition, widget }) {
      // Widgets, and scripts out of a template, need no mark of their own.
      const now = marks.read(element) ?? (widget || kind === 'script' ? condition : undefined)
      if (!now || sayOf(now) !== sayOf(condition)) return 'marks'
      const isOther = (name: string) => {
        const address = element.getAttribute(`data-${name}`)
        return address !== null && address !== element.getAttribute(name)
      }
      return /^[fa]/.test(kind) && LOADS.some(isOther) ? 'address' : undefined
    },
  }
}

const sayOf = (condition: Condition) => `${idsOf(condition)} ${condition.unknown}`

export const held = (
  kind: Kind,
  element: HTMLElement,
  condition: Condition,
  widget: Widget | undefined,
): Held => ({
  kind,
  element,
  condition,
  widget,
  retired: widget?.retired === true || condition.services.some(({ retired }) => retired),
  state: 'waiting',
  once: false,
  unplace: undefined,
  undo: undefined,
})

const kinds: Readonly<Record<string, Kind>> = {
  template: 'template',
  'portti-gate': 'template',
  iframe: 'frame',
  object: 'frame',
  embed: 'frame',
  video: 'frame',
  audio: 'frame',
}

/** What loads by its start tag alone. */
const WHOLE = '[src],:is(script,iframe,img,embed)[data-src]'
/** Of a page that comes in pieces: its text, its content or its sources may not all be there. */
export const isUnfinished = (element: Element): boolean =>
  readyState() === 'loading' && !matches(element, WHOLE) && isLast(element)

/** Whether a browser loads or runs it as it stands. A link is for people. */
const isLive = (element: Element): boolean =>
  element.localName === 'script'
    ? CODE.test(element.getAttribute('type') ?? '')
    : element.localName !== 'a' && LOADS.some((name) => isLoading(element, name))

/** Whether it asks another site. What the page itself shows in place of a held address is its own. */
export const isLoading = (element: Element, attribute: string): boolean => {
  const address = element.getAttribute(attribute) ?? ''
  return (
    /^(https?:)?\/\//i.test(address) &&
    !address.startsWith(location.origin) &&
    address !== addressOf(element, attribute)
  )
}

/** `known`: all that it is marked with is in the policy. */
function kindOf(element: HTMLElement, known: boolean): Kind | undefined {
  const { localName } = element
  // A script of another type than this is running already, or is a vendor's data and perhaps a widget.
  if (localName === 'script') return element.getAttribute('type') === 'text/plain' ? 'script' : undefined
  const kind = Object.hasOwn(kinds, localName) ? kinds[localName] : 'asset'
  if (kind === 'template' || LOADS.some((name) => addressOf(element, name) !== null)) return kind
  // A frame that was marked and kept its address is caught late rather than not at all. `data-category` may be the page's own.
  if (kind === 'frame' && known && isLive(element)) return kind
  return /^(video|audio|picture)$/.test(localName) &&
    partsOf(element).some((part) => (addressOf(part, 'src') ?? addressOf(part, 'srcset')) !== null)
    ? kind
    : undefined
}
