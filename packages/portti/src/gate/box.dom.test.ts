// @vitest-environment jsdom
import { afterEach, describe, expect, test } from 'vitest'
import { giveBox } from './box.dom.ts'

afterEach(() => {
  document.head.replaceChildren()
  document.body.replaceChildren()
})

/** The style of a host that was given the box of a frame with this markup, in a `<div class="wrap">`. */
async function boxOf(...frames: string[]): Promise<CSSStyleDeclaration[]> {
  document.body.innerHTML = `<div class="wrap">${frames.join('')}</div>`
  const hosts = [...document.querySelectorAll('iframe')].map((frame) => {
    const host = document.createElement('div')
    frame.before(host)
    giveBox(host, frame)
    return host
  })
  await new Promise((drawn) => requestAnimationFrame(drawn))
  return hosts.map(({ style }) => style)
}

describe('the box of a placeholder', () => {
  test('is what the page’s styles give its frame, and nothing else of them', async () => {
    document.head.innerHTML =
      '<style>.wrap iframe { position: absolute; width: 100%; height: 50%; color: red; display: flex }</style>'
    const [style] = await boxOf('<iframe style="margin-top: 3px"></iframe>')
    const { position, width, height, marginTop, color, display, maxWidth } = style as CSSStyleDeclaration
    expect([position, width, height, marginTop]).toEqual(['absolute', '100%', '50%', '3px'])
    expect([color, display, maxWidth]).toEqual(['', '', ''])
  })

  test('keeps the shape that the page gives', async () => {
    const [style] = await boxOf('<iframe style="width: 50%; aspect-ratio: 16 / 9"></iframe>')
    const { width, height, aspectRatio } = style as CSSStyleDeclaration
    expect([width, height, aspectRatio]).toEqual(['50%', 'auto', '16 / 9'])
  })

  test('has an unseen border, and room for it where a frame of so many pixels is too broad', async () => {
    const [style] = await boxOf('<iframe style="width: 560px; border: 3px solid red"></iframe>')
    const { width, maxWidth, borderLeftWidth, borderLeftColor } = style as CSSStyleDeclaration
    expect([width, borderLeftWidth, borderLeftColor]).toEqual(['560px', '3px', 'transparent'])
    expect(maxWidth).toMatch(/^calc\(100% - (6px|2 ?\* ?3px)\)$/)
  })

  test('is that of a frame of which nothing is said where nothing is, for each of several', async () => {
    const styles = await boxOf('<iframe></iframe>', '<iframe style="width: 40px"></iframe>')
    expect(styles.map(({ width, height }) => [width, height])).toEqual([
      ['300px', '150px'],
      ['40px', '150px'],
    ])
  })

  test('is given again to what stands there later', async () => {
    await boxOf('<iframe></iframe>')
    const [style] = await boxOf('<iframe style="height: 7px"></iframe>')
    expect(style?.height).toBe('7px')
  })
})
