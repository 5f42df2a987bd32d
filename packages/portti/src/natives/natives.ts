/**
 * What we need of the browser, taken from the prototypes when this file is first read.
 *
 * A page can replace `document.createElement` with `<img name="createElement">`, or `fetch` with its own; the getter or
 * method on the prototype, called with the document as `this`, still is the browser's. In Node there is no `Document`:
 * importing is safe, calling is not. Calls are marked as pure, so that an entry carries only those that it uses.
 */

type Fn<T, A extends unknown[], R> = (this: T, ...args: A) => R

const { call } = Function.prototype
const { getOwnPropertyDescriptor } = Object

/** `method` as a function that takes its `this` first. */
const free = <T, A extends unknown[], R>(method: Fn<T, A, R> | undefined): ((self: T, ...args: A) => R) =>
  // Function.prototype.call loses the types; they are the ones of `method`.
  call.bind(method ?? call) as unknown as (self: T, ...args: A) => R

const { Document: D, Element: E, EventTarget: T, MutationObserver: M, CustomEvent: C, fetch: F } = globalThis

const describe = (name: keyof Document) => D && getOwnPropertyDescriptor(D.prototype, name)
const property = <V>(name: keyof Document): (() => V) => {
  const get = free<Document, [], V>(describe(name)?.get)
  return () => get(document)
}

export const readCookies = /* @__PURE__ */ property<string>('cookie')
const setCookie = /* @__PURE__ */ free<Document, [string], void>(/* @__PURE__ */ describe('cookie')?.set)
export const writeCookie = (text: string): void => setCookie(document, text)
export const bodyOf = /* @__PURE__ */ property<HTMLElement | null>('body')
export const rootOf = /* @__PURE__ */ property<HTMLElement>('documentElement')
export const readyState = /* @__PURE__ */ property<DocumentReadyState>('readyState')
export const currentScript = /* @__PURE__ */ property<HTMLOrSVGScriptElement | null>('currentScript')
export const activeElement = /* @__PURE__ */ property<Element | null>('activeElement')
export const titleOf = /* @__PURE__ */ property<string>('title')

const create = /* @__PURE__ */ free(D?.prototype.createElement as Fn<Document, [string], HTMLElement>)
export const createElement = (tag: string): HTMLElement => create(document, tag)

/**
 * Turbo can make one page into the next element by element, and then takes away what the next page does not have: also what we
 * have put in. Of `element` it keeps its hands off.
 *
 * @see https://turbo.hotwired.dev/handbook/page_refreshes
 */
export const makePermanent = (element: Element): void => element.setAttribute('data-turbo-permanent', '')

const createNS = /* @__PURE__ */ free(
  D?.prototype.createElementNS as Fn<Document, [string | null, string], Element>,
)
/** An element of a drawing; typed as the other kind, because what both have is all that we use. */
export const createSvg = (name: string): HTMLElement =>
  createNS(document, 'http://www.w3.org/2000/svg', name) as HTMLElement

const createText = /* @__PURE__ */ free(D?.prototype.createTextNode)
/** A stand-in for the global `document` in the renderer that the settings' file carries. */
export const safeDocument = {
  // No third argument: an inherited `is` in it would make some browsers throw.
  createElementNS: (space: string | null, name: string) => createNS(document, space, name),
  createElement,
  createTextNode: (text: string) => createText(document, text),
}

const queryDocument = /* @__PURE__ */ free(
  D?.prototype.querySelectorAll as Fn<Document, [string], NodeListOf<Element>>,
)
const queryElement = /* @__PURE__ */ free(
  E?.prototype.querySelectorAll as Fn<Element, [string], NodeListOf<Element>>,
)
/** All elements below `root` that match, in document order. */
export function queryAll(root: Document | Element | DocumentFragment, selector: string): NodeListOf<Element> {
  if (isElement(root)) return queryElement(root, selector)
  return root === document ? queryDocument(document, selector) : root.querySelectorAll(selector)
}

/** By number: for a node that is of no interest, iterating a list of it would take most of the time. */
export function each<N>(list: ArrayLike<N>, work: (node: N) => void): void {
  // The cast: there is one at every number below the length.
  for (let at = 0; at < list.length; at += 1) work(list[at] as N)
}

/** A form's own controls may be called `matches` or `closest`. */
export const matches = /* @__PURE__ */ free(E?.prototype.matches as Fn<Element, [string], boolean>)
export const closest = /* @__PURE__ */ free(E?.prototype.closest as Fn<Element, [string], HTMLElement | null>)

/** Whether nothing stands behind it. While a page comes in pieces such an element may have no more than its beginning. */
export function isLast(element: Element): boolean {
  const walker = Document.prototype.createTreeWalker.call(document, document)
  walker.currentNode = element
  while (walker.lastChild());
  return walker.nextNode() === null
}

export const isElement = (node: unknown): node is HTMLElement => node instanceof E

const add = /* @__PURE__ */ free(T?.prototype.addEventListener)
const remove = /* @__PURE__ */ free(T?.prototype.removeEventListener)
/** Listens until the function that it returns is called. */
export function listen(
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
  options?: AddEventListenerOptions,
): () => void {
  add(target, type, listener, options)
  return () => remove(target, type, listener, options)
}

const write = /* @__PURE__ */ free(D?.prototype.write as Fn<Document, [string], void>)
/** Puts `markup` where the parser is. */
export const writeMarkup = (markup: string): void => write(document, markup)

const dispatch = /* @__PURE__ */ free(T?.prototype.dispatchEvent)
/** Fires `type` on the document. */
export function emit(type: string, detail?: unknown): void {
  dispatch(document, new C(type, { detail }))
}

export const request = F
export const Observer = M
export const inBrowser = D !== undefined
