/** Our elements on the page: hosts with open shadow roots that share one style sheet. */
import { createElement, queryAll } from '../natives/natives.ts'
import { css } from './banner.styles.ts'

let sheet: CSSStyleSheet | undefined

/** Opens `host` and returns the box to draw in. The styles go in without breaking a strict CSP. */
export function openShadow(host: HTMLElement, nonce = ''): HTMLElement {
  // A host keeps its root when its place is drawn again.
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const box = createElement('div')
  root.replaceChildren(box)
  try {
    if (!sheet) {
      const made = new CSSStyleSheet()
      made.replaceSync(css)
      sheet = made
    }
    root.adoptedStyleSheets = [sheet]
  } catch {
    // Safari before 16.4 and Firefox before 101 cannot construct one.
    const style = createElement('style')
    style.setAttribute('nonce', nonce)
    style.textContent = css
    root.prepend(style)
  }
  return box
}

/** Puts `host` first in the body, so that the first Tab reaches it, but behind a link that skips to the content. */
export function insertFirst(host: HTMLElement, body: HTMLElement): void {
  let [first] = queryAll(body, 'a,button,input,select,textarea,summary,iframe,[tabindex]')
  if (first?.matches('a[href^="#"]')) {
    let parent = first.parentElement
    while (parent && parent !== body && parent.childElementCount === 1) {
      first = parent
      parent = first.parentElement
    }
    if (parent === body) return void first.after(host)
  }
  body.prepend(host)
}
