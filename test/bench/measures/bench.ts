/** What a measure is given. */
import type { Chromium } from '../chromium.ts'
import type { Server } from '../server.ts'

export interface Bench {
  readonly browser: Chromium
  readonly server: Server
}

/** Figures by metric id, and words about what went wrong. */
export interface Taken {
  readonly values: Readonly<Record<string, number>>
  readonly remarks?: readonly string[]
}
