/** Makes new inputs out of old ones. */

/** A number in [0, 1): the same row of them for the same seed. @see mulberry32, a public-domain generator */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296
  }
}

const MOST_CHARACTERS = 1500

/** `input` after one to eight changes: letters, words, runs moved or doubled, parts of `other`, values of JSON. */
export function mutate(input: string, other: string, words: readonly string[], random: () => number): string {
  const upTo = (most: number) => Math.floor(random() * most)
  const oneOf = <T>(list: readonly T[]): T | undefined => list[upTo(list.length)]
  let text = input
  for (let changes = 1 + upTo(random() < 0.5 ? 2 : 8); changes > 0; changes--) {
    const at = upTo(text.length + 1)
    const length = 1 + upTo(random() < 0.7 ? 4 : 40)
    const [head, run, tail] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)]
    switch (upTo(9)) {
      case 0:
        text = head + tail
        break
      case 1:
        text = head + run + run + tail
        break
      case 2:
        text = head + String.fromCharCode(random() < 0.8 ? 32 + upTo(95) : upTo(65_536)) + text.slice(at + 1)
        break
      case 3:
      case 4:
        text = head + (oneOf(words) ?? '') + (random() < 0.5 ? text.slice(at) : tail)
        break
      case 5: {
        const from = upTo(other.length)
        text = head + other.slice(from, from + 1 + upTo(80)) + text.slice(at)
        break
      }
      case 6:
        text = other.slice(0, upTo(other.length)) + text.slice(at)
        break
      default:
        text = jsonChanged(text, other, random) ?? head + [...run].reverse().join('') + tail
    }
  }
  return text.slice(0, MOST_CHARACTERS)
}

/** JSON with one value replaced, removed, doubled or renamed; nothing where `text` is no JSON. */
function jsonChanged(text: string, other: string, random: () => number): string | undefined {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)
  if (!tokens || !/^[[{]/.test(text)) return undefined
  const foreign = other.match(/"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+/g) ?? ['null']
  const values = tokens.flatMap((token, index) => (/^[{}[\],:]/.test(token) ? [] : index))
  const index = values[Math.floor(random() * values.length)]
  if (index === undefined) return undefined
  tokens[index] = foreign[Math.floor(random() * foreign.length)] ?? 'null'
  return tokens.join('')
}
