/** Our elements on the page: hosts with open shadow roots that share one style sheet. */
import { createElement, queryAll } from '../natives/natives.ts'
import { css } from './banner.styles.ts'

const sheets = new Map<string, CSSStyleSheet>()

/** Opens `host` and returns the box to draw in. */
export function openShadow(host: HTMLElement, nonce: string | undefined): HTMLElement {
  // A host keeps its root when its place is drawn again.
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const box = createElement('div')
  root.replaceChildren(box)
  addStyles(root, css, nonce)
  return box
}

/** The styles go in without breaking a strict CSP. */
export function addStyles(root: ShadowRoot, text: string, nonce = ''): void {
  try {
    const sheet = sheets.get(text) ?? new CSSStyleSheet()
    if (!sheets.has(text)) sheet.replaceSync(text)
    sheets.set(text, sheet)
    root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, sheet])]
  } catch {
    // Safari before 16.4 and Firefox before 101 cannot construct one.
    const style = createElement('style')
    style.setAttribute('nonce', nonce)
    style.textContent = text
    root.prepend(style)
  }
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
