/**
 * Elements out of JSX, made at once. What every visitor sees is drawn so seldom that nothing has to be compared: the renderer
 * comes with the settings.
 */
import { createElement, createSvg } from '../natives/natives.ts'

/** What stands between tags. Texts of the policy get here only as strings. */
export type Child = Node | string | false | null | undefined | readonly Child[]

export declare namespace h {
  namespace JSX {
    type Element = HTMLElement
    interface IntrinsicElements {
      readonly [name: string]: Readonly<Record<string, Child>>
    }
    interface ElementChildrenAttribute {
      children: unknown
    }
  }
}

/** The JSX factory. Attributes are written as in HTML; own ones only, so that a polluted prototype adds none. */
export function h(
  name: string,
  attributes: Readonly<Record<string, string>> | null,
  ...children: Child[]
): HTMLElement {
  const element = /^(svg|path)$/.test(name) ? createSvg(name) : createElement(name)
  for (const [key, value] of Object.entries(attributes ?? {})) element.setAttribute(key, value)
  append(element, children)
  return element
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child)
    // The cast: TypeScript does not see that a list was just excluded.
    else if (child) element.append(child as Node | string)
  }
}
