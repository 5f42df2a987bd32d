/** Pages with nothing to hold are the same with the guard and without it: real libraries from npm, the same steps, the same page. */
import { readFileSync } from 'node:fs'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { headOf } from '../leaks/rungs.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { sites } from './leaks/sites.ts'
import { html, openWorld, script, type World } from './world.ts'

// What functions that run in the page see there.
declare const window: Window & typeof globalThis & { done?: boolean; log: string[] }

interface Pastime {
  readonly library: string
  /** What the page's own bundle does; it sets `done` at the end. */
  readonly lines: string
  readonly head?: string
  readonly body: string
  readonly routes?: Readonly<Record<string, string>>
  /** Clicked one after the other. */
  readonly clicks?: readonly string[]
}

const style = (path: string) => `<style>${readFileSync(`node_modules/${path}`, 'utf8')}</style>`
const pastimes: readonly Pastime[] = [
  {
    library: 'navigo, a router',
    lines: `import Navigo from 'navigo'
      const main = document.querySelector('main'), router = new Navigo('/')
      const show = (text) => () => { main.innerHTML = '<h1>' + text + '</h1><img alt="" src="/kuva.gif?' + text + '">'; log.push(location.pathname) }
      router.on('/', show('Etusivu')).on('/tuotteet', show('Tuotteet')).on('/tuotteet/:id', ({ data }) => show('Tuote ' + data.id)()).notFound(show('Ei ole'))
      router.resolve(); router.updatePageLinks(); done = true`,
    body: '<nav><a id="a" href="/tuotteet" data-navigo>T</a> <a id="b" href="/tuotteet/7" data-navigo>7</a> <a id="c" href="/muu" data-navigo>M</a></nav><main></main>',
    clicks: ['#a', '#b', '#c', '#a'],
  },
  {
    library: 'flatpickr, a date picker',
    head: style('flatpickr/dist/flatpickr.min.css'),
    lines: `import flatpickr from 'flatpickr'
      import { Finnish } from 'flatpickr/dist/l10n/fi.js'
      const picker = flatpickr('#day', { locale: Finnish, defaultDate: new Date(2026, 10, 22), onChange: (_, text) => log.push(text) })
      picker.open(); picker.changeMonth(1); picker.setDate(new Date(2027, 0, 5), true); picker.close()
      flatpickr('#range', { mode: 'range', inline: true, defaultDate: [new Date(2026, 10, 2), new Date(2026, 10, 9)] }); done = true`,
    body: '<input id="day"><div id="range"></div>',
    clicks: ['.inline .flatpickr-next-month', '.inline .flatpickr-day[aria-label="December 15, 2026"]'],
  },
  {
    library: 'uPlot, charts',
    head: style('uplot/dist/uPlot.min.css'),
    lines: `import uPlot from 'uplot'
      const chart = new uPlot({ width: 400, height: 200, series: [{}, { label: 'A', stroke: 'red' }] }, [[1, 2, 3], [3, 1, 2]], document.querySelector('main'))
      chart.setData([[1, 2, 3, 4], [3, 1, 2, 9]]); chart.setSize({ width: 300, height: 150 })
      requestAnimationFrame(() => requestAnimationFrame(() => { log.push(document.querySelector('canvas').toDataURL().length > 500); done = true }))`,
    body: '<main></main>',
    clicks: ['.u-legend .u-series:nth-child(2) th'],
  },
  {
    library: 'Preact, an app',
    lines: `import { h, render, Component } from 'preact'
      class App extends Component {
        state = { n: 0 }
        render() {
          const { n } = this.state
          return h('section', { class: 'n' + n, style: { color: 'red', backgroundImage: 'url(/kuva.gif)' } },
            h('button', { id: 'plus', onClick: () => this.setState({ n: n + 1 }) }, 'Lisää'),
            n % 2 ? h('img', { src: '/kuva.gif?' + n, alt: '' }) : h('iframe', { srcDoc: '<p>' + n + '</p>', title: 'x' }),
            h('ul', null, Array.from({ length: n }, (_, i) => h('li', { key: n - i, dangerouslySetInnerHTML: { __html: '<b>' + i + '</b>' } }))))
        }
      }
      render(h(App), document.querySelector('main')); done = true`,
    body: '<main></main>',
    clicks: ['#plus', '#plus', '#plus'],
  },
  {
    library: 'htmx, parts of pages from the server',
    lines: `import htmx from 'htmx.org'
      window.htmx = htmx; document.addEventListener('htmx:afterSettle', ({ target }) => log.push('settled ' + target.id)); done = true`,
    body: `<div id="box" hx-get="/osa" hx-trigger="click" hx-swap="innerHTML settle:0ms">Hae</div><ul id="list"><li>1</li></ul><button id="more" hx-get="/rivi" hx-target="#list" hx-swap="beforeend settle:0ms">Lisää</button>`,
    routes: {
      '/osa': '<p>Osa</p><script>log.push("script of the part")</script><img src="/kuva.gif" alt="">',
      '/rivi': '<li>2</li>',
    },
    clicks: ['#box', '#more', '#more'],
  },
  {
    library: 'no library: every way to put elements in',
    lines: `const main = document.querySelector('main'), make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text })
      main.append(make('p', 'a'), 'text'); main.prepend(make('p', 'b')); main.insertBefore(make('p', 'c'), main.firstChild); main.firstChild.before(make('p', 'd')); main.lastChild.after(make('p', 'e'))
      main.insertAdjacentHTML('beforeend', '<p class=x>f<svg><image href="/kuva.gif"/></svg>'); main.insertAdjacentElement('afterbegin', make('p', 'g')); main.replaceChild(make('p', 'h'), main.children[1]); main.children[2].replaceWith(make('p', 'i'))
      main.append(document.createRange().createContextualFragment('<p>j<script>log.push("fragment")</scr' + 'ipt></p>'))
      const s = document.createElement('script'); s.textContent = 'log.push("inline " + !!document.currentScript)'; main.append(s)
      const e = document.createElement('script'); e.src = '/oma.js'; e.onload = () => { log.push('loaded', e.src.endsWith('/oma.js'), e.getAttribute('src'), e.outerHTML); done = true }; main.append(e)
      const i = new Image(3, 4); i.src = 'kuva.gif'; log.push(i.src === location.origin + '/kuva.gif', i.getAttribute('src'), i.outerHTML); main.append(i)
      const f = document.createElement('iframe'); f.src = 'about:blank'; main.append(f); log.push(f.contentWindow.fetch === fetch, f.contentDocument.body.innerHTML, f.src)
      document.cookie = 'oma=1; path=/'; localStorage.setItem('oma', '1'); localStorage.toinen = '2'; log.push(document.cookie.includes('oma=1'), JSON.stringify(localStorage), localStorage.length, Object.keys(localStorage).sort().join())
      log.push(fetch.name, fetch.length, String(fetch).includes('native code'), Element.prototype.append.name, XMLHttpRequest.name, new XMLHttpRequest() instanceof XMLHttpRequest, Object.keys(window).includes('fetch'), document.createElement('img') instanceof Image)
      for (const bad of [() => main.appendChild(null), () => main.insertBefore(s), () => fetch(), () => new WebSocket('x:y'), () => main.append(Symbol()), () => localStorage.setItem('x'), () => Element.prototype.append.call({}, 1), () => new Worker(), () => navigator.sendBeacon('data:x'), () => new XMLHttpRequest().open('GET')]) {
        try { const made = bad(); if (made && made.catch) made.catch(() => {}) ; log.push('nothing thrown') } catch (error) { log.push(error.name + ' ' + (error instanceof Error || error instanceof DOMException)) }
      }`,
    body: '<main></main>',
    routes: { '/oma.js': 'log.push("own " + document.currentScript.getAttribute("src"))' },
  },
  {
    library: 'no library: forms whose fields have the names of built-ins',
    lines: `const main = document.querySelector('main'), names = ['attributes', 'querySelector', 'querySelectorAll', 'matches', 'remove', 'getAttribute', 'hasAttribute', 'setAttribute', 'children', 'childNodes', 'parentNode', 'parentElement', 'isConnected', 'ownerDocument', 'localName', 'content', 'contentDocument', 'style', 'shadowRoot', 'nodeType', 'textContent', 'action', 'target']
      for (const name of names) {
        const markup = (n) => '<form id="' + name + n + '"><input name="' + name + '"><img alt="" src="/kuva.gif?' + name + n + '"><iframe title="x" srcdoc="<p>x"></iframe><p style="background: url(/kuva.gif)">x</p></form>'
        const attempt = (work) => { try { work(); log.push('done') } catch (error) { log.push(error.name) } }
        attempt(() => main.insertAdjacentHTML('beforeend', markup(1)))
        attempt(() => { const part = document.createElement('template'); part.innerHTML = markup(2); main.append(part.content) })
        attempt(() => { const form = document.createElement('form'), field = document.createElement('input'); field.name = name; form.append(field); main.append(form); Element.prototype.setAttribute.call(form, 'class', 'x'); main.prepend(form); Element.prototype.remove.call(form) })
        attempt(() => document.adoptNode(new DOMParser().parseFromString(markup(3), 'text/html').forms[0]))
        attempt(() => document.createRange().createContextualFragment(markup(4)))
      }
      main.addEventListener('click', ({ target }) => log.push('click ' + target.name)); for (const field of main.querySelectorAll('input')) HTMLElement.prototype.click.call(field)
      done = true`,
    body: '<main></main>',
  },
  {
    library: 'no library: every property of a style, set and read',
    head: '<style>b { color: red } @font-face { font-family: oma; src: local(oma) }</style>',
    lines: `const { style } = document.querySelector('main'), [rule, font] = Array.from(document.styleSheets[0].cssRules, ({ style }) => style), names = []
      for (const name in style) names.push(name)
      const dashed = names.map((name) => name.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase()).replace(/^(webkit|moz)-/, '-$1-'))
      const all = [...new Set([...names, ...dashed, ...names.map((name) => name.replace(/^w/, 'W'))])].filter((name) => typeof style[name] === 'string')
      log.push(all.length > 400, names.join(), all.join(), Object.keys(style).join())
      const values = ['url(/kuva.gif)', 'none', 'url(/kuva.gif), auto', '', null, undefined, 'below 0 url(/kuva.gif)', 'url(/kuva.gif) !important', 'red', 3, { toString: () => 'url(/kuva.gif) 1' }, ['none']]
      const attempt = (work) => { try { return work() } catch (error) { return error.name } }
      for (const name of all) {
        if (/^(css-?text|content-?visibility|display)$/i.test(name)) continue
        for (const value of values) {
          for (const one of [style, rule, font]) log.push(name + ' = ' + attempt(() => String(value)) + ': ' + attempt(() => { one[name] = value; return one[name] + ' ' + one.getPropertyValue(name) + ' ' + one.cssText }))
        }
        log.push(attempt(() => Object.assign(style, { [name]: 'none' })[name] + style.length), attempt(() => { delete style[name]; return style[name] }), typeof getComputedStyle(document.body)[name])
        style.cssText = ''
        rule.cssText = ''
      }
      log.push(attempt(() => { style.background = Symbol() }), style.item(0)); style.backgroundImage = 'url(/kuva.gif)'; style.removeProperty('background-image'); log.push(document.querySelector('main').getAttribute('style')); done = true`,
    body: '<main></main>',
  },
]

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(sites)
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})

