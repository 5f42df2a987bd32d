/** Asks again until there is an answer. An error counts as none until the time is over. */
export async function until<T>(
  ask: () => Promise<T> | T,
  what: string,
  milliseconds = 20_000,
): Promise<NonNullable<T>> {
  const end = Date.now() + milliseconds
  for (;;) {
    const late = Date.now() > end
    try {
      const found = await ask()
      if (found) return found
    } catch (error) {
      if (late) throw error
    }
    if (late) throw new Error(`gave up waiting for ${what}`)
    await new Promise((done) => setTimeout(done, 25))
  }
}
