/** Held HTML: the content of a `<template>`, or of the one inside a `<portti-gate>`. */
import { createElement, queryAll } from '../natives/natives.ts'

export interface Inserted {
  /** Scripts of the content, in order; they wait where they belong. Marked ones are not among them. */
  readonly scripts: readonly { readonly element: HTMLScriptElement; readonly type: string }[]
  /** Takes the content out again. */
  remove(): void
}

/** Puts the content in its place. Its scripts do not run yet. */
export function insert(element: HTMLElement): Inserted {
  const template = templateOf(element)
  const content = template ? (template.content.cloneNode(true) as DocumentFragment) : undefined
  const scripts = content ? inert(content) : []
  const nodes = content ? Array.from(content.childNodes) : []
  if (template === element) {
    if (content) element.after(content)
    return { scripts, remove: () => take(nodes) }
  }
  const fallback = Array.from(element.childNodes).filter((node) => node !== template)
  take(fallback)
  if (content) element.append(content)
  return {
    scripts,
    remove() {
      take(nodes)
      element.append(...fallback)
    },
  }
}

/** Whether something of it would be seen, so that a placeholder makes sense. */
export const isVisible = (element: HTMLElement): boolean =>
  templateOf(element) === element &&
  Array.from(templateOf(element)?.content.children ?? []).some(
    (child) => !/^(SCRIPT|STYLE|LINK|META|NOSCRIPT|TEMPLATE)$/.test(child.tagName) && !isPixel(child),
  )

const isPixel = (element: Element) =>
  element.tagName === 'IMG' && /^[01]$/.test(element.getAttribute('width') ?? '')

export const templateOf = (element: HTMLElement): HTMLTemplateElement | undefined => {
  const found = element.tagName === 'TEMPLATE' ? element : queryAll(element, 'template')[0]
  return found instanceof HTMLTemplateElement ? found : undefined
}

function take(nodes: readonly ChildNode[]): void {
  for (const node of nodes) node.remove()
}

/** Makes plain scripts wait: as they stand in the content they would run at once, and the external ones out of order. */
function inert(content: DocumentFragment): { element: HTMLScriptElement; type: string }[] {
  const scripts: { element: HTMLScriptElement; type: string }[] = []
  for (const script of queryAll(content, 'script')) {
    if (!(script instanceof HTMLScriptElement)) continue
    const type = script.getAttribute('type') ?? ''
    if (type && !/^module$|(java|ecma)script/i.test(type)) continue
    const waiting = createElement('script') as HTMLScriptElement
    for (const { name, value } of Array.from(script.attributes)) {
      // Not `src`: Trusted Types guard it even on a script that does not run.
      if (name !== 'type') waiting.setAttribute(name === 'src' ? 'data-src' : name, value)
    }
    waiting.nonce = script.nonce
    waiting.type = 'text/plain'
    waiting.append(script.text)
    script.replaceWith(waiting)
    scripts.push({ element: waiting, type })
  }
  return scripts
}
