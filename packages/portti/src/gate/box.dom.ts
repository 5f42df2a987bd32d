/**
 * The box of a placeholder: that of its frame, so that nothing moves when the frame comes. Of what is not displayed a browser tells what
 * the page's styles say, percentages too; sizes in attributes are among them.
 */
/** What decides where a frame lies and how large it is. */
const BOX =
  'position inset float margin border padding box-sizing flex align-self grid-area vertical-align width height aspect-ratio'.split(
    ' ',
  )

/** Placeholders that have no box yet, and the frames that they stand for. */
const loose = new Map<HTMLElement, Element>()

/** Gives `host` the box of `element`, which is hidden, before anything is painted. */
export function giveBox(host: HTMLElement, element: Element): void {
  // By then the page's style sheets have come: browsers draw nothing until they have.
  if (loose.size === 0) requestAnimationFrame(fit)
  loose.set(host, element)
}

function fit(): void {
  const waiting = [...loose]
  loose.clear()
  // Reads all of them before it writes any, so that the page's styles are worked out once.
  const boxes = waiting.map(([{ style }, element]) => {
    const box = getComputedStyle(element)
    const { width, height, aspectRatio, borderLeftWidth } = box
    const values = new Map(BOX.map((name) => [name, box.getPropertyValue(name)]))
    values.set('border-color', 'transparent')
    // A frame of which nothing is said is that large.
    if (width === 'auto') values.set('width', '300px')
    if (height === 'auto' && aspectRatio === 'auto') values.set('height', '150px')
    // Where a frame of so many pixels would be broader than its place, its border has to find room too.
    if (!width.endsWith('%')) values.set('max-width', `calc(100% - 2*${borderLeftWidth})`)
    return [style, values] as const
  })
  for (const [style, values] of boxes) for (const [name, value] of values) style.setProperty(name, value)
}
