// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://kauppa.yritys.example/tuotteet/1?koko=m#kuva" }
import { afterEach, describe, expect, test, vi } from 'vitest'
import { policyWith } from '../../../../test/fixtures/policy.ts'
import { createFinder } from './find.dom.ts'
import type { Held } from './held.ts'
import { freshen, place } from './place.dom.ts'
import type { Place } from './place.ts'

const { find } = createFinder(policyWith())
const actions = { once: vi.fn(), always: vi.fn() }
afterEach(() => document.body.replaceChildren())

function recordOf(element: HTMLElement): Held {
  const held = find(element)
  if (!held) throw new Error('nothing is held there')
  return held
}

/** The first element of `html` with its placeholder. */
function put(html: string) {
  document.title = 'Tuote & kumpp.'
  document.body.innerHTML = html
  const element = document.body.firstElementChild as HTMLElement
  const held = recordOf(element)
  const drawn: Place[] = []
  const erase = vi.fn()
  const undo = place(
    held,
    (given) => {
      drawn.push(given)
      return erase
    },
    actions,
  )
  return {
    element,
    undo,
    drawn: drawn[0],
    erase,
    host: document.querySelector<HTMLElement>('[data-portti-place]'),
  }
}

describe('a placeholder', () => {
  test('stands before what it hides, and goes without a trace', () => {
    const { element, host, drawn, undo, erase } = put(
      '<iframe data-service="youtube" data-src="https://www.youtube.com/embed/1" style="color: red; display: block"></iframe>',
    )
    const before = element.getAttribute('style')
    expect(host?.nextElementSibling).toBe(element)
    expect(host?.dataset.porttiPlace).toBe('youtube')
    expect(drawn?.host).toBe(host)
    expect([element.style.display, element.style.getPropertyPriority('display')]).toEqual([
      'none',
      'important',
    ])
    undo?.()
    expect(erase).toHaveBeenCalledOnce()
    expect(document.querySelector('[data-portti-place]')).toBeNull()
    expect(before).toContain('none')
    expect([element.style.display, element.style.color]).toEqual(['block', 'red'])
    expect(element.getAttributeNames()).toEqual(['data-service', 'data-src', 'style'])
  })

  test('gives back how much the page’s own style insists', () => {
    const { element, undo } = put(
      '<iframe data-service="youtube" data-src="/a" style="display: block !important"></iframe>',
    )
    expect(element.style.display).toBe('none')
    undo?.()
    expect([element.style.display, element.style.getPropertyPriority('display')]).toEqual([
      'block',
      'important',
    ])
  })

  test('is given to draw what it stands for', () => {
    const { drawn } = put(
      '<iframe data-service="youtube" data-category="ads" data-src="https://www.youtube.com/embed/1" width="560" height="315px"></iframe>',
    )
    expect(drawn?.services.map(({ id }) => id)).toEqual(['youtube'])
    expect(drawn).toMatchObject({
      categories: ['ads'],
      kind: 'frame',
      link: { href: 'https://www.youtube.com/embed/1', does: 'open' },
      retired: false,
    })
    drawn?.once()
    drawn?.always()
    expect([actions.once, actions.always].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
  })

  test('is taken away where it was copied along, and what it hid is shown as it was', () => {
    put('<iframe data-service="youtube" data-src="/a" style="display: block"></iframe>')
    const copies = document.createElement('div')
    copies.append(...[...document.body.children].map((node) => node.cloneNode(true)))
    expect([...copies.children].map(({ localName }) => localName)).toEqual(['portti-place', 'iframe'])
    const copy = copies.lastElementChild as HTMLElement
    freshen(recordOf(copy))
    expect(copies.innerHTML).toBe(
      '<iframe data-service="youtube" data-src="/a" style="display: block;"></iframe>',
    )
  })

  test('is free for a copy that was made while its original was loaded: the copy waits', () => {
    document.body.innerHTML =
      '<iframe data-service="youtube" data-src="/a" src="/a"></iframe><img data-service="meta-pixel" data-src="/b" src="/turning.gif">'
    for (const copy of [...document.body.children]) freshen(recordOf(copy as HTMLElement))
    expect(document.body.innerHTML).toBe(
      '<iframe data-service="youtube" data-src="/a"></iframe><img data-service="meta-pixel" data-src="/b" src="/turning.gif">',
    )
  })

  test('is for a frame that was left with its address, which it gives up; a second address is kept', () => {
    document.body.innerHTML =
      '<iframe data-service="youtube" src="https://www.youtube.com/embed/1"></iframe><iframe data-service="youtube" src="https://www.youtube.com/embed/1" data-src="/a"></iframe><img data-service="meta-pixel" src="https://cdn.example/turning.gif" data-src="/b">'
    for (const one of [...document.body.children]) freshen(recordOf(one as HTMLElement))
    expect(document.body.innerHTML).toBe(
      '<iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe><iframe data-service="youtube" data-src="/a"></iframe><img data-service="meta-pixel" src="https://cdn.example/turning.gif" data-src="/b">',
    )
  })

  test('stays where it is the one that was drawn, and what the page itself has hidden stays hidden', () => {
    const { element, host } = put('<template data-service="youtube"><b></b></template>')
    freshen(recordOf(element))
    expect(element.previousElementSibling).toBe(host)
    document.body.innerHTML =
      '<p></p><iframe data-service="youtube" data-src="/a" style="display: none"></iframe>'
    const before = document.body.innerHTML
    freshen(recordOf(document.body.lastElementChild as HTMLElement))
    expect(document.body.innerHTML).toBe(before)
  })

  test('is named by a category if no service is', () => {
    expect(put('<iframe data-category="media" data-src="/a"></iframe>').host?.dataset.porttiPlace).toBe(
      'media',
    )
  })

  test.each([
    ['a script', '<script type="text/plain" data-service="x" data-src="/a.js"></script>'],
    ['an image', '<img data-service="meta-pixel" data-src="/a.png">'],
    ['a template of scripts', '<template data-service="x"><script src="/a.js"></script></template>'],
    [
      'a frame that nobody sees',
      '<iframe data-service="meta-pixel" data-src="/a" width="1" height="1"></iframe>',
    ],
    [
      'a portti-gate, which has its own',
      '<portti-gate data-service="x">Text<template><b></b></template></portti-gate>',
    ],
  ])('does not stand for %s', (_, html) => {
    const { host, undo, element } = put(html)
    expect(host).toBeNull()
    expect(undo).toBeUndefined()
    expect(element.style.display).toBe('')
  })

  test('does not stand anywhere on a page without a user interface', () => {
    document.body.innerHTML = '<iframe data-service="youtube" data-src="/a"></iframe>'
    const held = find(document.body.firstElementChild as Element)
    expect(held && place(held, undefined, actions)).toBeUndefined()
    expect(document.body.innerHTML).toBe('<iframe data-service="youtube" data-src="/a"></iframe>')
  })

  test.each([
    ['frame', '<video data-service="youtube" data-src="/a.mp4"></video>'],
    ['block', '<template data-service="youtube"><iframe></iframe></template>'],
    ['widget', '<div class="fb-share-button"></div>'],
    ['block', '<blockquote class="twitter-tweet"><a href="https://x.com/a/status/1">1</a></blockquote>'],
  ])('is a %s for %s', (kind, html) => {
    expect(put(html).drawn?.kind).toBe(kind)
  })

  test('leaves a quoted post to be read, and a template as it is', () => {
    for (const html of [
      '<blockquote class="twitter-tweet">Text</blockquote>',
      '<template data-service="x"><b></b></template>',
    ]) {
      expect(put(html).element.style.display).toBe('')
    }
  })

  test('is given the box of a frame, and of nothing else', async () => {
    const width = async (html: string) => {
      const { host } = put(html)
      await new Promise((drawn) => requestAnimationFrame(drawn))
      return host?.style.width
    }
    expect(await width('<iframe data-service="youtube" data-src="/a" style="width: 7%"></iframe>')).toBe('7%')
    expect(await width('<template data-service="youtube"><b style="width: 7%"></b></template>')).toBe('')
    expect(await width('<div class="fb-share-button" style="width: 7%"></div>')).toBe('')
  })
})

describe('the link of a placeholder', () => {
  const PAGE = encodeURIComponent('https://kauppa.yritys.example/tuotteet/1?koko=m')
  test.each([
    ['<div class="fb-share-button"></div>', 'share', `https://www.facebook.com/sharer/sharer.php?u=${PAGE}`],
    [
      '<div class="fb-share-button" data-href="https://yritys.example/ä?a&b"></div>',
      'share',
      'https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fyritys.example%2F%C3%A4%3Fa%26b',
    ],
    [
      '<script type="IN/Share"></script>',
      'share',
      `https://www.linkedin.com/sharing/share-offsite/?url=${PAGE}`,
    ],
    [
      '<a class="twitter-share-button"></a>',
      'share',
      `https://twitter.com/intent/tweet?url=${PAGE}&text=Tuote%20%26%20kumpp.`,
    ],
    ['<a class="twitter-timeline" href="https://x.com/yritys"></a>', 'open', 'https://x.com/yritys'],
    ['<a class="twitter-video" href="https://x.com/a/status/1"></a>', 'open', 'https://x.com/a/status/1'],
    [
      '<div class="fb-page" data-href="https://www.facebook.com/yritys"></div>',
      'open',
      'https://www.facebook.com/yritys',
    ],
    [
      '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/1/"></blockquote>',
      'open',
      'https://www.instagram.com/p/1/',
    ],
    [
      '<iframe data-service="zef" data-src="https://a.myzef.com/1"></iframe>',
      'open',
      'https://a.myzef.com/1',
    ],
  ])('of %s is to %s: %s', (html, does, href) => {
    expect(put(html).drawn?.link).toEqual({ does, href })
  })

  test.each([
    '<div class="fb-page"></div>',
    '<div class="fb-page" data-href="javascript:alert(1)"></div>',
    '<div class="fb-page" data-href=" java&#10;script:alert(1)"></div>',
    '<div class="fb-post" data-href="data:text/html,x"></div>',
    '<blockquote class="twitter-tweet"></blockquote>',
    '<template data-service="facebook"><b></b></template>',
    '<iframe data-service="youtube" data-src="javascript:alert(1)"></iframe>',
    '<script type="IN/FollowCompany"></script>',
  ])('of %s is none', (html) => {
    expect(put(html).drawn?.link).toBeUndefined()
  })

  test('may be taken from a page with a broken title', () => {
    document.body.innerHTML = '<a class="twitter-share-button" data-text="a"></a>'
    document.body.firstElementChild?.setAttribute('data-text', 'a\ud800')
    const held = find(document.body.firstElementChild as Element)
    expect(() => held && place(held, () => () => {}, actions)).not.toThrow()
  })
})

describe('what a vendor has ended', () => {
  test('keeps its link', () => {
    expect(put('<div class="fb-like" data-href="https://yritys.example/"></div>').drawn).toMatchObject({
      retired: true,
      link: { does: 'share' },
    })
  })

  test('is hidden without a placeholder if it has none', () => {
    const { host, element, undo } = put('<div class="g-plusone"></div>')
    expect(host).toBeNull()
    expect(element.style.display).toBe('none')
    undo?.()
    expect(element.style.display).toBe('')
  })
})
