/** Chance that can be played again, for functions that run in the page: they get nothing from the file that they stand in. */
export interface Chance {
  /** A whole number from 0, below `count`. */
  upTo(count: number): number
  /** One of `list`; nothing of an empty one. */
  any<T>(list: ArrayLike<T>): T | undefined
}

function chance(seed: number): Chance {
  let state = seed * 7919
  const upTo = (count: number) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor((state / 2147483648) * count)
  }
  return { upTo, any: (list) => list[upTo(list.length)] }
}

/** Makes `chance(seed)` a global of the page. */
export const chanceTag = `<script>window.chance = ${chance}</script>`
