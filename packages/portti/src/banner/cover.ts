/**
 * Keeps what has the focus from lying under the banner: the page scrolls as if it ended above it, and can be scrolled
 * far enough.
 *
 * @returns What puts the page's own values back.
 * @see WCAG 2.2, 2.4.11
 */
export function coverUp(banner: Element, page: HTMLElement): () => undefined {
  const { style } = page
  const before = { scrollPaddingBottom: style.scrollPaddingBottom, paddingBottom: style.paddingBottom }
  // Reads sizes only when the browser has just computed them, and before it writes any.
  const observer =
    globalThis.ResizeObserver &&
    new ResizeObserver(() => {
      const height = `${banner.clientHeight}px`
      const scrolls = page.scrollHeight > page.clientHeight
      style.scrollPaddingBottom = height
      if (scrolls) style.paddingBottom = height
    })
  observer?.observe(banner)
  return () => {
    observer?.disconnect()
    Object.assign(style, before)
    return undefined
  }
}
