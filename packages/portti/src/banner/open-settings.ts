/** What the banner asks of the settings, which come in a file of their own. */
import type { Choice } from '../consent/decision.ts'
import type { Receipt } from '../consent/record.ts'
import type { Scene } from './scene.ts'

/** Draws the settings into `box`, which stands in a shadow root. The dialog is not shown yet. */
export type OpenSettings = (box: HTMLElement, scene: Scene) => Settings

export interface Settings {
  readonly dialog: HTMLDialogElement
  /** Draws again, after another language or decision; what the visitor has switched stays. */
  redraw(scene: Scene): void
  /** What the switches say. */
  choice(): Choice
  /** Hands the visitor a file. */
  saveReceipt(receipt: Receipt | undefined): void
  remove(): void
}
