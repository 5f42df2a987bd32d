/** What is known not to be held, or not to work, with the reason. The suite fails on anything else, and when one of these ends. */
import type { Engine } from '../browser/engines.ts'
import type { Rung } from './rungs.ts'

/** The first word of a fault that `play` reports. */
export type FaultKind = 'request' | 'run' | 'trace' | 'harm' | 'lost' | 'twice'

export interface Known {
  /** `family: case`. */
  readonly of: readonly string[]
  readonly engines: readonly Engine[]
  readonly rungs: readonly Rung[]
  readonly faults: readonly FaultKind[]
  /** It depends on what is faster: not seen each time. */
  readonly sometimes?: true
  /** In the README's words. */
  readonly why: string
}

/** What has been measured so far; only this is played by default and told in the README. */
export const measured: Readonly<Record<Engine, readonly Rung[]>> = {
  chromium: ['guard'],
  firefox: [],
  webkit: [],
}

export const known: readonly Known[] = [
  {
    of: [
      'cookies and storage: localStorage by Object.assign',
      'cookies and storage: localStorage by a property',
      'cookies and storage: localStorage by an index',
      'cookies and storage: localStorage by defineProperty',
      'cookies and storage: sessionStorage by a property',
    ],
    engines: ['chromium'],
    rungs: ['guard'],
    faults: ['trace'],
    why: 'Storage written by property and not by `setItem`',
  },
  {
    of: [
      'calls to the network: import()',
      'calls to the network: import() of a relative name in an import map',
    ],
    engines: ['chromium'],
    rungs: ['guard'],
    faults: ['request', 'run'],
    why: 'Out of reach of page code: `import()`, what a worker makes up by itself or has in a file of the site, redirects by way of the site',
  },
  {
    of: [
      "calls to the network: a Worker file of the site's own that asks",
      'calls to the network: a Worker of a blob that is told its address',
      'calls to the network: a Worker of a blob that puts its address together',
      'calls to the network: a redirect by way of the site itself',
    ],
    engines: ['chromium'],
    rungs: ['guard'],
    faults: ['request'],
    why: 'Out of reach of page code: `import()`, what a worker makes up by itself or has in a file of the site, redirects by way of the site',
  },
  {
    of: ['calls to the network: a picture by way of the site itself'],
    engines: ['chromium'],
    rungs: ['guard'],
    faults: ['lost', 'request'],
    why: 'Out of reach of page code: `import()`, what a worker makes up by itself or has in a file of the site, redirects by way of the site',
  },
  {
    of: ['calls to the network: import() in a blob: module'],
    engines: ['chromium'],
    rungs: ['guard'],
    faults: ['lost', 'request', 'run'],
    why: 'Out of reach of page code: `import()`, what a worker makes up by itself or has in a file of the site, redirects by way of the site',
  },
  {
    of: [
      'calls to the network: a link with ping',
      'calls to the network: fetch of an object that says its address late',
      'frames: a frame aimed at by a link',
      'spellings of addresses: of code, made of an object',
      'what code inserts: a picture by XSLT',
      'what code inserts: a picture by execCommand',
      'what code inserts: a picture by innerHTML',
      'what code inserts: a picture by setHTMLUnsafe',
      'what code inserts: a picture in a declared shadow root that arrives by setHTMLUnsafe',
    ],
    engines: ['chromium'],
    rungs: ['guard'],
    faults: ['request'],
    why: 'Ways of code that are not held yet: the request goes out',
  },
  {
    of: [
      "frames: an address set by a frame's location",
      'pictures, media and styles: a rule of a group that code inserts',
      'pictures, media and styles: a rule that code changes',
      'pictures, media and styles: a style property that code sets',
      'pictures, media and styles: an animation with a picture',
      'pictures, media and styles: rules that speculate, by code',
      'spellings of addresses: of code, a fetch relative to a base',
    ],
    engines: ['chromium'],
    rungs: ['guard'],
    faults: ['lost', 'request'],
    why: 'Ways of code that are not held yet: the request goes out',
  },
  {
    of: [
      'frames: a frame',
      'frames: a frame of no size',
      'frames: a frame with a sandbox',
      'frames: a frame without credentials',
      'frames: an embedded page',
      'frames: an object with a page',
      'pictures, media and styles: a filter picture in SVG',
      'pictures, media and styles: a hidden picture',
      'pictures, media and styles: a picture',
      'pictures, media and styles: a picture button',
      'pictures, media and styles: a picture element',
      'pictures, media and styles: a picture in SVG',
      'pictures, media and styles: a picture under its old name',
      'pictures, media and styles: a picture with a source set',
      'pictures, media and styles: a picture with sizes',
      'pictures, media and styles: a poster',
      'pictures, media and styles: a prefetched page',
      'pictures, media and styles: a style sheet',
      'pictures, media and styles: a style sheet for print',
      'scripts in the HTML: a deferred script',
      'scripts in the HTML: a module',
      'scripts in the HTML: a module beside its nomodule twin',
      'scripts in the HTML: a script after the end of the body',
      'scripts in the HTML: a script in SVG',
      'scripts in the HTML: a script in SVG by xlink',
      'scripts in the HTML: a script in the body',
      'scripts in the HTML: a script in the head',
      'scripts in the HTML: a script in upper case',
      'scripts in the HTML: a script of an old language',
      'scripts in the HTML: a script of an old type',
      'scripts in the HTML: a script on a host whose other paths are free',
      'scripts in the HTML: a script that blocks rendering and asks for priority',
      'scripts in the HTML: a script that reads its own tag',
      'scripts in the HTML: a script whose load is waited for',
      'scripts in the HTML: a script with integrity, crossorigin and referrerpolicy',
      'scripts in the HTML: a script without quotes',
      "scripts in the HTML: a tracker of the site's own, by its path",
      'scripts in the HTML: an async script',
      'scripts in the HTML: ten scripts among paragraphs',
      'scripts in the HTML: the same script twice',
      'scripts in the HTML: three deferred scripts that keep their order',
      'snippets as vendors give them: Google Ads',
      'snippets as vendors give them: Google Analytics 4',
      'snippets as vendors give them: Google Analytics 4 in the body, with an event',
      'snippets as vendors give them: Meta Pixel as a bare picture',
      'snippets as vendors give them: a Facebook page in a frame',
      'snippets as vendors give them: a YouTube video',
      'snippets as vendors give them: the Facebook SDK with a share button',
      'snippets as vendors give them: the LinkedIn share button',
      'snippets as vendors give them: the X share button',
      'spellings of addresses: in upper case',
      'spellings of addresses: relative to a base',
      'spellings of addresses: with a dot at the end of the host',
      'spellings of addresses: with a fragment and a query',
      'spellings of addresses: with a port',
      'spellings of addresses: with another kind of dot',
      'spellings of addresses: with backslashes',
      'spellings of addresses: with dots in the path',
      'spellings of addresses: with entities',
      'spellings of addresses: with escaped dots in the path',
      'spellings of addresses: with escapes in the host',
      'spellings of addresses: with its usual port',
      'spellings of addresses: with letters of another script',
      'spellings of addresses: with more slashes',
      'spellings of addresses: with spaces around',
      'spellings of addresses: with tabs and line breaks',
      'spellings of addresses: with wide letters',
      'spellings of addresses: without a scheme',
      'what code inserts: a picture in a shadow root that the markup declares',
      'what code inserts: a script in a shadow root that the markup declares',
    ],
    engines: ['chromium'],
    rungs: ['guard'],
    faults: ['request'],
    why: 'What stands in the HTML is asked for by the parser and the scanner before any code of the page can act; nothing runs and nothing is stored',
  },
  {
    of: [
      "frames: a page of the site's own in a frame, which has the tag as well",
      'pictures, media and styles: a picture in SVG by xlink',
      'pictures, media and styles: a preloaded font',
      'pictures, media and styles: a preloaded module',
      'pictures, media and styles: a preloaded picture',
      'pictures, media and styles: a preloaded script',
      'pictures, media and styles: a preloaded source set',
      'pictures, media and styles: a style attribute with escapes',
      'pictures, media and styles: a style that imports another',
      'pictures, media and styles: a style that imports by a bare word',
      'pictures, media and styles: an early connection',
      'pictures, media and styles: rules that speculate',
      'scripts in the HTML: two scripts and inline code between that needs the first',
      'what code inserts: a picture in a closed shadow root that the markup declares',
    ],
    engines: ['chromium'],
    rungs: ['guard'],
    faults: ['lost', 'request'],
    why: 'What stands in the HTML is asked for by the parser and the scanner before any code of the page can act; nothing runs and nothing is stored',
  },
  {
    of: ['scripts in the HTML: an import map that names it, and a module that imports the name'],
    engines: ['chromium'],
    rungs: ['guard'],
    faults: ['harm', 'lost'],
    why: 'Held, and not given back in place: it works from the next load on',
  },
  {
    of: [
      'pictures, media and styles: a font in a style',
      'pictures, media and styles: a style for content, lists and borders',
      'pictures, media and styles: a style in the page',
      'pictures, media and styles: a style that code inserts',
      'pictures, media and styles: a style whose text grows',
      'pictures, media and styles: a style with a custom property',
      'pictures, media and styles: a style with an image set',
      'pictures, media and styles: a video with sources',
      'pictures, media and styles: an early connection that code asks for',
      'pictures, media and styles: an icon',
      'spellings of addresses: of code, relative to a base that code sets',
      'spellings of addresses: relative to a base that comes later',
      'what code inserts: a picture whose error handler in the markup asks',
      'what code inserts: a script cloned from another',
      'what code inserts: a script whose src is set after it is in the page',
      'what code inserts: a tree cloned with a script in it',
      'what code inserts: document.write after loading, into a page of its own',
    ],
    engines: ['chromium'],
    rungs: ['guard'],
    faults: ['lost'],
    why: 'Held, and not given back in place: it works from the next load on',
  },
  {
    of: ['frames: an Image of a fresh frame'],
    engines: ['chromium'],
    rungs: ['guard'],
    faults: ['twice'],
    why: 'Given back more often than asked, or with an error',
  },
  {
    of: [
      "trackers' real code from npm: mixpanel-browser from its vendor's host",
      "trackers' real code from npm: mixpanel-browser in a bundle of the site",
      "trackers' real code from npm: mixpanel-browser with cookies in a bundle of the site",
    ],
    engines: ['chromium'],
    rungs: ['guard'],
    faults: ['trace'],
    sometimes: true,
    why: 'A database of Mixpanel that the policy of the suite did not declare when this was measured',
  },
]

/** The kinds of fault that a case is known for, and whether each is seen every time. */
export function knownFaults(
  name: string,
  engine: Engine,
  rung: Rung,
): ReadonlyMap<FaultKind, 'always' | 'sometimes'> {
  const found = known.filter(
    (one) => one.of.includes(name) && one.engines.includes(engine) && one.rungs.includes(rung),
  )
  return new Map(
    found.flatMap(({ faults, sometimes }) =>
      faults.map((kind) => [kind, sometimes ? 'sometimes' : 'always']),
    ),
  )
}
