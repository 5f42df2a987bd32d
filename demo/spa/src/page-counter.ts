import { atom } from 'nanostores'
import { portti } from './consent.ts'
import { $path } from './route.ts'

const KEY = 'saaristo_pages'

/** Pages seen on this device; nothing while counting is not allowed. */
export const $pages = atom<number | undefined>(undefined)

/** Counts from the moment it is allowed. Portti clears what was stored on withdrawal; here only the counting ends. */
export const stopCounting = portti.when(
  'page-counter',
  (signal) => {
    const unsubscribe = $path.subscribe(() => {
      const pages = (Number(localStorage.getItem(KEY)) || 0) + 1
      localStorage.setItem(KEY, String(pages))
      $pages.set(pages)
    })
    signal.addEventListener('abort', unsubscribe)
  },
  () => $pages.set(undefined),
)
