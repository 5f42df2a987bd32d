// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://yritys.example/sivu" }
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { policyWith } from '../../../../test/fixtures/policy.ts'
import { createGate, type Gate } from './gate.ts'
import type { Place } from './place.ts'

/** The global object of scripts in jsdom, which is not that of the test. */
const page = () => (globalThis as unknown as { jsdom: { window: { ran: string[] } } }).jsdom.window
const policy = policyWith({ aliases: { cookiebot: { marketing: 'ads' } } })

let gate: Gate | undefined
let granted: Set<string>
const places = new Map<HTMLElement, Place>()
const warn = vi.fn()
const always = vi.fn()

beforeEach(() => {
  page().ran = []
  granted = new Set()
  // No slice of the queue ever ends: what `scripts.dom.test.ts` tests is not in the way here.
  vi.spyOn(performance, 'now').mockReturnValue(0)
})
afterEach(() => {
  gate?.dispose()
  gate = undefined
  places.clear()
  warn.mockReset()
  always.mockReset()
  vi.restoreAllMocks()
  document.head.replaceChildren()
  document.body.replaceChildren()
})

/** The gate on a page with `html`, with what is granted so far. */
function start(html = '', drawn = true): Gate {
  document.body.insertAdjacentHTML('beforeend', html)
  gate = createGate({
    policy,
    allows: (id) => granted.has(id),
    always,
    nonce: undefined,
    warn,
    draw: drawn
      ? (place) => {
          places.set(place.host, place)
          return () => places.delete(place.host)
        }
      : undefined,
  })
  gate.observe(document)
  return gate
}
/** The visitor's answer: exactly these categories with their services, or single services. */
function answer(...ids: string[]): boolean | undefined {
  granted = new Set(
    ids.flatMap((id) => [id, ...(policy.categories.get(id)?.services.map((service) => service.id) ?? [])]),
  )
  return gate?.update(true)
}
const add = (html: string, to: Element = document.body) => to.insertAdjacentHTML('beforeend', html)
const seen = () => new Promise<void>((resolve) => setTimeout(resolve))
/** What is changed is looked at before a frame, and what comes of that is seen after it. */
const drawn = () =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))
/** The addresses that frames and pictures have. */
const live = () => [...document.querySelectorAll('iframe,img')].map((one) => one.getAttribute('src'))
const script = (name: string, marks: string) =>
  `<script type="text/plain" ${marks}>window.ran.push('${name}')</script>`
const find = <E extends Element = HTMLElement>(selector: string) => document.querySelector<E>(selector) as E
const placed = () => [...places.values()].map(({ services, categories }) => services[0]?.id ?? categories[0])
const states = () =>
  gate?.held().map(({ service, categories, state }) => `${service || categories.join('+')} ${state}`)
const shown = (selector: string) => find(selector).style.display !== 'none'

describe('before an answer', () => {
  test('nothing runs, loads or is put in', () => {
    start(`
      ${script('ga', 'data-service="google-analytics"')}
      <script type="text/plain" data-service="x" data-src="https://platform.twitter.com/widgets.js"></script>
      <script type="text/plain" data-service="x" src="https://platform.twitter.com/widgets.js"></script>
      <iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe>
      <img data-service="meta-pixel" data-src="https://www.facebook.com/tr" alt="">
      <link rel="stylesheet" data-service="zef" data-href="https://a.zef.fi/a.css">
      <template data-service="facebook"><b id="inside"></b></template>
      <div class="fb-page"></div>`)
    expect(page().ran).toEqual([])
    expect(
      document.querySelectorAll('iframe[src],img[src],link[href],#inside,script:not([type="text/plain"])'),
    ).toHaveLength(0)
    expect(placed()).toEqual(['youtube', 'facebook', 'facebook'])
  })

  test('what is necessary runs', () => {
    granted = new Set(['necessary', 'session', 'portti'])
    start(script('session', 'data-service="session"') + script('necessary', 'data-category="necessary"'))
    expect(page().ran).toEqual(['session', 'necessary'])
  })

  test('what was granted on an earlier page runs at once', () => {
    granted = new Set(['analytics', 'google-analytics'])
    start(script('ga', 'data-service="google-analytics"') + script('ads', 'data-service="google-ads"'))
    expect(page().ran).toEqual(['ga'])
  })

  test('unmarked things are left alone', () => {
    const html =
      '<p data-id="1">Text</p><img src="/a.png"><iframe src="/own"></iframe><script type="text/plain">note</script><a data-category="ads" href="/a">ads</a><div data-service="x"></div>'
    start(html)
    answer('ads', 'social')
    expect(document.body.innerHTML).toBe(html)
    expect(gate?.held()).toEqual([])
  })
})

