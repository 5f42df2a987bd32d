/** Addresses that a style sheet fetches: `@import`, `url()` and the texts of `image-set()`. */

export interface CssMatch<Owner> {
  readonly owner: Owner
  readonly address: string
}

export interface CleanCss<Owner> {
  readonly matches: readonly CssMatch<Owner>[]
  /** The same sheet without what it must not fetch. */
  readonly text: string
}

/** Every alternative also ends where the sheet does, so that each character is read once. */
const TOKEN =
  /\/\*[\s\S]*?(?:\*\/|$)|@import(?![\w-])|(?<![\w-])(?:-webkit-)?image-set\(|(?<![\w-])url\(\s*(?:"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|[^)"'\s]*)\s*\)?|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|[;{})]/gi

/** Stands where something was, so that what is left and right of it does not become one word. */
const NOTHING = '/**/'

const ESCAPE = /\\(?:([\da-f]{1,6})\s?|([\s\S]))/gi

/** Takes out what `ofUrl` knows an owner of: an `@import` as a whole, of other rules the address alone. */
export function cleanCss<Owner>(css: string, ofUrl: (address: string) => Owner | undefined): CleanCss<Owner> {
  // `url` and `@import` may be written with escapes; a letter means the same without one.
  const plain = css.replace(ESCAPE, (given, ...parts) => {
    const character = characterOf(...parts)
    return /[a-z]/i.test(character) ? character : given
  })
  const cleaned = cleanPlain(plain, ofUrl)
  return cleaned.matches.length > 0 ? cleaned : { matches: [], text: css }
}

function cleanPlain<Owner>(css: string, ofUrl: (address: string) => Owner | undefined): CleanCss<Owner> {
  const matches: CssMatch<Owner>[] = []
  const parts: string[] = []
  let from = 0
  let inSet = false
  /** Where the `@import` begins that we are in, whether its address was seen, and whether it is held. */
  let rule: { readonly start: number; named: boolean; held: boolean } | undefined
  const replace = (start: number, end: number, instead: string) => {
    parts.push(css.slice(from, start), instead)
    from = end
  }

  for (const { 0: token, index } of css.matchAll(TOKEN)) {
    const end = index + token.length
    const first = token[0] ?? ''
    if (/^@import$/i.test(token)) rule = { start: index, named: false, held: false }
    else if (/image-set\($/i.test(token)) inSet = true
    else if (token === ')') inSet = false
    else if (token === ';' || token === '{' || token === '}') {
      if (rule?.held && token === ';') replace(rule.start, end, NOTHING)
      rule = undefined
      inSet = false
    } else if (/^u/i.test(first) || (/["']/.test(first) && (inSet || rule?.named === false))) {
      const address = addressOf(token)
      const owner = ofUrl(address)
      if (owner !== undefined) matches.push({ owner, address })
      if (rule) {
        rule.held ||= owner !== undefined && !rule.named
        rule.named = true
      } else if (owner !== undefined) replace(index, end, /^u/i.test(first) ? 'none' : '""')
    }
  }
  if (rule?.held) replace(rule.start, css.length, NOTHING)
  return { matches, text: parts.join('') + css.slice(from) }
}

/** The address of a `url(…)` or a text in quotation marks. */
function addressOf(token: string): string {
  const inner = token
    .replace(/^url\(\s*/i, '')
    .replace(/\)$/, '')
    .trimEnd()
  const bare = /^["']/.test(inner) ? inner.slice(1).replace(/["']$/, '') : inner
  return bare.replace(ESCAPE, (_, ...parts) => characterOf(...parts))
}

/** The character that an escape stands for. */
function characterOf(hex?: string, plain = ''): string {
  if (hex === undefined) return plain
  const code = Number.parseInt(hex, 16)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
}
