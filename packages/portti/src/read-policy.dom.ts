/** Where a page that has a script tag keeps its policy: at an address, or as text in the page. */
import { listen, Observer, queryAll, readyState, request } from './natives/natives.ts'

/** A policy that has not come by then holds everything until the next page. */
const TIMEOUT_MS = 5000
const LARGEST = 262144

/** @param url The tag's `data-policy`; without it the text of `<script type="application/json" id="portti-policy">`. */
export const readPolicy = (url: string | null | undefined): string | Promise<string> =>
  url ? fetchPolicy(url) : inlinePolicy()

async function fetchPolicy(address: string): Promise<string> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS)
  const response = await request(address, { signal: abort.signal, credentials: 'same-origin' })
  if (!response.ok) throw `${address}: found HTTP ${response.status}, expected a policy`
  if (Number(response.headers.get('content-length')) > LARGEST) throw `${address}: expected at most 256 KB`
  const text = await response.text()
  clearTimeout(timer)
  return text
}

/** The text of the inline policy: at once if it stands before our tag, else when the parser gets there. */
function inlinePolicy(): string | Promise<string> {
  const find = () => queryAll(document, 'script#portti-policy')[0]?.textContent
  const text = find()
  if (text) return text
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = find()
      // While the parser is at it the text may be half there.
      const complete =
        found &&
        (readyState() !== 'loading' || queryAll(document, 'script#portti-policy ~ *, body').length > 0)
      if (!complete && readyState() === 'loading') return
      observer.disconnect()
      end()
      if (found) resolve(found)
      else
        reject(
          'no data-policy on the script tag and no <script type="application/json" id="portti-policy"> in the page',
        )
    }
    const observer = new Observer(look)
    observer.observe(document, { childList: true, subtree: true })
    const end = listen(document, 'DOMContentLoaded', look)
    if (readyState() !== 'loading') look()
  })
}