describe('an answer', () => {
  const everything = ['functional', 'analytics', 'demographics', 'social', 'media', 'ads']
  const services: [string, string][] = [
    ['zef', 'functional'],
    ['google-analytics', 'analytics'],
    ['microsoft-clarity', 'analytics'],
    ['google-signals', 'demographics'],
    ['linkedin', 'social'],
    ['x', 'social'],
    ['youtube', 'media'],
    ['google-ads', 'ads'],
    ['meta-pixel', 'ads'],
  ]
  test.each(everything)('to %s releases exactly its services', (category) => {
    start(
      services.map(([id]) => script(id, `data-service="${id}"`)).join('') +
        everything.map((id) => script(`= ${id}`, `data-category="${id}"`)).join(''),
    )
    answer(category)
    expect(page().ran).toEqual([
      ...services.filter(([, own]) => own === category).map(([id]) => id),
      `= ${category}`,
    ])
  })

  test('releases everything of its kind, once', () => {
    start(`
      ${script('x', 'data-service="x"')}
      <iframe id="f" data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe>
      <img id="i" data-service="meta-pixel" data-src="https://www.facebook.com/tr" alt="">
      <template data-service="youtube"><b class="inside"></b></template>`)
    for (let i = 0; i < 3; i++) answer('social', 'media')
    expect(page().ran).toEqual(['x'])
    expect(find('#f').getAttribute('src')).toBe('https://www.youtube.com/embed/1')
    expect(shown('#f')).toBe(true)
    expect(find('#i').hasAttribute('src')).toBe(false)
    expect(document.querySelectorAll('.inside')).toHaveLength(1)
    expect(placed()).toEqual([])
  })

  test('releases in document order, also what came later in between', async () => {
    start(
      `<div id="a">${script('1', 'data-service="x"')}</div><div id="b">${script('3', 'data-service="x"')}</div>`,
    )
    add(script('2', 'data-service="x"'), find('#a'))
    await seen()
    answer('social')
    expect(page().ran).toEqual(['1', '2', '3'])
  })

  test('to one service releases only that', () => {
    start(
      script('x', 'data-service="x"') +
        script('li', 'data-service="linkedin"') +
        script('all', 'data-category="social"'),
    )
    answer('x')
    expect(page().ran).toEqual(['x'])
  })

  test('must cover all that an element names', () => {
    start(
      script('both', 'data-category="analytics ads"') +
        script('services', 'data-service="google-analytics meta-pixel"') +
        script('mixed', 'data-service="google-analytics" data-category="ads"'),
    )
    answer('analytics')
    answer('ads')
    expect(page().ran).toEqual([])
    answer('analytics', 'ads')
    expect(page().ran).toEqual(['both', 'services', 'mixed'])
  })

  test('releases what another consent manager has marked', () => {
    start(
      script('ads', 'data-cookieconsent="marketing"') + script('other', 'data-cookieconsent="statistics"'),
    )
    answer(...everything)
    expect(page().ran).toEqual(['ads'])
    expect(warn.mock.calls.flat().join()).toMatch(/^"statistics" is marked/)
  })

  test('catches a frame that was marked and left with its address, and says so once', async () => {
    const frame = '<iframe data-service="youtube" src="https://www.youtube.com/embed/1"></iframe>'
    start(frame)
    add(frame)
    await seen()
    const addresses = () =>
      [...document.querySelectorAll('iframe')].map((one) => [one.getAttribute('src'), one.dataset.porttiSrc])
    expect(addresses()).toEqual(Array(2).fill([null, 'https://www.youtube.com/embed/1']))
    expect(placed()).toEqual(['youtube', 'youtube'])
    expect(warn.mock.calls.flat()).toEqual([
      'a <iframe> of "youtube" loads before anybody is asked. Write data-src or data-href instead.',
    ])
    answer('media')
    expect(addresses().map(([src]) => src)).toEqual(Array(2).fill('https://www.youtube.com/embed/1'))
    answer()
    expect(addresses().map(([src]) => src)).toEqual([null, null])
    expect(warn).toHaveBeenCalledOnce()
  })

  test('says of a script that was marked and runs all the same what it lacks, unless it may run', async () => {
    add('<script data-service="x" src="https://platform.twitter.com/widgets.js"></script>')
    add('<script data-category="unheard" src="https://a.example/a.js"></script>')
    start()
    gate?.update(true)
    expect(warn.mock.calls.flat()).toEqual([
      'a <script> of "x" loads before anybody is asked. Give it type="text/plain".',
    ])
    answer('social')
    add('<script data-category="social" src="https://a.example/b.js"></script>')
    await seen()
    expect(warn).toHaveBeenCalledOnce()
  })

  test('says nothing of scripts that another gate has let run, whose marks they keep', () => {
    start(script('1', 'data-service="google-analytics"'))
    answer('analytics')
    expect(page().ran).toEqual(['1'])
    gate?.dispose()
    granted = new Set()
    start()
    expect(document.querySelectorAll('script[data-service]')).toHaveLength(1)
    expect(warn).not.toHaveBeenCalled()
  })

  test('never releases a name that is not in the policy, and says so once', async () => {
    start(
      script('1', 'data-service="googel-analytics"') +
        script('2', 'data-service="googel-analytics"') +
        script('3', 'data-category="analytics unheard"') +
        script('4', 'data-service="constructor"') +
        '<template data-service="nobody"><b id="nobody"></b></template><iframe data-service="nobody" data-src="/a"></iframe>' +
        '<portti-gate service="noone"><button data-portti="once">Here</button><template><b id="nobody"></b></template></portti-gate>',
    )
    answer(...everything)
    add(script('5', 'data-service="googel-analytics"'))
    await seen()
    find('[data-portti="once"]').click()
    expect(page().ran).toEqual([])
    expect(find('#nobody')).toBeNull()
    expect(find('iframe').hasAttribute('src')).toBe(false)
    expect(placed()).toEqual([])
    expect(warn.mock.calls.map(([text]) => /^"([^"]*)"/.exec(text)?.[1])).toEqual([
      'googel-analytics',
      'unheard',
      'constructor',
      'nobody',
      'noone',
    ])
    expect(gate?.held()).toEqual([])
  })

  test('says nothing of pictures and frames, of which data-category may be the page’s own, and leaves them as they are', () => {
    const own =
      '<img data-category="kengat" data-src="/a.png" alt=""><iframe data-category="kengat" data-src="/a"></iframe>'
    start(own)
    answer(...everything)
    expect(document.body.innerHTML).toBe(own)
    expect(warn).not.toHaveBeenCalled()
  })

  test('keeps the addresses of frames and pictures where no lazy loader looks, and those of scripts where they stand', () => {
    start(
      '<iframe data-service="youtube" data-src="/a"></iframe><img data-service="youtube" data-src="/b" alt=""><script type="text/plain" data-service="youtube" data-src="/c"></script>',
    )
    const within = () =>
      [...document.querySelectorAll('[data-service]')].map(({ localName, attributes }) =>
        [localName, attributes.getNamedItem('data-src')?.value, attributes.getNamedItem('src')?.value].join(
          ' ',
        ),
      )
    expect(within()).toEqual(['iframe  ', 'img  ', 'script /c '])
    answer('media')
    expect(within().slice(0, 2)).toEqual(['iframe  /a', 'img  /b'])
  })

  test('gives a frame without a title that of its service, by its name or its id', () => {
    start(
      `<iframe id="a" data-service="youtube" data-src="/a"></iframe>
       <iframe id="b" data-service="session" data-src="/b"></iframe>
       <iframe id="c" data-category="media" data-src="/c"></iframe>
       <iframe id="d" data-service="youtube" title="Esittely" data-src="/d"></iframe>`,
    )
    answer('media', 'necessary')
    expect(['#a', '#b', '#c', '#d'].map((id) => find(id).title)).toEqual([
      'YouTube',
      'session',
      '',
      'Esittely',
    ])
  })
})

describe('withdrawing', () => {
  test('takes frames, images and templates back and shows their placeholders', () => {
    start(`
      <iframe id="f" title="Video" data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe>
      <img id="i" data-service="youtube" data-src="https://i.ytimg.com/1.jpg" alt="">
      <template data-service="youtube"><b class="inside"></b></template>`)
    const before = document.body.innerHTML
    answer('media')
    expect(answer()).toBe(false)
    expect(document.querySelectorAll('.inside,[src]')).toHaveLength(0)
    expect(placed()).toEqual(['youtube', 'youtube'])
    expect(document.body.innerHTML).toBe(before)
    expect(states()).toEqual(['youtube held', 'youtube held', 'youtube held'])
  })

  test('says that a script runs on, and lets it run no second time', () => {
    start(script('x', 'data-service="x"'))
    expect(answer('social')).toBe(false)
    expect(answer()).toBe(true)
    expect(answer('social')).toBe(false)
    expect(page().ran).toEqual(['x'])
  })

  test('says so also after the script has left the page', async () => {
    start(script('x', 'data-service="x"'))
    answer('social')
    find('script').remove()
    await seen()
    expect(answer()).toBe(true)
  })

  test('says that a script runs on, though its service is mostly in frames', () => {
    start(`${script('tube', 'data-service="youtube"')}<iframe data-service="youtube" data-src="/a"></iframe>`)
    answer('media')
    expect(page().ran).toEqual(['tube'])
    expect(answer()).toBe(true)
  })

  test('says that a script of a category runs on', () => {
    start(script('own', 'data-category="ads"'))
    answer('ads')
    expect(page().ran).toEqual(['own'])
    expect(answer()).toBe(true)
  })

  test('of one category leaves the others', () => {
    start(
      script('x', 'data-service="x"') +
        '<iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe>',
    )
    answer('social', 'media')
    expect(answer('social')).toBe(false)
    expect(find('iframe').hasAttribute('src')).toBe(false)
  })

  test('keeps a script from running whose turn has not come', () => {
    start(
      '<script type="text/plain" data-service="x" data-src="https://platform.twitter.com/a.js"></script>' +
        script('after', 'data-service="x"'),
    )
    answer('social')
    const live = find<HTMLScriptElement>('script[src]')
    expect(page().ran).toEqual([])
    expect(states()).toEqual(['x held', 'x released'])
    answer()
    live.dispatchEvent(new Event('load'))
    expect(page().ran).toEqual([])
    answer('social')
    expect(page().ran).toEqual(['after'])
  })

  test('gives a widget its own markup back', () => {
    start('<div class="fb-page" id="w"><a href="https://www.facebook.com/yritys">Yritys</a></div>')
    answer('social')
    find('#w').innerHTML = '<span><iframe src="https://www.facebook.com/plugins/page.php"></iframe></span>'
    answer()
    expect(find('#w').innerHTML).toBe('<a href="https://www.facebook.com/yritys">Yritys</a>')
    expect(shown('#w')).toBe(false)
  })
})

