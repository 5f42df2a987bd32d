/** What the gate knows of one element that waits. */
import type { Widget } from '../policy/service-facts.ts'
import type { Condition } from './mark.ts'
import type { State } from './plan.ts'

/**
 * `script`: code. `frame`: shows something of its own. `asset`: an image, a style sheet, a source. `template`: any HTML.
 * `widget`: markup that does nothing until its vendor's script comes.
 */
export type Kind = 'script' | 'frame' | 'asset' | 'template' | 'widget'

export interface Held {
  readonly kind: Kind
  readonly element: HTMLElement
  readonly condition: Condition
  /** Only of a widget. */
  readonly widget: Widget | undefined
  /** Its provider has ended it: nothing is loaded for it, whatever the visitor says. */
  readonly retired: boolean
  state: State
  /** The visitor let just this one run. */
  once: boolean
  /** Takes away the placeholder that stands for it. */
  unplace: (() => void) | undefined
  /** Takes back what was released, as far as a page can. */
  undo: (() => void) | undefined
}

/** One line of `portti.held()`. */
export interface HeldReport {
  /** `call`: something that page code would have sent. `write`: something that it would have stored. */
  readonly kind: Kind | 'call' | 'write'
  /** Id of the first service that it waits for; empty if only categories were named. */
  readonly service: string
  readonly categories: readonly string[]
  /** Where it would load from; `inline` for code and markup in the page. */
  readonly from: string
  readonly state: 'held' | 'released'
  /**
   * `marked`: the page says so. The others are the guard's. `declared`: its address is one of the policy's. `undeclared`: the
   * catalogue knows it, the policy does not. `unlisted`: nobody knows its host. `no-policy`: the policy is not there yet.
   */
  readonly why: 'marked' | 'declared' | 'undeclared' | 'unlisted' | 'no-policy'
}
