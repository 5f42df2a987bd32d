/** The option that was probably meant; undefined if none is near. Case does not count. */
export function nearest(typed: string, options: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase()
  let best: string | undefined
  // A third of the letters may differ: "linkdin" is near "linkedin", "maps" is near nothing.
  let least = Math.floor(wanted.length / 3) + 1
  for (const option of options) {
    const edits = distance(wanted, option.toLowerCase())
    if (edits < least) {
      best = option
      least = edits
    }
  }
  return best ?? options.find((option) => wanted.length > 2 && option.split('-').includes(wanted))
}

/**
 * Damerau–Levenshtein distance, the restricted kind: how many letters to insert, delete, replace or swap with their
 * neighbour until `a` reads `b`.
 */
export function distance(a: string, b: string): number {
  let before: number[] = []
  let above = [...Array(b.length + 1).keys()]
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      // The indices lie inside rows that are full already.
      let edits = Math.min(current[column - 1]! + 1, above[column]! + 1, above[column - 1]! + (same ? 0 : 1))
      const swapped = column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (row > 1 && swapped) edits = Math.min(edits, before[column - 2]! + 1)
      current.push(edits)
    }
    before = above
    above = current
  }
  return above[b.length]!
}