describe('what comes later', () => {
  test('is held, and released by the answer', async () => {
    start()
    add(
      script('late', 'data-service="x"') +
        '<div><p><iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe></p></div>',
    )
    await seen()
    expect(page().ran).toEqual([])
    expect(placed()).toEqual(['youtube'])
    answer('social', 'media')
    expect(page().ran).toEqual(['late'])
    expect(find('iframe').hasAttribute('src')).toBe(true)
  })

  test('is released at once if it was answered', async () => {
    start()
    answer('social', 'media')
    add(
      script('late', 'data-service="x"') +
        '<div><iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe></div>',
    )
    await seen()
    expect(page().ran).toEqual(['late'])
    expect(find('iframe').hasAttribute('src')).toBe(true)
    expect(placed()).toEqual([])
  })

  test('may be a copy of a template of the page', async () => {
    start(`<template id="t">${script('copy', 'data-service="x"')}</template>`)
    answer('social')
    expect(page().ran).toEqual([])
    for (let i = 0; i < 2; i++)
      document.body.append(document.importNode(find<HTMLTemplateElement>('#t').content, true))
    await seen()
    expect(page().ran).toEqual(['copy', 'copy'])
  })

  test('drops its placeholder when it is removed', async () => {
    start(
      '<div id="route"><iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe></div><div id="stays"><iframe id="f" data-service="zef" data-src="https://a.myzef.com/"></iframe></div>',
    )
    expect(placed()).toEqual(['youtube', 'zef'])
    find('#route').remove()
    await seen()
    expect(placed()).toEqual(['zef'])
    find('#f').remove()
    await seen()
    expect(placed()).toEqual([])
    expect(find('#stays').children).toHaveLength(0)
    expect(gate?.held()).toEqual([])
  })

  test('is forgotten as soon as anybody looks, also before the browser has told of its removal', () => {
    start(`<iframe data-service="youtube" data-src="/a"></iframe>${script('x', 'data-service="x"')}`)
    for (const element of document.querySelectorAll('iframe,script')) element.remove()
    gate?.update(false)
    expect(placed()).toEqual([])
    expect(gate?.held()).toEqual([])
  })

  test('may have been there, and is marked later', async () => {
    const gate = start('<iframe data-src="/a"></iframe><p></p>')
    expect(placed()).toEqual([])
    find('iframe').dataset.service = 'youtube'
    gate.add(find('iframe'))
    gate.add(find('p'))
    // Code that is at it still finds nothing of ours in between.
    expect(placed()).toEqual([])
    await seen()
    expect(placed()).toEqual(['youtube'])
    expect(states()).toEqual(['youtube held'])
  })

  test('keeps its placeholder, whatever comes between the two', async () => {
    start(
      '<iframe id="one" data-service="youtube" data-src="/1"></iframe><p></p><iframe id="two" data-service="youtube" data-src="/2"></iframe>',
    )
    const order = () => [...document.body.children].map(({ id, localName }) => id || localName).join(' ')
    expect(order()).toBe('portti-place one p portti-place two')
    find('#two').before(find('#one'))
    await seen()
    expect(order()).toBe('p portti-place one portti-place two')
    find('#one').before(find('p'))
    find('#two').before(document.createElement('b'))
    await seen()
    expect(order()).toBe('p portti-place one b portti-place two')
    expect(placed()).toEqual(['youtube', 'youtube'])
  })

  test('may get its marks and its address from a framework that gives them later', async () => {
    start('<iframe title="x"></iframe><img alt="" data-service="facebook">')
    find('iframe').setAttribute('data-service', 'youtube')
    await drawn()
    find('iframe').setAttribute('data-src', '/a')
    find('img').setAttribute('data-src', '/b')
    await drawn()
    expect(states()).toEqual(['youtube held', 'facebook held'])
    expect(placed()).toEqual(['youtube'])
    answer('media', 'social')
    expect(live()).toEqual(['/a', '/b'])
    find('img').setAttribute('data-src', '/c')
    await drawn()
    expect(live()).toEqual(['/a', '/c'])
  })

  test('is something else with other marks or another address, and waits for the yes that it needs then', async () => {
    start('<iframe title="x" data-service="youtube" data-src="/a"></iframe>')
    answer('media')
    const frame = find('iframe')
    frame.setAttribute('data-src', '/b')
    await drawn()
    expect([live(), placed()]).toEqual([['/b'], []])
    frame.setAttribute('data-service', 'facebook')
    frame.setAttribute('data-src', '/c')
    await drawn()
    expect([live(), placed()]).toEqual([[null], ['facebook']])
    expect(states()).toEqual(['facebook held'])
    answer('social')
    expect([live(), placed()]).toEqual([['/c'], []])
    frame.setAttribute('data-service', 'nobody')
    await drawn()
    expect([live(), placed()]).toEqual([[null], []])
  })

  test('is let in by no answer, and by no press, to what it was a moment ago', async () => {
    start(
      '<iframe id="a" title="x" data-service="youtube" data-src="/a"></iframe><iframe id="b" title="x" data-service="youtube" data-src="/b"></iframe>',
    )
    const asked = vi.spyOn(Element.prototype, 'setAttribute')
    const become = (selector: string, address: string) => {
      find(selector).setAttribute('data-service', 'facebook')
      find(selector).setAttribute('data-src', address)
    }
    become('#a', '/c')
    answer('media')
    expect(live()).toEqual([null, '/b'])
    answer()
    await drawn()
    const [place] = [...places.values()].filter(({ services }) => services[0]?.id === 'youtube')
    become('#b', '/d')
    place?.once()
    expect(live()).toEqual([null, null])
    await drawn()
    expect(live()).toEqual([null, null])
    expect(asked.mock.calls.filter(([name]) => name === 'src')).toEqual([['src', '/b']])
    expect(placed()).toEqual(['facebook', 'facebook'])
  })

  test('stays loaded once where a framework gives it another address, but not as another service', async () => {
    start('<iframe title="x" data-service="youtube" data-src="/a"></iframe>')
    const [place] = places.values()
    place?.once()
    const frame = find('iframe')
    frame.setAttribute('data-src', '/b')
    await drawn()
    expect(live()).toEqual(['/b'])
    frame.setAttribute('data-service', 'facebook')
    await drawn()
    expect(live()).toEqual([null])
  })

  test('stands as it stood after code that makes old markup into new', async () => {
    start('<div id="app"></div>')
    const app = find('#app')
    // As it was sent, with an element of its own for each that is there.
    const morph = () => {
      for (const place of app.querySelectorAll('[data-portti-place]')) place.remove()
      for (const [at, element] of [...app.children].entries()) {
        for (const { name } of [...element.attributes]) element.removeAttribute(name)
        element.setAttribute('data-service', at === 0 ? 'youtube' : 'facebook')
        element.setAttribute('data-src', at === 0 ? '/a' : '/b')
      }
    }
    app.append(document.createElement('iframe'), document.createElement('img'))
    morph()
    await drawn()
    const waiting = [[null, null], ['youtube'], 'none', ['data-portti-src', 'data-portti-src']]
    const looks = () => [
      live(),
      placed(),
      find('iframe').style.display,
      [...app.querySelectorAll('iframe,img')].flatMap((one) =>
        one.getAttributeNames().filter((name) => name.endsWith('src')),
      ),
    ]
    expect(looks()).toEqual(waiting)
    morph()
    await drawn()
    expect(looks()).toEqual(waiting)
    morph()
    answer('media')
    await drawn()
    morph()
    await drawn()
    expect(live()).toEqual(['/a', null])
    expect([placed(), find('iframe').style.display]).toEqual([[], ''])
    answer('social')
    morph()
    await drawn()
    expect([live(), placed()]).toEqual([[null, '/b'], ['youtube']])
  })

  test('gets its placeholder back where only that was taken away, and keeps its address to itself', async () => {
    start('<iframe title="x" data-service="youtube" data-src="/a"></iframe>')
    await drawn()
    find('[data-portti-place]').remove()
    await drawn()
    expect([placed(), shown('iframe')]).toEqual([['youtube'], false])
    expect(find('iframe').previousElementSibling?.localName).toBe('portti-place')
    // The yes comes before anybody could look.
    find('iframe').setAttribute('data-src', '/a')
    answer('media')
    expect(live()).toEqual(['/a'])
    await drawn()
    expect([find('iframe').dataset.src, live()]).toEqual([undefined, ['/a']])
  })

  test('is looked at no more often than the browser draws, though code always changes it back', async () => {
    start('<iframe title="x" data-service="youtube" data-src="/a"></iframe>')
    const frame = find('iframe')
    const stubborn = new MutationObserver(() => {
      if (!frame.hasAttribute('data-src')) frame.setAttribute('data-src', '/a')
    })
    stubborn.observe(frame, { attributes: true })
    frame.setAttribute('data-src', '/b')
    await drawn()
    stubborn.disconnect()
    await drawn()
    expect(placed()).toEqual(['youtube'])
    expect(live()).toEqual([null])
  })

  test('is not looked at any more after the end', async () => {
    const gate = start('<iframe title="x" data-service="youtube" data-src="/a"></iframe>')
    find('iframe').setAttribute('data-service', 'facebook')
    await seen()
    gate.dispose()
    gate.add(find('iframe'))
    await drawn()
    expect([placed(), gate.held()]).toEqual([[], []])
  })

  test('is left as it is when its guard says that it is something else now', () => {
    const gate = start('<iframe title="x" data-service="youtube" data-src="/a"></iframe>')
    answer('media')
    find('iframe').removeAttribute('data-service')
    gate.leave(find('iframe'))
    gate.leave(find('body'))
    answer()
    expect(live()).toEqual(['/a'])
    expect(states()).toEqual([])
  })

  test('takes its placeholder along when it is moved', async () => {
    start(
      '<div id="a"><iframe id="f" data-service="youtube" data-src="https://www.youtube.com/embed/1" style="display: block"></iframe></div><div id="b"></div>',
    )
    find('#b').append(find('#f'))
    await seen()
    expect(find('#a').children).toHaveLength(0)
    expect(find('#f').previousElementSibling?.getAttribute('data-portti-place')).toBe('youtube')
    expect(placed()).toEqual(['youtube'])
    answer('media')
    expect(find('#f').style.display).toBe('block')
    expect(document.querySelector('[data-portti-place]')).toBeNull()
  })

  test('keeps its placeholder when its parent is moved', async () => {
    start(
      '<div id="a"><p id="p"><iframe id="f" data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe></p></div><div id="b"></div>',
    )
    const host = find('[data-portti-place]')
    find('#b').append(find('#p'))
    await seen()
    expect(find('#f').previousElementSibling).toBe(host)
  })

  test('does not run a second time when it is moved', async () => {
    start(`<div id="a">${script('x', 'data-service="x"')}</div><div id="b"></div>`)
    answer('social')
    find('#b').append(find('script'))
    await seen()
    answer('social')
    expect(page().ran).toEqual(['x'])
  })

  test('is forgotten if it left again at once, and starts anew when it comes back', async () => {
    start()
    const frame = document.createElement('iframe')
    frame.dataset.service = 'youtube'
    frame.dataset.src = 'https://www.youtube.com/embed/1'
    document.body.append(frame)
    frame.remove()
    await seen()
    expect(placed()).toEqual([])
    expect(frame.style.display).toBe('')
    document.body.append(frame)
    await seen()
    expect(placed()).toEqual(['youtube'])
    answer('media')
    expect([frame.style.display, frame.src]).toEqual(['', 'https://www.youtube.com/embed/1'])
  })

  test('keeps what it let in under a root that is looked after and not on the page yet', async () => {
    start('<p id="p"><iframe data-service="youtube" data-src="/b"></iframe></p>')
    const root = document.createElement('div').attachShadow({ mode: 'open' })
    root.innerHTML = '<iframe data-service="youtube" data-src="/a"></iframe>'
    gate?.observe(root)
    answer('media')
    expect(root.querySelector('iframe')?.getAttribute('src')).toBe('/a')
    // Something else leaves: what is still here is told apart from it.
    find('#p').remove()
    await seen()
    answer('media')
    expect(root.querySelector('iframe')?.getAttribute('src')).toBe('/a')
    expect(states()).toEqual(['youtube released'])
  })

  test('takes along what it let in when only itself is removed, as a framework does at the end of a route', async () => {
    start('<template id="t" data-service="youtube"><b class="inside"></b></template><p>rest</p>')
    answer('media')
    expect(document.querySelectorAll('.inside')).toHaveLength(1)
    find('#t').remove()
    await seen()
    expect(document.body.innerHTML).toBe('<p>rest</p>')
    expect(gate?.held()).toEqual([])
  })

  test('lets in once what was put aside together with that and comes back', async () => {
    start('<main><template data-service="youtube"><b class="inside"></b></template></main>')
    answer('media')
    const main = find('main')
    main.remove()
    await seen()
    document.body.append(main)
    await seen()
    expect(document.querySelectorAll('.inside')).toHaveLength(1)
    answer()
    expect(document.querySelectorAll('.inside')).toHaveLength(0)
  })

  test('is held when it comes back after the yes was taken back, though it had run before it was put aside', async () => {
    start('<main><iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe></main>')
    answer('media')
    const main = find('main')
    const frame = find('iframe') as HTMLIFrameElement
    expect(frame.src).toBe('https://www.youtube.com/embed/1')
    main.remove()
    await seen()
    expect(frame.hasAttribute('src')).toBe(false)
    answer()
    document.body.append(main)
    await seen()
    expect(frame.hasAttribute('src')).toBe(false)
    expect(placed()).toEqual(['youtube'])
    answer('media')
    expect(frame.src).toBe('https://www.youtube.com/embed/1')
  })

  test('may come very deep, and among many', async () => {
    start()
    const depth = 1000
    const outer = document.createElement('div')
    let inner: Element = outer
    for (let i = 0; i < depth; i++) inner = inner.appendChild(document.createElement('div'))
    inner.innerHTML = script('deep', 'data-service="x"')
    document.body.append(outer)
    for (let i = 0; i < 500; i++) document.body.append(document.createElement('p'))
    await seen()
    expect(gate?.held()).toHaveLength(1)
    answer('social')
    expect(page().ran).toEqual(['deep'])
  })

  test('may come in steps, as a parser puts it in', async () => {
    start()
    answer('social')
    const section = document.createElement('section')
    document.body.append(section)
    const div = document.createElement('div')
    section.append(div)
    add(script('a', 'data-service="x"'), div)
    await seen()
    add(script('b', 'data-service="x"'), div)
    await seen()
    expect(page().ran).toEqual(['a', 'b'])
  })

  test('may stand beside a form whose fields hide what an element can do', async () => {
    start()
    answer('social')
    add(
      `<form><input name="matches"><input name="querySelectorAll"><input name="closest">${script('in', 'data-service="x"')}</form>${script('beside', 'data-service="x"')}`,
    )
    const form = find<HTMLFormElement>('form')
    // jsdom does not do it by itself.
    for (const field of form.querySelectorAll('input'))
      Object.defineProperty(form, field.name, { value: field, configurable: true })
    await seen()
    expect(page().ran).toEqual(['in', 'beside'])
    expect(() => form.dispatchEvent(new MouseEvent('click', { bubbles: true }))).not.toThrow()
  })
})

