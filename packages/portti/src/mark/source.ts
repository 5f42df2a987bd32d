/** The part of a page that is still at hand, and what is to be changed in it. Offsets count from the start of the page. */
export interface Source {
  /** Offset behind the last character. */
  readonly end: number
  append(chunk: string): void
  textOf(start: number, end: number): string
  /** Whether `text` stands right before `at`; looks back further than what is at hand, for texts as long as `REACH`. */
  endsWith(text: string, at: number): boolean
  /** Puts `text` in the place of what stands there. Changes do not overlap; of two at one place the first comes first. */
  replace(start: number, end: number, text: string): void
  /** Everything before `end`, changed. It is forgotten then. */
  take(end: number): string
}

interface Change {
  readonly start: number
  readonly end: number
  readonly text: string
}

const REACH = 32

export function createSource(): Source {
  let text = ''
  /** Offset of the first character of `text`. */
  let origin = 0
  /** The last of what was taken. */
  let tail = ''
  let changes: Change[] = []
  const textOf = (start: number, end: number) => text.slice(Math.max(start, origin) - origin, end - origin)
  return {
    get end() {
      return origin + text.length
    },
    append(chunk) {
      text += chunk
    },
    textOf,
    endsWith: (wanted, at) => (tail + textOf(at - REACH, at)).endsWith(wanted),
    replace(start, end, instead) {
      changes.push({ start, end, text: instead })
    },
    take(end) {
      const due = changes.filter(({ start }) => start < end).sort((a, b) => a.start - b.start)
      changes = changes.filter(({ start }) => start >= end)
      const parts: string[] = []
      let from = origin
      for (const change of due) {
        parts.push(textOf(from, change.start), change.text)
        from = change.end
      }
      parts.push(textOf(from, end))
      tail = (tail + textOf(end - REACH, end)).slice(-REACH)
      text = text.slice(end - origin)
      origin = end
      return parts.join('')
    },
  }
}
