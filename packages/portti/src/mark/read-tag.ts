/** Where the attributes of one start tag stand in its source: all of them, of two of a name both. */
export interface AttributePlace {
  /** In lower case. */
  readonly name: string
  readonly start: number
  readonly nameEnd: number
  /** Behind the value and its quotation marks; where the name ends if there is no value. */
  readonly end: number
}

export interface TagPlaces {
  /** Behind the tag's name. */
  readonly nameEnd: number
  readonly attributes: readonly AttributePlace[]
}

const BLANK = /[\t\n\f\r ]/
const NAME_END = /[\t\n\f\r />=]/
const UNQUOTED_END = /[\t\n\f\r >]/

/** Reads `tag`, which begins with `<` and ends with `>`. Offsets are within it. */
export function readTag(tag: string): TagPlaces {
  const nameEnd = skip(tag, 1, (character) => !/[\t\n\f\r />]/.test(character))
  const attributes: AttributePlace[] = []
  let at = nameEnd
  for (;;) {
    at = skip(tag, at, (character) => character === '/' || BLANK.test(character))
    if (at >= tag.length - 1) return { nameEnd, attributes }
    const start = at
    // A name may begin with the sign that ends others.
    at = skip(tag, at + 1, (character) => !NAME_END.test(character))
    const attributeEnd = at
    const sign = skip(tag, at, (character) => BLANK.test(character))
    if (tag[sign] === '=') {
      at = skip(tag, sign + 1, (character) => BLANK.test(character))
      const quote = tag[at]
      if (quote === '"' || quote === "'") {
        const close = tag.indexOf(quote, at + 1)
        at = close < 0 ? tag.length : close + 1
      } else at = skip(tag, at, (character) => !UNQUOTED_END.test(character))
    }
    attributes.push({
      name: tag.slice(start, attributeEnd).toLowerCase(),
      start,
      nameEnd: attributeEnd,
      end: at,
    })
  }
}

function skip(text: string, from: number, passes: (character: string) => boolean): number {
  let at = from
  while (at < text.length && passes(text[at] ?? '')) at++
  return at
}