describe('a template', () => {
  test('puts its content in and runs its scripts once, in order', () => {
    start(
      `<template data-service="facebook"><b class="inside"></b><script>window.ran.push('a')</script><script type="text/javascript">window.ran.push('b')</script></template>`,
    )
    expect(page().ran).toEqual([])
    answer('social')
    answer('social')
    expect(page().ran).toEqual(['a', 'b'])
    expect(document.querySelectorAll('.inside')).toHaveLength(1)
  })

  test('with scripts runs them in order with those around it', () => {
    start(
      `${script('before', 'data-service="x"')}<template data-service="x"><script>window.ran.push('inside')</script></template>${script('after', 'data-service="x"')}`,
    )
    answer('social')
    expect(page().ran).toEqual(['before', 'inside', 'after'])
  })

  test('brings the widgets that its script is wanted for', () => {
    start(
      `<div class="fb-like"></div><template data-service="facebook"><div class="fb-page"></div><script>window.ran.push('sdk')</script></template>`,
    )
    answer('social')
    expect(page().ran).toEqual(['sdk'])
  })

  test('of nothing but widgets that their vendor has ended does not run their script', () => {
    start(
      `<template data-service="facebook"><div class="fb-like"></div><script>window.ran.push('sdk')</script></template>`,
    )
    answer('social')
    expect(page().ran).toEqual([])
  })

  test('lets its scripts run once, however often it is asked while they wait for their turn', () => {
    start(
      `<template data-service="x"><script src="https://platform.twitter.com/a.js"></script><script>window.ran.push('after')</script></template>`,
    )
    answer('social')
    const live = find('script[src]')
    expect(states()?.sort()).toEqual(['x held', 'x released', 'x released'])
    answer('social')
    expect(page().ran).toEqual([])
    live.dispatchEvent(new Event('load'))
    expect(page().ran).toEqual(['after'])
    expect(document.querySelectorAll('script[src]')).toHaveLength(1)
  })

  test('whose scripts ran cannot be stopped', () => {
    start(`<template data-service="x"><script>window.ran.push('a')</script></template>`)
    answer('social')
    expect(answer()).toBe(true)
  })

  test('may hold something that waits for another service', async () => {
    start(
      `<template data-service="x">${script('li', 'data-service="linkedin"')}<iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe></template>`,
    )
    answer('social')
    await seen()
    expect(page().ran).toEqual(['li'])
    expect(placed()).toEqual(['youtube'])
    answer()
    await seen()
    expect(placed()).toEqual(['x'])
  })

  test('may be put in again after it was taken out', () => {
    start(
      '<template data-service="youtube">Text <iframe src="https://www.youtube.com/embed/1"></iframe></template>',
    )
    for (let i = 0; i < 3; i++) {
      answer('media')
      expect(document.querySelectorAll('iframe')).toHaveLength(1)
      answer()
      expect(document.querySelectorAll('iframe')).toHaveLength(0)
    }
  })
})

