/** Frames, and what can be called inside a fresh one. */
import { html } from '../../browser/world.ts'
import { type Family, T } from '../leak-case.ts'

const F = { reaches: ['/f.html'] } as const
const P = { reaches: ['/p.gif'] } as const
const fresh = `var f = document.createElement('iframe'); document.body.append(f); var w = f.contentWindow; `

export const frames: Family = {
  name: 'frames',
  cases: [
    { name: 'a frame', body: `<iframe src="${T}/f.html" title="Kehys"></iframe>`, ...F },
    {
      name: 'a frame of no size',
      body: `<iframe src="${T}/f.html" width="0" height="0" style="display:none"></iframe>`,
      ...F,
    },
    { name: 'a lazy frame in sight', body: `<iframe loading="lazy" src="${T}/f.html"></iframe>`, ...F },
    {
      name: 'a frame with a sandbox',
      body: `<iframe sandbox="allow-scripts" src="${T}/f.html"></iframe>`,
      ...F,
    },
    { name: 'a frame without credentials', body: `<iframe credentialless src="${T}/f.html"></iframe>`, ...F },
    {
      name: 'a frame whose text holds a picture',
      body: `<iframe srcdoc="<img src='${T}/p.gif'>"></iframe>`,
      ...P,
    },
    {
      name: 'a frame whose text holds a script',
      body: `<iframe srcdoc="<script src='${T}/a.js'></script>"></iframe>`,
      reaches: ['/a.js'],
      runs: ['a'],
    },
    {
      name: 'a frame whose text holds code that asks',
      body: `<iframe srcdoc="<script>fetch('${T}/hit', {mode: 'no-cors'})</script>"></iframe>`,
      reaches: ['/hit'],
    },
    {
      name: 'a frame in a frame by text',
      body: `<iframe srcdoc="<iframe src='${T}/f.html'></iframe>"></iframe>`,
      ...F,
    },
    {
      name: 'a text of a frame set by code',
      inserts: `var f = document.createElement('iframe'); f.srcdoc = "<img src='${T}/p.gif'>"; document.body.append(f)`,
      ...P,
    },
    {
      name: 'a frame at a data: address that asks',
      body: `<iframe src="data:text/html,${encodeURIComponent(`<img src="${T}/p.gif">`)}"></iframe>`,
      ...P,
    },
    {
      name: 'a frame at a blob: address that asks',
      inserts: `var f = document.createElement('iframe'); f.src = URL.createObjectURL(new Blob(['<img src="${T}/p.gif">'], { type: 'text/html' })); document.body.append(f)`,
      ...P,
    },
    {
      name: 'a frame at a javascript: address that asks',
      body: `<iframe src="javascript:'<img src=${T}/p.gif>'"></iframe>`,
      ...P,
    },
    {
      name: "a page of the site's own in a frame, which has the tag as well",
      body: '<iframe src="/inner"></iframe>',
      routes: {
        '/inner': html(
          `<!doctype html><html><head>PORTTI</head><body><img src="${T}/p.gif" alt=""></body></html>`,
        ),
      },
      ...P,
    },
    {
      name: 'a fetch of a fresh frame',
      calls: `${fresh}w.fetch('${T}/hit', { mode: 'no-cors' }).catch(function () {})`,
      reaches: ['/hit'],
    },
    {
      name: 'an XMLHttpRequest of a fresh frame',
      calls: `${fresh}var x = new w.XMLHttpRequest(); x.open('GET', '${T}/hit'); x.send()`,
      reaches: ['/hit'],
    },
    {
      name: 'a beacon of a fresh frame',
      calls: `${fresh}w.navigator.sendBeacon('${T}/hit', '1')`,
      reaches: ['/hit'],
    },
    {
      name: 'a WebSocket of a fresh frame',
      calls: `${fresh}new w.WebSocket('wss://t.tracker.example/socket')`,
      reaches: ['/socket'],
    },
    { name: 'an Image of a fresh frame', calls: `${fresh}new w.Image().src = '${T}/p.gif'`, ...P },
    {
      name: 'a fresh frame found by window.frames',
      calls: `document.body.append(document.createElement('iframe')); frames[frames.length - 1].fetch('${T}/hit', { mode: 'no-cors' }).catch(function () {})`,
      reaches: ['/hit'],
    },
    {
      name: 'a fresh frame found by window[0]',
      calls: `document.body.insertAdjacentHTML('afterbegin', '<iframe></iframe>'); window[0].fetch('${T}/hit', { mode: 'no-cors' }).catch(function () {})`,
      reaches: ['/hit'],
    },
    {
      name: 'a fresh frame found by its name',
      calls: `document.body.insertAdjacentHTML('beforeend', '<iframe name="inner' + document.querySelectorAll('iframe').length + '"></iframe>'); var w = window['inner' + (document.querySelectorAll('iframe').length - 1)]; w.fetch('${T}/hit', { mode: 'no-cors' }).catch(function () {})`,
      reaches: ['/hit'],
    },
    {
      name: 'a fresh frame found by contentDocument.defaultView',
      calls: `${fresh}f.contentDocument.defaultView.fetch('${T}/hit', { mode: 'no-cors' }).catch(function () {})`,
      reaches: ['/hit'],
    },
    {
      name: "a picture put into a fresh frame's document",
      inserts: `${fresh}var i = w.document.createElement('img'); i.src = '${T}/p.gif'; w.document.body.append(i)`,
      ...P,
    },
    {
      name: "a script put into a fresh frame's document",
      inserts: `${fresh}var s = w.document.createElement('script'); s.src = '${T}/a.js'; w.document.head.append(s)`,
      reaches: ['/a.js'],
      runs: ['a'],
    },
    {
      name: 'an appendChild of a fresh frame borrowed for the page',
      inserts: `${fresh}var s = document.createElement('script'); s.src = '${T}/a.js'; w.Node.prototype.appendChild.call(document.head, s)`,
      reaches: ['/a.js'],
      runs: ['a'],
    },
    {
      name: 'a src setter of a fresh frame borrowed for the page',
      inserts: `${fresh}var i = document.createElement('img'); Object.getOwnPropertyDescriptor(w.HTMLImageElement.prototype, 'src').set.call(i, '${T}/p.gif'); document.body.append(i)`,
      ...P,
    },
    {
      name: 'a cookie written in a fresh frame',
      calls: `${fresh}w.document.cookie = 'trk_id=1; path=/'`,
      reaches: [],
      leaves: ['cookie trk_id'],
    },
    {
      name: 'localStorage written in a fresh frame',
      calls: `${fresh}w.localStorage.setItem('trk_id', '1')`,
      reaches: [],
      leaves: ['localStorage trk_id'],
    },
    {
      name: "an address set by a frame's location",
      inserts: `${fresh}w.location.href = '${T}/f.html'`,
      ...F,
    },
    {
      name: 'a frame aimed at by a link',
      body: `<iframe name="aim"></iframe><a id="go" href="${T}/f.html" target="aim">Avaa</a>`,
      clicks: '#go',
      ...F,
    },
    {
      name: 'a frame aimed at by a link of a drawing',
      body: `<iframe name="aim"></iframe><svg width="99" height="20"><a xlink:href="${T}/f.html" target="aim"><rect id="go" width="99" height="20"/></a></svg>`,
      clicks: '#go',
      ...F,
    },
    {
      name: 'a frame that document.open opens a window in',
      body: `<iframe name="aim"></iframe>`,
      inserts: `document.open('${T}/f.html', 'aim', '')`,
      ...F,
    },
    {
      name: 'a frame that a new window is opened in',
      body: `<iframe name="aim"></iframe>`,
      inserts: `window.open('${T}/f.html', 'aim')`,
      ...F,
    },
    {
      name: 'a fetch of a frame that code writes',
      body: `<script>document.write('<iframe id="written"></iframe>'); document.getElementById('written').contentWindow.fetch('${T}/hit', { mode: 'no-cors' }).catch(function () {})</script>`,
      nextLoad: true,
      reaches: ['/hit'],
    },
    {
      name: "a fetch of a frame with a page of the site's own",
      calls: `var f = document.createElement('iframe'); f.src = '/tyhja'; f.onload = function () { f.contentWindow.fetch('${T}/hit', { mode: 'no-cors' }).catch(function () {}) }; document.body.append(f)`,
      reaches: ['/hit'],
    },
    {
      name: 'a fetch of a fresh object',
      calls: `var o = document.createElement('object'); o.type = 'text/html'; o.data = '/tyhja'; o.onload = function () { o.contentWindow.fetch('${T}/hit', { mode: 'no-cors' }).catch(function () {}) }; document.body.append(o)`,
      reaches: ['/hit'],
    },
    {
      name: 'a fetch of a fresh window',
      body: `<button id="go" onclick="var w = window.open('', 'uusi', 'width=200,height=200'); w.fetch('${T}/hit', { mode: 'no-cors' }).catch(function () {}).then(function () { w.close() })">Avaa</button>`,
      clicks: '#go',
      reaches: ['/hit'],
    },
    { name: 'an object with a page', body: `<object type="text/html" data="${T}/f.html"></object>`, ...F },
    { name: 'an embedded page', body: `<embed type="text/html" src="${T}/f.html">`, ...F },
    {
      name: 'an object whose address is set later',
      inserts: `var o = document.createElement('object'); o.type = 'text/html'; document.body.append(o); o.data = '${T}/f.html'`,
      ...F,
    },
    {
      name: 'a frame that code gives its address once the page has loaded',
      body: `<iframe width="300" height="200" data-src="${T}/f.html"></iframe><script>
        addEventListener('load', function () {
          document.querySelectorAll('iframe[data-src]').forEach(function (one) { one.setAttribute('src', one.getAttribute('data-src')) })
        })</script>`,
      ...F,
    },
    {
      name: 'a frame that waits for a lazy loader',
      body: `<iframe width="300" height="200" src="about:blank" data-lazy-src="${T}/f.html"></iframe><script>
        var sight = new IntersectionObserver(function (seen) {
          seen.forEach(function (one) {
            if (!one.isIntersecting) return
            sight.unobserve(one.target)
            one.target.src = one.target.getAttribute('data-lazy-src')
          })
        })
        document.querySelectorAll('[data-lazy-src]').forEach(function (one) { sight.observe(one) })</script>`,
      ...F,
    },
  ],
}
