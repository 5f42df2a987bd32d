/**
 * The head line: static markup that stands right after our tag and keeps browsers from asking ahead. While a script blocks
 * the parser they read on and fetch what they find, before any script on the page can hold it.
 *
 * - The script begins a `<meta>` whose attribute swallows the text up to the next quote, so to the page the policy that
 *   follows is a part of that value and does not count. Firefox, which reads ahead before the script has run, takes it for one,
 *   and asks no other site for scripts and pictures ahead on this page. Style sheets are left out: Firefox would also refuse
 *   the page's own `<link rel=preload as=style>`, and many a page turns that into its style sheet when it has loaded.
 * - In `<svg>` a `plaintext` is an element like any other. Chromium and WebKit read ahead without building a tree: for them
 *   everything that follows is plain text.
 * - To readers that run no scripts it is all one comment in `noscript`.
 *
 * Measured in docs/decisions/08-head-line.md.
 */

const opening = `document.write('<meta name="portti" content="')`

/** The line, to be pasted as it stands. */
export const headLine =
  `<script>${opening}</script><noscript><!--</noscript>` +
  `<meta http-equiv=Content-Security-Policy content="script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; img-src 'self' data: blob:">` +
  '<template><svg><plaintext/></svg></template><noscript>--></noscript>'

/** For the `script-src` of a site that has a policy of its own. A test computes it from the line. */
export const headLineHash = 'sha256-YP+f/sOZaxKtIrNeddpteGO54cMaYbuRW31WAlkhwnA='

/** What a page shows of the line once it is parsed. */
export interface HeadLineSeen {
  /** Its `<meta>` is there as the script began it. */
  readonly began: boolean
  /** Its policy is there as an element, so it counts. */
  readonly counts: boolean
  /** The rest of it is there, whole. */
  readonly whole: boolean
  /** It stands before our tag. */
  readonly early: boolean
  /** Elements before it load something from other sites. */
  readonly late: boolean
}

/** What is wrong with a line, in words for the console. */
export function headLineFault({ began, counts, whole, early, late }: HeadLineSeen): string | undefined {
  if (counts && !began)
    return `its script may not run, so the page takes no scripts and pictures of other sites: add '${headLineHash}' to script-src`
  if (!began || !whole) return 'it was changed: paste it as it stands, past tools that rewrite markup'
  if (early) return 'it has to stand right after the script tag, not before'
  if (late) return 'elements before it load from other sites: move it and the script tag up'
  return undefined
}