describe('a portti-gate', () => {
  const html = `<portti-gate data-service="youtube">Watch it <a href="https://www.youtube.com/watch?v=1">there</a>, or
    <button data-portti="once">here</button> <button data-portti="always">always</button>
    <template><iframe src="https://www.youtube.com/embed/1"></iframe></template></portti-gate>`

  test('shows its fallback until it may run, and again after', () => {
    start(html)
    const text = find('portti-gate').textContent
    expect(find('portti-gate iframe')).toBeNull()
    expect(placed()).toEqual([])
    answer('media')
    expect(find('portti-gate iframe')).not.toBeNull()
    expect(find('portti-gate a')).toBeNull()
    answer()
    expect(find('portti-gate iframe')).toBeNull()
    expect(find('portti-gate').textContent).toBe(text)
  })

  test('may have other buttons of ours, and has nothing to do with those outside', () => {
    const errors = vi.fn()
    window.addEventListener('error', errors)
    start(
      `<button id="outside" data-portti="once">Here</button><portti-gate data-service="youtube"><button id="inside" data-portti="settings">Settings</button><template><b id="content"></b></template></portti-gate>`,
    )
    for (const id of ['#outside', '#inside', 'portti-gate']) find(id).click()
    expect(always).not.toHaveBeenCalled()
    expect(find('#content')).toBeNull()
    expect(errors).not.toHaveBeenCalled()
    window.removeEventListener('error', errors)
  })

  test('has buttons that let it run once or always', () => {
    start(html)
    find('[data-portti="once"]').click()
    expect(find('portti-gate iframe')).not.toBeNull()
    expect(always).not.toHaveBeenCalled()
    answer()
    expect(find('portti-gate iframe')).toBeNull()
    find('[data-portti="always"]').click()
    expect(always.mock.calls).toEqual([[['youtube']]])
    expect(find('portti-gate iframe')).not.toBeNull()
  })
})

