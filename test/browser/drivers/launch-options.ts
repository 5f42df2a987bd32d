import type { Processes } from './processes.ts'
import type { Send } from './webdriver.ts'

/** What a visitor's system asks of a page. */
export interface MediaFeatures {
  readonly dark?: boolean
  readonly reducedMotion?: boolean
  readonly forcedColors?: boolean
}

export interface LaunchOptions extends MediaFeatures {
  /** The internet that the browser gets. */
  readonly world: { readonly port: number }
  /** Of the viewport, in CSS pixels. @default [1280, 900] */
  readonly size?: readonly [width: number, height: number]
  /** Global Privacy Control. WebKit has none: have the page define `navigator.globalPrivacyControl` itself. */
  readonly gpc?: boolean
  /** `false` keeps cookies of third parties out. @default true */
  readonly thirdPartyCookies?: boolean
  /** `false` refuses every cookie, and storage where the engine does that as well. @default true */
  readonly cookies?: boolean
}

/** Where a launch may put things, and what ends with it. */
export interface Launch {
  readonly options: LaunchOptions
  readonly size: readonly [width: number, height: number]
  /** A new folder for the profile, removed at the end. */
  readonly folder: string
  readonly processes: Processes
}

/** A browser that is up and waits for `POST /session` with `session`. */
export interface Driver {
  readonly send: Send
  readonly session: object
  /** Runs a script with the browser's own rights; only Firefox can. */
  readonly runInBrowser?: (script: string) => Promise<unknown>
}
