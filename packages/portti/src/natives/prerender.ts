/** Waits until a page that the browser prepares ahead is really shown to somebody. */
import { listen } from './natives.ts'

export function whenShown(work: () => void): () => void {
  const { prototype } = Document
  const prerendering =
    Object.getOwnPropertyDescriptor(prototype, 'prerendering')?.get?.call(document) === true
  if (!prerendering) {
    work()
    return () => {}
  }
  return listen(document, 'prerenderingchange', work, { once: true })
}