describe('at a placeholder', () => {
  const frames = `<iframe id="a" data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe>
    <iframe id="b" data-service="youtube" data-src="https://www.youtube.com/embed/2"></iframe>`
  const first = () => [...places.values()][0]

  test('load once lets only that one run, and stores nothing', () => {
    start(frames)
    first()?.once()
    expect(find('#a').hasAttribute('src')).toBe(true)
    expect(find('#b').hasAttribute('src')).toBe(false)
    expect(placed()).toEqual(['youtube'])
    expect(always).not.toHaveBeenCalled()
  })

  test('load once of a frame lets no script of its service run', () => {
    start(`${frames}${script('api', 'data-service="youtube"')}`)
    first()?.once()
    expect(page().ran).toEqual([])
  })

  test('load once of a widget lets no script run that waits for more than its services', () => {
    start(
      `<div class="fb-page"></div>${script('and x', 'data-service="facebook x"')}${script('and ads', 'data-service="facebook" data-category="ads"')}${script('own', 'data-service="facebook"')}`,
    )
    first()?.once()
    expect(page().ran).toEqual(['own'])
  })

  test('load once of a widget lets a script run that waits for no more than it does', () => {
    start(
      `<div class="fb-page" data-service="facebook" data-category="ads"></div>${script('and ads', 'data-service="facebook" data-category="ads"')}`,
    )
    first()?.once()
    expect(page().ran).toEqual(['and ads'])
  })

  test('load once of a widget makes those step aside that wait for more, and not those of others', () => {
    start(`<div class="fb-page" id="a"></div><div class="fb-page" id="b" data-service="facebook x"></div>
      <a class="twitter-share-button" id="c"></a>`)
    first()?.once()
    expect(['#a', '#b', '#c'].map((id) => find(id).className)).toEqual([
      'fb-page',
      'portti/parked',
      'twitter-share-button',
    ])
  })

  test('load once of a widget leaves alone what of its service was drawn before, and its frames', () => {
    start(`${script('sdk', 'data-service="facebook"')}<div class="fb-page" id="a"></div>
      <div class="fb-post" id="b"></div><iframe class="wide" data-service="facebook" data-src="/plugin"></iframe>`)
    const [one, two] = [...places.values()]
    one?.once()
    two?.once()
    expect([find('#a').className, find('#b').className, find('iframe').className]).toEqual([
      'fb-page',
      'fb-post',
      'wide',
    ])
    expect([shown('#a'), shown('#b'), shown('iframe')]).toEqual([true, true, false])
  })

  test('what was loaded once, and was allowed later, stays through answers about other things', () => {
    start(`<div class="fb-page"></div>${script('sdk', 'data-service="facebook"')}`)
    first()?.once()
    granted.add('facebook')
    add(script('more', 'data-service="facebook"'))
    gate?.update(false)
    expect(page().ran).toEqual(['sdk', 'more'])
    granted.clear()
    expect(gate?.update(false)).toBe(false)
    expect(gate?.update(true)).toBe(true)
  })

  test('what was allowed, and never loaded once, is over when it is allowed no more', () => {
    start(script('x', 'data-service="x"'))
    granted.add('x')
    gate?.update(false)
    granted.clear()
    expect(gate?.update(false)).toBe(true)
  })

  test('always stores a yes for its services', () => {
    start(`${frames}<iframe data-service="youtube" data-category="ads" data-src="/c"></iframe>`)
    for (const place of places.values()) place.always()
    expect(always.mock.calls).toEqual([[['youtube']], [['youtube']], [['youtube', 'ads']]])
  })

  test('always releases what it stands for, and all of its service', () => {
    start(frames)
    always.mockImplementation((ids: readonly string[]) => {
      granted = new Set(ids)
      gate?.update(false)
    })
    first()?.always()
    expect(document.querySelectorAll('iframe[src]')).toHaveLength(2)
    // Nothing of it was let run just once.
    granted.clear()
    gate?.update(false)
    expect(document.querySelectorAll('iframe[src]')).toHaveLength(0)
  })

  test('always releases at least what it stands for, where something that it needs is refused', () => {
    start(frames)
    first()?.always()
    expect(always.mock.calls).toEqual([[['youtube']]])
    expect([find('#a').hasAttribute('src'), find('#b').hasAttribute('src')]).toEqual([true, false])
  })

  test('what was loaded once stays through answers about other things and goes with a refusal', () => {
    start(frames)
    first()?.once()
    gate?.update(false)
    expect(find('#a').hasAttribute('src')).toBe(true)
    expect(answer()).toBe(false)
    expect(find('#a').hasAttribute('src')).toBe(false)
    expect(placed()).toEqual(['youtube', 'youtube'])
  })

  test('load once of a widget lets its service call, until a refusal; load once of a frame does not', () => {
    const gate = start(
      `<div class="fb-like" data-href="https://yritys.example/"></div><iframe data-service="youtube" data-src="about:blank"></iframe>`,
    )
    for (const place of [...places.values()]) place.once()
    expect([gate.mayCall('facebook'), gate.mayCall('youtube'), gate.mayCall('x')]).toEqual([
      true,
      false,
      false,
    ])
    gate.update(false)
    expect(gate.mayCall('facebook')).toBe(true)
    gate.update(true)
    expect(gate.mayCall('facebook')).toBe(false)
  })

  test('what its provider has ended may never call', () => {
    const gate = start()
    granted = new Set(['google-plus', 'ads'])
    expect(gate.mayCall('google-plus')).toBe(false)
    // A category is no service that could end.
    expect(gate.mayCall('ads')).toBe(true)
  })

  test('load once of a widget brings the script of its service, and the other widgets step aside', () => {
    start(`
      <script type="text/plain" data-service="facebook">window.ran.push(document.querySelectorAll('.fb-page,.fb-post').length + ' drawn')</script>
      ${script('li', 'data-service="linkedin"')}
      <div class="fb-page" id="a"></div><div class="fb-post" id="b"></div>`)
    first()?.once()
    expect(page().ran).toEqual(['1 drawn'])
    expect([shown('#a'), shown('#b')]).toEqual([true, false])
    // A script that was let in once runs on.
    expect(answer()).toBe(true)
  })

  test('the widgets that stepped aside are drawn when all may', () => {
    const parse = vi.fn()
    Object.assign(window, { FB: { XFBML: { parse } } })
    start(
      `${script('sdk', 'data-service="facebook"')}<div class="fb-page" id="a"></div><p><b class="fb-post" id="b"></b></p>`,
    )
    first()?.once()
    expect(find('#b').matches('.fb-post')).toBe(false)
    answer('social')
    expect(find('#b').matches('.fb-post')).toBe(true)
    expect(parse).toHaveBeenLastCalledWith(find('p'))
    expect(page().ran).toEqual(['sdk'])
    Reflect.deleteProperty(window, 'FB')
  })

  test('the focus goes on to what has taken its place', () => {
    start(frames)
    const place = first()
    place?.host.setAttribute('tabindex', '0')
    place?.host.focus()
    const focus = vi.spyOn(HTMLElement.prototype, 'focus')
    place?.once()
    expect(document.activeElement).toBe(find('#a'))
    expect(focus.mock.calls).toEqual([[{ preventScroll: true }]])
    expect(find('#a').hasAttribute('tabindex')).toBe(false)
  })

  test.each([
    ['a box, which can take it only now', '<div id="inside"></div>', '-1'],
    ['a link, which could take it before', '<a id="inside" href="/a">A</a>', null],
  ])('the focus goes on into what stood in a template: %s', (_, html, tabindex) => {
    start(`<template data-service="facebook">${html}</template>`)
    const place = first()
    place?.host.setAttribute('tabindex', '0')
    place?.host.focus()
    place?.once()
    expect(document.activeElement?.id).toBe('inside')
    expect(find('#inside').getAttribute('tabindex')).toBe(tabindex)
  })
})

