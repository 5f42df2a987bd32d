/** Where the answer is kept and heard from: the real one is `store.dom.ts`, tests bring their own. */
export interface Store {
  /** Every copy of the answer that counts; more than one if a page and its sub-domain both wrote. */
  read(): string[]
  /** Keeps `text` for `seconds`. Returns whether it will be there on the next page. */
  write(text: string, seconds: number): boolean
  /** Tells the other tabs. */
  tell(text: string): void
  /** Calls back when another tab has told something, or with nothing when the stored answer may have changed unseen. */
  listen(heard: (text: string | undefined) => void): () => void
}
