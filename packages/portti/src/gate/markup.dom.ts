/** Held HTML: the content of a `<template>`, or of the one inside a `<portti-gate>`. */
import { createElement, isElement, makePermanent, queryAll } from '../natives/natives.ts'
import { load } from './loading.dom.ts'
import { LOADS } from './stow.dom.ts'

export interface Inserted {
  /** Scripts of the content, in order; they wait where they belong. Marked ones are not among them. */
  readonly scripts: readonly HTMLScriptElement[]
  /** Takes the content out again. */
  remove(): void
}

/** On what came out of a template. */
const CONTENT = 'data-portti-content'
const contents = new WeakSet<Node>()

const addressed = LOADS.map((name) => `:not(script)[data-${name}]`).join()

/**
 * Puts the content in its place. Its scripts do not run yet.
 *
 * Firefox fetches ahead what scripts, style sheets, images and posters in a template name, so the content may keep its
 * addresses in `data-…` attributes as well. What `marked` matches waits for an answer of its own.
 */
export function insert(element: HTMLElement, marked: string): Inserted {
  const template = templateOf(element)
  const content = template ? (template.content.cloneNode(true) as DocumentFragment) : undefined
  const scripts = content ? inert(content, marked) : []
  for (const part of content ? queryAll(content, addressed) : [])
    if (isElement(part) && !part.closest(marked)) load(part, '')
  const nodes = content ? [...content.childNodes] : []
  for (const node of nodes) {
    contents.add(node)
    // The copy of a script does not run, and vendors read the attributes of theirs.
    if (!isElement(node) || node.localName === 'script') continue
    node.setAttribute(CONTENT, '')
    makePermanent(node)
  }
  if (template === element) {
    if (content) element.after(content)
    return { scripts, remove: () => take(nodes) }
  }
  const fallback = [...element.childNodes].filter((node) => node !== template)
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

/** A page that is copied as it stands copies what was let in, and a template brings its own. */
export function clearCopies(element: HTMLElement): void {
  const around = templateOf(element) === element ? element.parentElement : element
  for (const node of around ? queryAll(around, `[${CONTENT}]`) : []) if (!contents.has(node)) node.remove()
}

/** Whether something of a held frame, or of the content of a template, would be seen, so that a placeholder makes sense. */
export const isSeen = (element: HTMLElement): boolean => {
  const template = templateOf(element)
  const parts = template === element ? template.content.children : template ? [] : [element]
  return [...parts].some(
    (part) =>
      !/^(SCRIPT|STYLE|LINK|META|NOSCRIPT|TEMPLATE)$/.test(part.tagName) &&
      !isPixel(part) &&
      (part as HTMLElement).style?.display !== 'none',
  )
}

/** A frame that states one side only may be stretched by a style. */
const isPixel = (element: Element) =>
  isTiny(element, 'width') && (element.localName === 'img' || isTiny(element, 'height'))

const isTiny = (element: Element, side: string) => /^[01]$/.test(element.getAttribute(side) ?? '')

const templateOf = (element: HTMLElement): HTMLTemplateElement | undefined => {
  const found = element.localName === 'template' ? element : queryAll(element, 'template')[0]
  return found instanceof HTMLTemplateElement ? found : undefined
}

function take(nodes: readonly ChildNode[]): void {
  for (const node of nodes) node.remove()
}

/** Makes plain scripts wait: as they stand in the content they would run at once, and the external ones out of order. */
function inert(content: DocumentFragment, marked: string): HTMLScriptElement[] {
  const scripts: HTMLScriptElement[] = []
  for (const script of queryAll(content, 'script')) {
    if (!(script instanceof HTMLScriptElement)) continue
    const type = script.getAttribute('type') ?? ''
    const held = type === 'text/plain' && script.hasAttribute('data-src') && !script.matches(marked)
    if (!held && type && !/^module$|(java|ecma)script/i.test(type)) continue
    const waiting = createElement('script') as HTMLScriptElement
    for (const { name, value } of [...script.attributes]) {
      // Not `src`: Trusted Types guard it even on a script that does not run.
      if (name !== 'type') waiting.setAttribute(name === 'src' ? 'data-src' : name, value)
    }
    waiting.nonce = script.nonce
    if (type && !held) waiting.setAttribute('data-type', type)
    waiting.type = 'text/plain'
    waiting.append(script.text)
    script.replaceWith(waiting)
    scripts.push(waiting)
  }
  return scripts
}