test('the focus stays where it is when something else is let run', () => {
  start('<button>Own</button><iframe data-service="youtube" data-src="/a"></iframe>')
  find('button').focus()
  answer('media')
  expect(document.activeElement).toBe(find('button'))
})

describe('a widget that its vendor has ended', () => {
  test('never runs and keeps its placeholder with the link', () => {
    start('<div class="fb-like" data-href="https://yritys.example/"></div>')
    answer('social')
    expect(places.size).toBe(1)
    expect([...places.values()][0]).toMatchObject({ retired: true, link: { does: 'share' } })
    expect(states()).toEqual(['facebook held'])
  })

  test('keeps the script of its service from being loaded when nothing else needs it', () => {
    start(`${script('sdk', 'data-service="facebook"')}<div class="fb-like"></div>`)
    expect(answer('social')).toBe(false)
    expect(page().ran).toEqual([])
  })

  test('does not keep it from being loaded for one that lives', () => {
    start(`${script('sdk', 'data-service="facebook"')}<div class="fb-like"></div><div class="fb-page"></div>`)
    answer('social')
    expect(page().ran).toEqual(['sdk'])
  })

  test('does not keep it from being loaded for one that comes later', async () => {
    start(`${script('sdk', 'data-service="facebook"')}<div class="fb-like"></div>`)
    answer('social')
    add('<div class="fb-page"></div>')
    await seen()
    expect(page().ran).toEqual(['sdk'])
  })

  test('does not keep it from being loaded for one that comes later with something else', async () => {
    start(`${script('sdk', 'data-service="facebook"')}<div class="fb-like"></div>`)
    answer('social')
    add('<img data-service="x" data-src="/a.png" alt=""><div class="fb-page"></div>')
    await seen()
    expect(page().ran).toEqual(['sdk'])
  })

  test('does not keep a frame of its service from being loaded', () => {
    start('<div class="fb-like"></div><iframe data-service="facebook" data-src="/plugin"></iframe>')
    answer('social')
    expect(find('iframe').hasAttribute('src')).toBe(true)
  })

  test('is not missed: without any widget the script is loaded', () => {
    start(script('sdk', 'data-service="facebook"'))
    answer('social')
    expect(page().ran).toEqual(['sdk'])
  })

  test('while the page is being read the script waits for what may follow', async () => {
    const ready = vi.spyOn(Document.prototype, 'readyState', 'get').mockReturnValue('loading')
    vi.resetModules()
    const { createGate: create } = await import('./gate.ts')
    granted = new Set(['social', 'facebook'])
    add(script('sdk', 'data-service="facebook"'))
    gate = create({
      policy,
      allows: (id) => granted.has(id),
      always,
      nonce: undefined,
      draw: undefined,
      warn,
    })
    gate.observe(document)
    expect(page().ran).toEqual([])
    add('<div class="fb-like"></div>')
    ready.mockReturnValue('interactive')
    document.dispatchEvent(new Event('DOMContentLoaded'))
    expect(page().ran).toEqual([])
    add('<div class="fb-page"></div>')
    await seen()
    expect(page().ran).toEqual(['sdk'])
  })

  test('when the page has been read the script waits for nothing more', async () => {
    const ready = vi.spyOn(Document.prototype, 'readyState', 'get').mockReturnValue('loading')
    vi.resetModules()
    const { createGate: create } = await import('./gate.ts')
    add(script('sdk', 'data-service="facebook"'))
    gate = create({ policy, allows: () => true, always, nonce: undefined, draw: undefined, warn })
    gate.observe(document)
    expect(page().ran).toEqual([])
    ready.mockReturnValue('interactive')
    document.dispatchEvent(new Event('DOMContentLoaded'))
    expect(page().ran).toEqual(['sdk'])
  })

  test('of a whole service is hidden and its script held', () => {
    start(`${script('plusone', 'data-service="google-plus"')}<div class="g-plusone" id="g"></div>`)
    answer('social')
    expect(page().ran).toEqual([])
    expect(shown('#g')).toBe(false)
    expect(places.size).toBe(0)
  })
})

describe('another root', () => {
  test('is looked after: an open shadow root, now and later', async () => {
    start('<div id="host"></div>')
    const root = find('#host').attachShadow({ mode: 'open' })
    root.innerHTML = '<iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe>'
    const end = gate?.observe(root)
    expect(placed()).toEqual(['youtube'])
    answer('media')
    expect(root.querySelector('iframe')?.hasAttribute('src')).toBe(true)
    root.append(Object.assign(document.createElement('iframe'), { id: 'late' }))
    root.querySelector<HTMLElement>('#late')!.dataset.service = 'youtube'
    const late = document.createElement('p')
    late.innerHTML = '<iframe data-service="youtube" data-src="https://www.youtube.com/embed/2"></iframe>'
    root.append(late)
    await seen()
    expect(late.querySelector('iframe')?.hasAttribute('src')).toBe(true)
    end?.()
    const after = late.cloneNode(true) as Element
    after.querySelector('iframe')?.removeAttribute('src')
    root.append(after)
    await seen()
    expect(after.querySelector('iframe')?.hasAttribute('src')).toBe(false)
  })

  test('is not entered by itself', () => {
    start('<div id="host"></div>')
    const root = find('#host').attachShadow({ mode: 'open' })
    root.innerHTML = script('x', 'data-service="x"')
    answer('social')
    expect(page().ran).toEqual([])
  })
})