describe('a page with nothing to hold is the same with the guard', () => {
  test.for(pastimes.map((one) => [one.library, one] as const))('%s', async ([, one]) => {
    const bundle = script(bundled(one.lines))
    const [bare, guarded, lined] = [
      await spend('', 'bare', one, bundle),
      await spend(headOf.guard, 'guard', one, bundle),
      await spend(headOf['guard + head line'], 'line', one, bundle),
    ]
    expect(bare.errors).toEqual([])
    expect(bare.log.length + (one.clicks?.length ?? 0)).toBeGreaterThan(0)
    expect(guarded).toEqual(bare)
    expect(lined).toEqual(bare)
  })
})

/** What is seen of the page, and what it asked its own host for, after all steps. */
async function spend(
  first: string,
  name: string,
  { library, head = '', body, routes = {}, clicks = [] }: Pastime,
  bundle: ReturnType<typeof script>,
) {
  const host = `${library.replace(/\W+/g, '-').toLowerCase()}.${name}.shop.example`
  world.clear()
  const text = `<!doctype html><html lang="fi"><head>${first}<meta charset="utf-8">${consoleTap()}<script>var log = [], done = false</script>${head}</head><body>${body}<script src="/app.js"></script></body></html>`
  for (const path of ['/', '/tuotteet', '/tuotteet/7', '/muu'])
    world.route(`https://${host}${path}`, html(text))
  world.route(`https://${host}/app.js`, bundle)
  for (const [path, answer] of Object.entries(routes))
    world.route(`https://${host}${path}`, path.endsWith('.js') ? script(answer) : html(answer))
  await page.goto(`https://${host}/`)
  await page.waitFor(() => window.done)
  // Our own dialog must not cover what is clicked.
  if (first) await page.eval('document.querySelector("#portti")?.remove()')
  for (const selector of clicks) {
    await page.eval((at) => document.querySelector<HTMLElement>(at)?.click(), selector)
    await settle()
  }
  await settle()
  const seen = await page.eval(() => ({
    body: document.body.innerHTML,
    log: window.log.map(String),
    place: location.pathname,
    stored: [document.cookie, JSON.stringify(localStorage)],
  }))
  const errors = (await page.console()).filter((line) => !line.startsWith('warn: portti'))
  const asked = world.seen.filter((one) => one.host === host).map(({ path }) => path)
  return {
    ...seen,
    errors,
    asked: [...new Set(asked)].filter((path) => !/^\/(portti|arrived|favicon)/.test(path)).sort(),
  }
}

async function settle(): Promise<void> {
  await page.eval(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    await frame()
    await frame()
    await fetch('/arrived')
    await new Promise((done) => setTimeout(done, 30))
  })
}

function bundled(lines: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents: lines, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    nodePaths: ['packages/portti/node_modules'],
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}
