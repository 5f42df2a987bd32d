// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://yritys.example/sivu" }
import { beforeEach, describe, expect, test } from 'vitest'
import { policyWith } from '../../../../test/fixtures/policy.ts'
import { createFinder } from './find.dom.ts'

const { selector, find, slip } = createFinder(policyWith())
const bare = createFinder(policyWith({ categories: [{ id: 'analytics', services: ['google-analytics'] }] }))

beforeEach(() => document.body.replaceChildren())

/** The first element of `html`, in the page. */
function put(html: string): HTMLElement {
  document.body.innerHTML = html
  return document.body.firstElementChild as HTMLElement
}
const kindOf = (html: string) => find(put(html))?.kind

describe('what waits', () => {
  test.each([
    ['<script type="text/plain" data-service="x" data-src="/a.js"></script>', 'script'],
    ['<script type="text/plain" data-service="x" src="/a.js"></script>', 'script'],
    ['<script type="text/plain" data-category="ads">1</script>', 'script'],
    ['<iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe>', 'frame'],
    ['<audio data-service="youtube"><source data-srcset="/a.mp3"></audio>', 'frame'],
    // Marked, and left with its address.
    ['<iframe data-service="youtube" src="HTTP://www.youtube.com/embed/1"></iframe>', 'frame'],
    ['<iframe data-service="youtube" src="https://www.youtube.com/embed/1"></iframe>', 'frame'],
    ['<iframe data-category="media" src="//www.youtube.com/embed/1"></iframe>', 'frame'],
    ['<object data-service="youtube" data="https://a.example/a.swf"></object>', 'frame'],
    ['<object data-service="youtube" data-data="/a.swf"></object>', 'frame'],
    ['<embed data-service="youtube" data-src="/a.swf">', 'frame'],
    ['<video data-service="youtube" data-src="/a.mp4"></video>', 'frame'],
    ['<video data-service="youtube" data-poster="/a.png"></video>', 'frame'],
    ['<video data-service="youtube"><source data-src="/a.mp4"></video>', 'frame'],
    ['<audio data-service="youtube" data-src="/a.mp3"></audio>', 'frame'],
    ['<img data-service="meta-pixel" data-src="/a.png">', 'asset'],
    ['<img data-service="meta-pixel" data-srcset="/a.png 2x">', 'asset'],
    [
      '<picture data-service="meta-pixel"><source data-srcset="/a.png"><img data-src="/b.png"></picture>',
      'asset',
    ],
    ['<link rel="stylesheet" data-service="zef" data-href="/a.css">', 'asset'],
    ['<template data-service="facebook"><b></b></template>', 'template'],
    ['<portti-gate data-service="facebook"><b></b></portti-gate>', 'template'],
    ['<div class="fb-page"></div>', 'widget'],
    ['<div class="fb-page" data-service="facebook"></div>', 'widget'],
    ['<script type="IN/Share" data-url="/"></script>', 'widget'],
    ['<a class="twitter-share-button" href="#"></a>', 'widget'],
    ['<blockquote class="instagram-media"></blockquote>', 'widget'],
  ])('is found in %s', (html, kind) => {
    expect(kindOf(html)).toBe(kind)
    expect(document.body.firstElementChild?.matches(selector)).toBe(true)
  })

  test.each([
    '<div></div>',
    '<div data-service="facebook"></div>',
    '<p data-category="ads">Text</p>',
    '<script data-service="x" src="/a.js"></script>',
    '<script type="module" data-service="x"></script>',
    '<script type="application/json" data-service="x">{}</script>',
    '<script type="text/plain">text</script>',
    '<iframe data-service="youtube" src="/own.html"></iframe>',
    '<iframe data-service="youtube" src="/own?of=https://www.youtube.com/embed/1"></iframe>',
    '<iframe data-service="youtube" src="https://yritys.example/own.html"></iframe>',
    '<iframe data-category="shoes" src="https://www.youtube.com/embed/1"></iframe>',
    '<iframe src="https://www.youtube.com/embed/1"></iframe>',
    '<img data-service="meta-pixel" src="https://www.facebook.com/tr">',
    '<iframe data-src="/a"></iframe>',
    '<img data-src="/lazy.png">',
    '<video data-service="youtube"><p data-src="">no</p></video>'.replace(' data-src=""', ''),
    '<a data-service="x" href="/a"></a>',
  ])('is not %s', (html) => {
    expect(kindOf(html)).toBeUndefined()
  })

  test.each([
    ['<script data-service="x" src="/a.js"></script>', 'x'],
    ['<script type="module" data-service="x">1</script>', 'x'],
    ['<script type="text/plain" data-service="x" src="https://a.example/a.js"></script>', undefined],
    ['<script type="application/json" data-service="x">{}</script>', undefined],
    ['<script type="IN/Share" data-service="linkedin"></script>', undefined],
    ['<script src="https://a.example/a.js"></script>', undefined],
    ['<iframe data-service="youtube" src="https://www.youtube.com/embed/1"></iframe>', 'youtube'],
    ['<img data-service="meta-pixel" src="HTTPS://www.facebook.com/tr" alt="">', 'meta-pixel'],
    ['<link data-service="zef" rel="stylesheet" href="//a.zef.fi/a.css">', 'zef'],
    [
      '<img data-service="meta-pixel" src="/turning.gif" data-src="https://www.facebook.com/tr" alt="">',
      undefined,
    ],
    ['<img data-service="x" src="https://yritys.example/x.svg" alt="">', undefined],
    [
      '<iframe data-service="youtube" src="https://a.example/" data-src="https://a.example/"></iframe>',
      undefined,
    ],
    ['<iframe data-service="youtube" src="about:blank"></iframe>', undefined],
    ['<a data-service="x" href="https://x.com/yritys">X</a>', undefined],
  ])('as it stands %s loads what it is marked with: %s', (html, id) => {
    expect(slip(put(html))?.services[0]?.id).toBe(id)
  })

  test('is a new record each time, that has not been let run', () => {
    const element = put('<img data-service="meta-pixel" data-src="/a.png">')
    expect(find(element)).toMatchObject({ element, state: 'waiting', once: false, widget: undefined })
    expect(find(element)).not.toBe(find(element))
  })

  test('counts a widget inside a widget as one', () => {
    const outer = put('<div class="fb-page"><a class="twitter-share-button"></a></div>')
    expect(find(outer)?.kind).toBe('widget')
    expect(find(outer.firstElementChild as Element)).toBeUndefined()
  })

  test('knows a widget that its vendor has ended', () => {
    expect(find(put('<div class="fb-like"></div>'))?.widget?.retired).toBe(true)
    expect(find(put('<div class="g-plusone"></div>'))?.condition.services[0]?.id).toBe('google-plus')
  })

  test('lets a mark say more of a widget than its class does', () => {
    const found = find(put('<div class="fb-page" data-service="facebook" data-category="ads"></div>'))
    expect(found?.condition).toMatchObject({ categories: ['ads'], unknown: undefined })
    expect(found?.condition.services.map(({ id }) => id)).toEqual(['facebook'])
  })

  test('is known to be unknown', () => {
    expect(find(put('<img data-service="nobody" data-src="/a.png">'))?.condition.unknown).toBe('nobody')
  })

  test('is a widget also at the top of a shadow root, where it has no parent element', () => {
    const root = put('<p></p>').attachShadow({ mode: 'open' })
    root.innerHTML = '<div class="fb-page"></div>'
    expect(find(root.firstElementChild as Element)?.kind).toBe('widget')
  })

  test.each([
    ['<img data-service="google-plus" data-src="/a.png">', true],
    ['<img data-service="x google-plus" data-src="/a.png">', true],
    ['<img data-service="facebook" data-src="/a.png">', false],
    ['<div class="fb-page"></div>', false],
    ['<div class="fb-like"></div>', true],
  ])('is over for good with one part of it that its vendor has ended: %s', (html, retired) => {
    expect(find(put(html))?.retired).toBe(retired)
  })

  test.each(['srcdoc', 'imagesrcset', 'poster', 'data', 'href', 'srcset', 'src'])(
    'may have its address in data-%s',
    (name) => {
      expect(kindOf(`<link data-service="zef" data-${name}="/a">`)).toBe('asset')
    },
  )

  test('is no element of the page’s own whose name only looks like one with sources', () => {
    for (const name of ['my-video', 'video-list'])
      expect(kindOf(`<${name} data-service="youtube"><img data-src="/a.png"></${name}>`)).toBeUndefined()
  })

  test('is no widget of a service that the policy does not have', () => {
    expect(bare.selector).toBe('[data-service],[data-category],portti-gate')
    expect(bare.find(put('<div class="fb-page"></div>'))).toBeUndefined()
    expect(bare.find(put('<div data-category="analytics"></div>'))).toBeUndefined()
  })
})
