/**
 * What the page asks for, as far as its own code can see it: the browser's list of resources, the calls that not every browser
 * lists (sockets, event streams, a `fetch` that is not read or fails), and hints, which only open a connection or which another
 * browser would follow.
 */
import { createPatches, pass } from '../guard/patch.ts'
import { Observer, queryAll } from '../natives/natives.ts'

const HINTS = ['preconnect', 'dns-prefetch', 'prefetch'].map((rel) => `link[rel~="${rel}" i]`).join()

/**
 * @param found Is called with each address and with its time on the page's clock (`performance.now()`). The same address may come
 * more than once; what was asked before this call comes too, but for calls.
 * @returns What ends it, and puts the built-ins back.
 */
export function watchRequests(found: (url: string, at: number) => void): () => void {
  const undo: (() => void)[] = []
  const told = new WeakSet<Element>()

  const resources = new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) found(name, startTime)
  })
  resources.observe({ type: 'resource', buffered: true })

  const note = (address: unknown) => {
    try {
      found(new URL(String(address), document.baseURI).href, performance.now())
    } catch {
      // What is no address nobody was asked for.
    }
  }
  // Made first: what the guard holds it has on its list by then.
  const patches = createPatches(window, undo)
  patches.method('', 'fetch', (native, self, args) => {
    const answer = pass(native, self, args)
    note(args[0] instanceof Request ? args[0].url : args[0])
    return answer
  })
  for (const name of ['WebSocket', 'EventSource'])
    patches.maker(name, (make, args) => {
      const made = pass(make, undefined, args)
      note(args[0])
      return made
    })

  const look = () => {
    for (const hint of queryAll(document, HINTS)) {
      const address = hint.getAttribute('href')
      if (told.has(hint) || !address) continue
      told.add(hint)
      note(address)
    }
  }
  const hints = new Observer(look)
  hints.observe(document, { childList: true, subtree: true })
  look()

  undo.push(
    () => resources.disconnect(),
    () => hints.disconnect(),
  )
  return () => {
    for (const end of undo) end()
  }
}
