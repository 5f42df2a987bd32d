/** What is wrong at one place of a policy. Plain data; `explain` makes a sentence of it, `summary` a line. */

export type IssueCode =
  /** The document is not JSON, or reading it threw. */
  | 'json'
  /** The document is larger than 256 KB. */
  | 'size'
  /** Another type of value than expected. */
  | 'type'
  /** A field that must be there is not. */
  | 'missing'
  /** A key that means nothing here. */
  | 'key'
  /** Right type, wrong content. */
  | 'value'
  /** A number outside its limits. */
  | 'range'
  /** A list or record without any entry. */
  | 'empty'
  /** Not a catalogue service. */
  | 'service'
  /** An id that is taken already. */
  | 'duplicate'
  /** An id that nothing in the policy has. */
  | 'reference'
  /** A category that, in the end, needs itself. */
  | 'cycle'
  /** `from` is later than `until`. */
  | 'order'
  /** A service that is known to need consent stands under `necessary`. */
  | 'tracker'
  /** Ads or demographics on a site for children. */
  | 'children'

export interface Issue {
  /** JSON pointer into the policy (RFC 6901); empty for the whole document. */
  readonly path: `/${string}` | ''
  readonly code: IssueCode
  /** What was found, shortened; text is in double quotes. */
  readonly found: string
  /** What was expected, in a few words. */
  readonly expected: string
  /** Values that would have been right, where they can be counted. */
  readonly options: readonly string[]
}

/** Notes one issue. The null that it returns stands for the value that could not be read. */
export type Report = (
  path: Issue['path'],
  code: IssueCode,
  found: unknown,
  /** Empty: the options, joined. */
  expected: string,
  options?: readonly string[],
) => null

/** A text that was read, its type in `types`, and where it stands. */
export type Naming = readonly [type: string, text: string, path: Issue['path']]

/**
 * The issues as one line each, for the console of a page; at most nine, and how many there are.
 * Tools use `explain`, which says more.
 */
export function summary(issues: readonly Issue[]): string {
  return (
    issues
      .slice(0, 9)
      // A key or a text may hold a line break.
      .map(({ path, found, expected }) =>
        `${path || '/'}: found ${found}, expected ${expected}`.replace(/\s/g, ' '),
      )
      .concat(issues.length > 9 ? `… ${issues.length} in all` : [])
      .join('\n')
  )
}
