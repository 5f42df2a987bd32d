import { atom } from 'nanostores'

/** The address that is shown. */
export const $path = atom(location.pathname)

addEventListener('popstate', () => $path.set(location.pathname))

export function goTo(path: string): void {
  if (path === $path.get()) return
  history.pushState(null, '', path)
  $path.set(path)
  scrollTo(0, 0)
}
