/** The small button that brings the settings back, on pages that have no control of their own for it. */
import { h } from './element.ts'
import type { Scene } from './scene.ts'

export const reopenControl = ({ wording }: Scene): HTMLElement => (
  <button type="button" class="r" part="reopen" data-portti-action="settings">
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d="M3 6h6m5 0h3M3 14h2m5 0h7M9 6a2.5 2.5 0 105 0a2.5 2.5 0 10-5 0M5 14a2.5 2.5 0 105 0a2.5 2.5 0 10-5 0" />
    </svg>
    <span>{wording.messages.settings}</span>
  </button>
)
