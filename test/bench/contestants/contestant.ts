/** What a contestant is: a page that does the task as its own documentation says, and how a visitor uses it. */
import type { Held, Task } from '../task.ts'

export interface Contestant {
  readonly id: string
  readonly name: string
  /** npm package whose version is told. */
  readonly package?: string
  /** Our own files by address on its site: a file of a package, or what makes the content. */
  readonly files?: Readonly<Record<string, string | (() => Promise<string>)>>
  /** Markup first in `<head>`. */
  head?(task: Task): string
  /** Markup of one held thing, where a page would have it. */
  hold(held: Held): string
  /** Markup at the end of `<body>`. */
  end?(task: Task): string
  /** What a visitor uses; ` >>> ` steps into an open shadow root. A page that asks nothing has none. */
  readonly ui?: {
    readonly accept: string
    /** Opens the settings. */
    readonly settings: string
    /** Something in the open settings that a visitor waits for: a switch or a button. */
    readonly opened: string
  }
  /** Parts of the bench that it cannot do, each with the reason: its row stays empty there. */
  readonly cannot?: { readonly [part in Part]?: string }
  /** What it does not do of the task, in words; told beside the figures. */
  readonly notes?: readonly string[]
}

/** Parts of the bench that somebody may be unable to take. */
export type Part = 'scripts' | 'frames' | 'services'

/** For text and attribute values. */
export const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

/** JSON that may stand in a `<script>`. */
export const json = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c')
