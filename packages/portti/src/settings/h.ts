/** Elements for preact that a page with a polluted `Object.prototype` cannot add anything to. */
import {
  type ComponentChildren,
  createElement,
  Fragment,
  type JSX,
  options,
  render,
  type VNode,
} from 'preact'

/** What stands between tags. Texts of the policy get here only as strings, never as objects (CVE-2026-22028). */
export type Children = ComponentChildren

export declare namespace h {
  namespace JSX {
    type Element = VNode
    type IntrinsicElements = import('preact').JSX.IntrinsicElements
    interface ElementChildrenAttribute {
      children: unknown
    }
  }
}

/**
 * The JSX factory. Preact reads props with `for … in`; without a prototype that finds only our own.
 *
 * Write `className`: preact sets what an element has as a property, and with an inherited `class` it would have one.
 */
export function h(type: keyof JSX.IntrinsicElements, props: object | null, ...children: Children[]): VNode {
  const node = createElement(type as 'div', Object.assign(Object.create(null), props), ...children)
  setPrototypeOf(node.props, null)
  return node
}

/** Makes `into` show `children`, changing only what differs from the last time. */
export function draw(children: Children, into: Element): void {
  // An inherited `unmount` or `render` that the page added would be called as preact's own.
  setPrototypeOf(options, null)
  setPrototypeOf(Fragment.prototype, null)
  const root = createElement(Root, setPrototypeOf({ children }, null))
  setPrototypeOf(root.props, null)
  render(root, into)
}

const { setPrototypeOf } = Object

/**
 * Preact compares a new element with one shared empty object and so would see an inherited `ref` as the element's old
 * one. As `context` that object comes into our hands, before any element is compared.
 */
function Root({ children }: { children?: Children }, context: object): Children {
  setPrototypeOf(context, null)
  return children
}
Root.prototype = null
