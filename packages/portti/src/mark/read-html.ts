/**
 * Start and end tags of a page with the places where they stand in its source, as a browser's parser would see them: what
 * looks like a tag inside a script, a comment, a title or an attribute is none.
 *
 * The tokenizer is parse5's. It is told here what the tree would tell it: which elements hold raw text, and where SVG and
 * MathML begin and end. The whole tree is not built, so that memory and time stay small whatever a page nests.
 */
import { foreignContent, html, type Token, type TokenHandler, Tokenizer, TokenizerMode } from 'parse5'

/** Offsets are in UTF-16 code units from the start of the page. */
export interface StartTag {
  /** In lower case, but for those of SVG that are not. */
  readonly name: string
  /** Name in lower case → value without character references; of two of a name the first. */
  readonly attributes: ReadonlyMap<string, string>
  /** Where its `<` stands. */
  readonly start: number
  /** Behind its `>`. */
  readonly end: number
  /** The first line is 1. */
  readonly line: number
  /** Inside SVG or MathML. */
  readonly foreign: boolean
  readonly selfClosing: boolean
}

export interface EndTag {
  readonly name: string
  readonly foreign: boolean
  readonly start: number
  readonly end: number
}

export interface HtmlReader {
  write(chunk: string): void
  /** The page is over. */
  end(): void
}

export interface ReaderOptions {
  /** Whether `noscript` holds text, as in a browser that runs scripts. */
  readonly scripting: boolean
  readonly startTag: (tag: StartTag) => void
  readonly endTag: (tag: EndTag) => void
  /** Whether everything behind this `<plaintext>` is text. */
  readonly isPlaintext: (tag: StartTag) => boolean
}

const TEXT_MODES: ReadonlyMap<string, number> = new Map([
  ...['textarea', 'title'].map((name) => [name, TokenizerMode.RCDATA] as const),
  ...['style', 'iframe', 'xmp', 'noembed', 'noframes', 'noscript'].map(
    (name) => [name, TokenizerMode.RAWTEXT] as const,
  ),
  ['script', TokenizerMode.SCRIPT_DATA],
  ['plaintext', TokenizerMode.PLAINTEXT],
])

/** SVG or MathML that is open, or a part of it that holds HTML again. */
interface Island {
  readonly name: string
  readonly space: html.NS
  /** Name → how many of them are open inside, as far as can be told without a tree. */
  readonly open: Map<string, number>
}

export function createReader({ scripting, startTag, endTag, isPlaintext }: ReaderOptions): HtmlReader {
  const islands: Island[] = []
  const spaceNow = () => islands.at(-1)?.space ?? html.NS.HTML

  function leaveForeign(): void {
    while (spaceNow() !== html.NS.HTML) islands.pop()
  }

  function enter(token: Token.TagToken): html.NS {
    const above = spaceNow()
    if (above !== html.NS.HTML && foreignContent.causesExit(token)) leaveForeign()
    const outside = spaceNow()
    const space =
      outside !== html.NS.HTML
        ? outside
        : token.tagName === 'svg'
          ? html.NS.SVG
          : token.tagName === 'math'
            ? html.NS.MATHML
            : html.NS.HTML
    if (space === html.NS.HTML) return space
    if (space === html.NS.SVG) foreignContent.adjustTokenSVGTagName(token)
    if (token.selfClosing) return space
    // In lower case, as the end tag has it.
    const name = token.tagName.toLowerCase()
    const isRoot = outside === html.NS.HTML || name === islands.at(-1)?.name
    const holdsHtml = foreignContent.isIntegrationPoint(token.tagID, space, token.attrs)
    if (isRoot || holdsHtml) islands.push({ name, space: holdsHtml ? html.NS.HTML : space, open: new Map() })
    else {
      const { open } = islands.at(-1) as Island
      open.set(name, (open.get(name) ?? 0) + 1)
    }
    return space
  }

  function leave(name: string): void {
    const island = islands.at(-1)
    if (!island) return
    if (name === island.name) islands.pop()
    else if (island.space !== html.NS.HTML) {
      const inside = island.open.get(name) ?? 0
      // It closes something around the drawing, and the drawing with it.
      if (inside === 0) leaveForeign()
      else island.open.set(name, inside - 1)
    }
  }

  const handler: TokenHandler = {
    onStartTag(token) {
      const space = enter(token)
      const tag: StartTag = {
        name: token.tagName,
        attributes: new Map(token.attrs.map(({ name, value }) => [name, value])),
        ...placeOf(token),
        line: token.location?.startLine ?? 1,
        foreign: space !== html.NS.HTML,
        selfClosing: token.selfClosing,
      }
      const mode = tag.foreign ? undefined : TEXT_MODES.get(tag.name)
      const isText =
        mode !== undefined &&
        (tag.name !== 'noscript' || scripting) &&
        (tag.name !== 'plaintext' || isPlaintext(tag))
      if (isText) tokenizer.state = mode
      tokenizer.inForeignNode = spaceNow() !== html.NS.HTML
      startTag(tag)
    },
    onEndTag(token) {
      const foreign = spaceNow() !== html.NS.HTML
      leave(token.tagName)
      tokenizer.inForeignNode = spaceNow() !== html.NS.HTML
      endTag({ name: token.tagName, foreign, ...placeOf(token) })
    },
    onCharacter: nothing,
    onNullCharacter: nothing,
    onWhitespaceCharacter: nothing,
    onComment: nothing,
    onDoctype: nothing,
    onEof: nothing,
  }
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: true }, handler)
  return {
    write: (chunk) => tokenizer.write(chunk, false),
    end: () => tokenizer.write('', true),
  }
}

function placeOf(token: Token.TagToken): { start: number; end: number } {
  return { start: token.location?.startOffset ?? 0, end: token.location?.endOffset ?? 0 }
}

function nothing(): void {}
