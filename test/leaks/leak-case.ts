/** What a case of the leak suite is: one unmarked page, one way out. Plain data; `test/browser/leaks.test.ts` plays it. */
import type { Engine } from '../browser/engines.ts'
import type { Reply } from '../browser/world.ts'

export interface LeakCase {
  /** A sentence: what the page does. */
  readonly name: string
  /** Markup as the site has it, after our tag in the head, or in the body. */
  readonly head?: string
  readonly body?: string
  /** Code in a file of the site's own that puts elements into the page, at the end of the body. They are released when the yes comes. */
  readonly inserts?: string
  /** Code in a file of the site's own that calls something, at the end of the body, and once more after the yes: calls are not repeated. */
  readonly calls?: string
  /** What the visitor clicks on after the page has loaded. */
  readonly clicks?: string
  /** The visitor goes to another page, and something happens on the way. */
  readonly goesAway?: true
  /** Answers of the page's own host, by path; of other hosts, by whole address. */
  readonly routes?: Readonly<Record<string, Reply>>
  /** The service of the policy that owns it. @default 'counter' */
  readonly service?: string
  /** The policy does not declare it, or it has ended: no answer lets it run. */
  readonly undeclared?: true
  /** What is asked: `host/path` without query, or `/path` on the tracker's host. `host` alone: a connection. */
  readonly reaches: readonly string[]
  /** What of ours runs, in order: a script of the tracker's says its name. */
  readonly runs?: readonly string[]
  /** What stays behind: `cookie name`, `localStorage name`, … */
  readonly leaves?: readonly string[]
  /** It is over when the yes comes, such as an event of the page's load: it works from the next load on. */
  readonly nextLoad?: true
  /** The order of `runs` is up to the network. */
  readonly anyOrder?: true
  /** How often it asks is up to the tracker or the engine. */
  readonly anyCount?: true
  /** Engines in which this is no way out, and why. */
  readonly except?: Partial<Record<Engine, string>>
}

/** A group of cases; a file holds one. */
export interface Family {
  readonly name: string
  readonly cases: readonly LeakCase[]
}

/** Where the tracker of most cases lives. */
export const HOST = 't.tracker.example'
export const T = `https://${HOST}`
