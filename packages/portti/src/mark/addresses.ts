/** Addresses inside attributes that hold more than one. */

/** Of a `srcset`: every candidate's address. */
export function ofSrcset(value: string): readonly string[] {
  const found: string[] = []
  let at = 0
  while (at < value.length) {
    while (at < value.length && /[\s,]/.test(value[at] ?? '')) at++
    const start = at
    while (at < value.length && !/\s/.test(value[at] ?? '')) at++
    const word = value.slice(start, at)
    if (word) found.push(word.replace(/,{1,9}$/, ''))
    if (word.endsWith(',')) continue
    // What follows up to the comma describes it; commas in brackets do not count.
    for (let depth = 0; at < value.length && (depth > 0 || value[at] !== ','); at++) {
      if (value[at] === '(') depth++
      else if (value[at] === ')') depth--
    }
  }
  return found
}

/** Of a `ping`: addresses with blanks between. */
export const ofPing = (value: string): readonly string[] => value.split(/\s+/).filter(Boolean)

/** Code or markup that an address carries in itself (`javascript:`, `data:`); nothing for every other address. */
export function contentOf(
  url: string,
): { readonly kind: 'code' | 'markup'; readonly text: string } | undefined {
  const trimmed = url.trim()
  const script = /^javascript:/i.exec(trimmed)
  if (script) return { kind: 'code', text: decode(trimmed.slice(script[0].length)) }
  const [head, type = '', base64] =
    /^data:([^,;]{0,60})(?:;(?!base64)[^,;]{0,60}){0,3}(;base64)?,/i.exec(trimmed) ?? []
  if (!head) return undefined
  const kind = /(java|ecma)script/i.test(type) ? 'code' : /html|xml/i.test(type) ? 'markup' : undefined
  if (!kind) return undefined
  const body = decode(trimmed.slice(head.length))
  return { kind, text: base64 ? fromBase64(body) : body }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function fromBase64(text: string): string {
  try {
    return atob(text.trim())
  } catch {
    return ''
  }
}