describe('the report', () => {
  test('tells what waits, what it is, for what and from where', () => {
    start(`
      ${script('inline', 'data-service="google-analytics"')}
      <script type="text/plain" data-service="x" data-src="https://platform.twitter.com/widgets.js"></script>
      <iframe data-category="media" data-src="https://www.youtube.com/embed/1"></iframe>
      <img data-service="meta-pixel" data-category="analytics" data-src="/tr" alt="">
      <template data-service="zef"><b></b></template>
      <div class="fb-page"></div>
      ${script('no', 'data-service="nobody"')}`)
    expect(gate?.held()).toEqual([
      {
        kind: 'script',
        service: 'google-analytics',
        categories: ['analytics'],
        from: 'inline',
        state: 'held',
        why: 'marked',
      },
      {
        kind: 'script',
        service: 'x',
        categories: ['social'],
        from: 'https://platform.twitter.com/widgets.js',
        state: 'held',
        why: 'marked',
      },
      {
        kind: 'frame',
        service: '',
        categories: ['media'],
        from: 'https://www.youtube.com/embed/1',
        state: 'held',
        why: 'marked',
      },
      {
        kind: 'asset',
        service: 'meta-pixel',
        categories: ['ads', 'analytics'],
        from: '/tr',
        state: 'held',
        why: 'marked',
      },
      {
        kind: 'template',
        service: 'zef',
        categories: ['functional'],
        from: 'inline',
        state: 'held',
        why: 'marked',
      },
      {
        kind: 'widget',
        service: 'facebook',
        categories: ['social'],
        from: 'inline',
        state: 'held',
        why: 'marked',
      },
    ])
    answer('analytics', 'social', 'media', 'functional', 'ads')
    expect(new Set(gate?.held().map(({ state }) => state))).toEqual(new Set(['released']))
    expect(gate?.held()).toHaveLength(6)
  })
})

test('the report tells where what is marked without data- comes from, and a style sheet', () => {
  start(`<script type="text/plain" data-service="x" src="https://platform.twitter.com/widgets.js"></script>
    <link rel="stylesheet" data-service="zef" data-href="/zef.css">`)
  expect(gate?.held().map(({ from }) => from)).toEqual([
    'https://platform.twitter.com/widgets.js',
    '/zef.css',
  ])
})

test('clearing takes what services have stored that may not run, and leaves what the others have', () => {
  const gate = start()
  granted = new Set(['google-analytics', 'google-signals'])
  for (const name of ['_ga', '_fbp']) localStorage.setItem(name, '1')
  // biome-ignore lint/suspicious/noDocumentCookie: the library reads cookies like this, and jsdom has no other way.
  for (const name of ['_ga', '_fbp', '_gcl_au', 'own']) document.cookie = `${name}=1;Path=/`
  gate.clear()
  // Google Ads has declared the third as well.
  expect(document.cookie).toBe('_ga=1; _gcl_au=1; own=1')
  expect(Object.keys(localStorage)).toEqual(['_ga', '_fbp'])
  localStorage.clear()
})

describe('what nobody marked', () => {
  /** A guard that holds nothing by itself and notes what it is told. */
  const guard = {
    join: vi.fn(),
    begin: vi.fn(),
    changed: vi.fn(),
    free: vi.fn(),
    starter: vi.fn((_: Element): (() => void) | undefined => undefined),
    why: vi.fn((): 'declared' => 'declared'),
    held: () => [],
    dispose: vi.fn(),
  }
  const guarded = (html: string) => {
    document.body.innerHTML = html
    gate = createGate({
      policy,
      allows: (id) => granted.has(id),
      always,
      nonce: undefined,
      draw: undefined,
      warn,
      guard,
    })
    gate.observe(document)
  }
  beforeEach(() => vi.clearAllMocks())

  test('is told to the guard before it loads, and when it may load no more', () => {
    guarded('<iframe data-service="youtube" data-src="/a"></iframe>')
    const frame = find('iframe')
    guard.free.mockImplementationOnce(() => expect(frame.hasAttribute('src')).toBe(false))
    answer('media')
    expect(guard.free.mock.calls).toEqual([[frame]])
    answer()
    expect(guard.free.mock.calls.slice(1)).toEqual([[frame, false]])
  })

  test('may be a script that page code has made, which starts as itself', () => {
    const start = vi.fn()
    guard.starter.mockImplementation((element) => (element.id === 'made' ? start : undefined))
    guarded(
      `<script id="made" type="text/plain" data-service="x"></script>${script('x', 'data-service="x"')}`,
    )
    const made = find('#made')
    answer('social')
    expect(start).toHaveBeenCalledTimes(1)
    expect(find('#made')).toBe(made)
    expect(page().ran).toEqual(['x'])
  })

  test('says in the report why it waits', () => {
    guarded('<iframe data-service="youtube" data-src="/a"></iframe>')
    expect(gate?.held()).toMatchObject([{ service: 'youtube', why: 'declared' }])
  })
})

describe('disposing', () => {
  test('takes the placeholders away and holds whatever comes later untouched', async () => {
    start('<iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe>')
    gate?.dispose()
    expect(document.body.innerHTML).toMatch(
      /^<iframe data-service="youtube" style="" data-src="[^"]*"><\/iframe>$/,
    )
    granted = new Set(['x', 'youtube'])
    add(script('late', 'data-service="x"'))
    await seen()
    document.dispatchEvent(new Event('DOMContentLoaded'))
    expect(page().ran).toEqual([])
    expect(gate?.held()).toEqual([])
  })

  test('lets another gate take over, which runs nothing twice', () => {
    start(script('a', 'data-service="x"') + script('b', 'data-service="linkedin"'))
    answer('x')
    gate?.dispose()
    start()
    answer('social')
    expect(page().ran).toEqual(['a', 'b'])
  })

  test('takes back what a page can take back, so that another gate may release it', () => {
    const html = `<iframe title="Video" data-service="youtube" data-src="/a"></iframe><template data-service="youtube"><b></b></template><div class="fb-page"><i></i></div>`
    for (let i = 0; i < 2; i++) {
      start(i ? '' : html)
      answer('media', 'social')
      find('.fb-page').innerHTML = 'drawn'
      expect(document.body.querySelectorAll('iframe[src]')).toHaveLength(1)
      expect(document.body.querySelectorAll('b')).toHaveLength(1)
      gate?.dispose()
      for (const element of document.querySelectorAll<HTMLElement>('[style=""]'))
        element.removeAttribute('style')
      expect(document.body.innerHTML).toBe(html)
    }
  })

  test('may be done twice', () => {
    start('<iframe data-service="youtube" data-src="/a"></iframe>')
    gate?.dispose()
    expect(() => gate?.dispose()).not.toThrow()
  })
})

test('without a user interface everything but placeholders is the same', () => {
  start(
    `${script('x', 'data-service="x"')}<iframe data-service="youtube" data-src="https://www.youtube.com/embed/1"></iframe>`,
    false,
  )
  expect(document.querySelector('[data-portti-place]')).toBeNull()
  expect(shown('iframe')).toBe(true)
  answer('social', 'media')
  expect(page().ran).toEqual(['x'])
  expect(find('iframe').hasAttribute('src')).toBe(true)
})

test('2,000 held scripts all run once, in order', async () => {
  const count = 2000
  start(Array.from({ length: count }, (_, i) => script(`${i}`, 'data-service="x"')).join(''))
  answer('social')
  await vi.waitFor(() => expect(page().ran).toHaveLength(count), { timeout: 50_000, interval: 50 })
  expect([...page().ran]).toEqual(Array.from({ length: count }, (_, i) => `${i}`))
})
