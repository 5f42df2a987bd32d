/** A spot on the page where something held would be visible; the gate finds it, the banner's placeholder draws it. */
import type { Service } from '../policy/policy.ts'

export interface Place {
  /** Empty element that stands where the held content would; the placeholder draws into its own shadow root. */
  readonly host: HTMLElement
  /** Services that it waits for; the first one names it. Empty if only categories were marked. */
  readonly services: readonly Service[]
  /** Ids of the categories that it waits for. */
  readonly categories: readonly string[]
  /** `widget`: small, next to text. `frame`: is given the frame's own box. `block`: as wide as its parent. */
  readonly kind: 'widget' | 'frame' | 'block'
  /** Address that works with no tracker: a share link or the content on its own site. Already checked. */
  readonly link: { readonly href: string; readonly does: 'share' | 'open' } | undefined
  /** The vendor has ended it: only the link is offered. */
  readonly retired: boolean
  /** Lets just this one run, stores nothing. */
  once(): void
  /** Stores a yes for its services (or categories) and lets them run. */
  always(): void
}

/** Draws a place. Returns what takes the drawing away again. */
export type DrawPlace = (place: Place) => () => void
