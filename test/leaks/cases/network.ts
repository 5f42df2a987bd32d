/** Calls that go to the network, and workers. */
import { html, script } from '../../browser/world.ts'
import { type Family, T } from '../leak-case.ts'

const H = { reaches: ['/hit'] } as const
const noCors = `{ mode: 'no-cors' }`
const quiet = `.catch(function () {})`
const blob = (code: string) =>
  `URL.createObjectURL(new Blob([${JSON.stringify(code)}], { type: 'text/javascript' }))`

export const network: Family = {
  name: 'calls to the network',
  cases: [
    { name: 'fetch', calls: `fetch('${T}/hit', ${noCors})${quiet}`, ...H },
    { name: 'fetch of a URL object', calls: `fetch(new URL('${T}/hit'), ${noCors})${quiet}`, ...H },
    { name: 'fetch of a Request', calls: `fetch(new Request('${T}/hit', ${noCors}))${quiet}`, ...H },
    {
      name: 'fetch of an object that says its address late',
      calls: `var n = 0; fetch({ toString: function () { return n++ ? '${T}/hit' : '/own' } }, ${noCors})${quiet}; fetch({ toString: function () { return '${T}/hit' } }, ${noCors})${quiet}`,
      ...H,
      anyCount: true,
    },
    {
      name: 'fetch that posts with credentials',
      calls: `fetch('${T}/hit', { method: 'POST', body: '1', credentials: 'include', mode: 'no-cors' })${quiet}`,
      ...H,
    },
    {
      name: 'fetch that outlives the page',
      calls: `fetch('${T}/hit', { method: 'POST', keepalive: true, mode: 'no-cors' })${quiet}`,
      ...H,
    },
    {
      name: 'fetch by call',
      calls: `Function.prototype.call.call(window.fetch, window, '${T}/hit', ${noCors})${quiet}`,
      ...H,
    },
    {
      name: 'fetch by Reflect',
      calls: `Reflect.apply(fetch, undefined, ['${T}/hit', ${noCors}])${quiet}`,
      ...H,
    },
    {
      name: 'XMLHttpRequest',
      calls: `var x = new XMLHttpRequest(); x.open('GET', '${T}/hit'); x.send()`,
      ...H,
    },
    {
      name: 'XMLHttpRequest that posts',
      calls: `var x = new XMLHttpRequest(); x.open('POST', '${T}/hit', true); x.withCredentials = true; x.send('a=1')`,
      ...H,
    },
    {
      name: 'XMLHttpRequest that the page waits for',
      calls: `var x = new XMLHttpRequest(); try { x.open('GET', '${T}/hit', false); x.send() } catch (e) {}`,
      ...H,
    },
    {
      name: 'XMLHttpRequest of a class of its own',
      calls: `class X extends XMLHttpRequest {}; var x = new X(); x.open('GET', '${T}/hit'); x.send()`,
      ...H,
    },
    { name: 'sendBeacon', calls: `navigator.sendBeacon('${T}/hit', 'a=1')`, ...H },
    {
      name: 'sendBeacon of a form',
      calls: `var f = new FormData(); f.append('a', '1'); navigator.sendBeacon('${T}/hit', f)`,
      ...H,
    },
    {
      name: 'sendBeacon by its prototype',
      calls: `Navigator.prototype.sendBeacon.call(navigator, '${T}/hit')`,
      ...H,
    },
    {
      name: 'fetchLater',
      calls: `try { fetchLater('${T}/hit', { activateAfter: 0 }) } catch (e) {}`,
      ...H,
      except: { firefox: 'it has no fetchLater', webkit: 'it has no fetchLater' },
    },
    { name: 'a WebSocket', calls: `new WebSocket('wss://t.tracker.example/socket')`, reaches: ['/socket'] },
    {
      name: 'a WebSocket by an https address',
      calls: `try { new WebSocket('${T}/socket') } catch (e) {}`,
      reaches: ['/socket'],
    },
    {
      name: 'an EventSource',
      calls: `var e = new EventSource('${T}/live.events'); e.onerror = e.onmessage = function () { e.close() }`,
      reaches: ['/live.events'],
      anyCount: true,
    },
    {
      name: 'a cache that is filled',
      calls: `caches.open('own').then(function (c) { return c.add(new Request('${T}/hit', ${noCors})) })${quiet}.then(function () { caches.delete('own') })`,
      ...H,
    },
    {
      name: 'a cache that is filled with a list',
      calls: `caches.open('own').then(function (c) { return c.addAll(['/own.gif', '${T}/hit']) })${quiet}.then(function () { caches.delete('own') })`,
      ...H,
    },
    {
      name: 'import()',
      calls: `import('${T}/a.js?' + Math.random())${quiet}`,
      reaches: ['/a.js'],
      runs: ['a'],
    },
    {
      name: 'import() of a relative name in an import map',
      head: `<script type="importmap">{"imports":{"counter/":"${T}/"}}</script>`,
      calls: `import('counter/a.js?' + Math.random())${quiet}`,
      reaches: ['/a.js'],
      runs: ['a'],
    },
    {
      name: 'import() in a blob: module',
      calls: `import(${blob(`import '${T}/a.js'`)})${quiet}`,
      reaches: ['/a.js'],
      runs: ['a'],
      anyCount: true,
    },
    {
      name: "a Worker of the tracker's folder",
      calls: `new Worker('/laskuri/w.js')`,
      reaches: ['own/laskuri/w.js'],
    },
    {
      name: 'a Worker by a data: address that asks',
      calls: `new Worker('data:text/javascript,${encodeURIComponent(`fetch("${T}/hit", { mode: "no-cors" })`)}')`,
      ...H,
    },
    {
      name: 'a Worker of a blob that asks',
      calls: `new Worker(${blob(`fetch('${T}/hit', ${noCors})`)})`,
      ...H,
    },
    {
      name: 'a Worker of a blob that imports a script',
      calls: `new Worker(${blob(`importScripts('${T}/a.js')`)})`,
      reaches: ['/a.js'],
    },
    {
      name: 'a Worker of a blob that puts its address together',
      calls: `new Worker(${blob(`fetch('https://t.' + 'tracker' + '.example/hit', ${noCors})`)})`,
      ...H,
    },
    {
      name: 'a Worker of a blob that is told its address',
      calls: `var w = new Worker(${blob(`onmessage = function (e) { fetch(e.data, ${noCors}) }`)}); w.postMessage('${T}/hit')`,
      ...H,
    },
    {
      name: 'a module Worker of a blob that imports',
      calls: `new Worker(${blob(`import '${T}/a.js'`)}, { type: 'module' })`,
      reaches: ['/a.js'],
    },
    {
      name: "a SharedWorker of the tracker's folder",
      calls: `new SharedWorker('/laskuri/w.js?' + Math.random())`,
      reaches: ['own/laskuri/w.js'],
    },
    {
      name: 'a SharedWorker of a blob that asks',
      calls: `new SharedWorker(${blob(`fetch('${T}/hit', ${noCors})`)})`,
      ...H,
    },
    {
      name: "a service worker of the tracker's folder",
      calls: `navigator.serviceWorker.register('/laskuri/sw.js')${quiet}`,
      reaches: ['own/laskuri/sw.js'],
      anyCount: true,
    },
    {
      name: "a Worker file of the site's own that asks",
      calls: `new Worker('/own-worker.js')`,
      routes: { '/own-worker.js': script(`fetch('${T}/hit', ${noCors})`, { 'cache-control': 'no-store' }) },
      ...H,
    },
    {
      name: 'a worklet',
      calls: `CSS.paintWorklet && CSS.paintWorklet.addModule('${T}/a.js')${quiet}`,
      reaches: ['/a.js'],
      anyCount: true,
      except: { firefox: 'it has no paint worklets', webkit: 'it has no paint worklets' },
    },
    {
      name: 'an audio worklet',
      calls: `try { new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule('${T}/a.js')${quiet} } catch (e) {}`,
      reaches: ['/a.js'],
      anyCount: true,
    },
    {
      name: 'a link with ping',
      body: `<a id="go" href="#x" ping="${T}/hit">Avaa</a>`,
      clicks: '#go',
      ...H,
      except: { firefox: 'it sends no pings' },
    },
    {
      name: 'a ping that code sets',
      body: `<a id="go" href="#x">Avaa</a>`,
      inserts: `document.querySelector('#go').ping = '${T}/hit'`,
      clicks: '#go',
      ...H,
      except: { firefox: 'it sends no pings' },
    },
    {
      name: 'a form that posts into a frame',
      body: `<iframe name="aim"></iframe><form method="post" action="${T}/hit" target="aim"><button id="go">Lähetä</button></form>`,
      clicks: '#go',
      ...H,
    },
    {
      name: 'a form whose fields have the names of its methods',
      body: `<iframe name="aim"></iframe><form method="post" action="${T}/hit" target="aim"><input name="getAttribute"><input name="action"><input name="target"><button id="go">Lähetä</button></form>`,
      clicks: '#go',
      ...H,
    },
    {
      name: 'a button with an address of its own',
      body: `<iframe name="aim"></iframe><form action="/tyhja" target="aim"><button id="go" formaction="${T}/hit">Lähetä</button></form>`,
      clicks: '#go',
      ...H,
    },
    {
      name: 'a form that code sends',
      calls: `var f = document.createElement('form'); f.action = '${T}/hit'; f.method = 'post'; f.target = 'aim'; document.body.append(f); f.submit()`,
      body: `<iframe name="aim"></iframe>`,
      ...H,
    },
    {
      name: 'a form that code sends as by a click',
      calls: `var f = document.querySelector('form'); f.action = '${T}/hit'; f.requestSubmit()`,
      body: `<iframe name="aim"></iframe><form target="aim"></form>`,
      ...H,
    },
    {
      name: 'a beacon when the visitor leaves',
      calls: `addEventListener('pagehide', function () { navigator.sendBeacon('${T}/hit') })`,
      goesAway: true,
      ...H,
      anyCount: true,
    },
    {
      name: 'a fetch when the page is hidden',
      calls: `addEventListener('visibilitychange', function () { fetch('${T}/hit', { method: 'POST', keepalive: true, mode: 'no-cors' })${quiet} })`,
      goesAway: true,
      ...H,
      anyCount: true,
    },
    {
      name: 'a picture when the visitor clicks',
      body: `<button id="go" onclick="new Image().src='${T}/p.gif?' + Math.random()">Osta</button>`,
      clicks: '#go',
      reaches: ['/p.gif'],
    },
    {
      name: 'a fetch after a delay',
      calls: `setTimeout(function () { fetch('${T}/hit', ${noCors})${quiet} }, 150)`,
      ...H,
    },
    {
      name: 'a fetch in an idle moment',
      calls: `(window.requestIdleCallback || setTimeout)(function () { fetch('${T}/hit', ${noCors})${quiet} })`,
      ...H,
    },
    {
      name: 'a fetch by a promise',
      calls: `Promise.resolve('${T}/hit').then(function (u) { return fetch(u, ${noCors}) })${quiet}`,
      ...H,
    },
    {
      name: 'a redirect by way of the site itself',
      calls: `fetch('/ulos', ${noCors})${quiet}`,
      routes: { '/ulos': { status: 302, headers: { location: `${T}/hit`, 'cache-control': 'no-store' } } },
      ...H,
    },
    {
      name: 'a picture by way of the site itself',
      body: `<img src="/ulos.gif" alt="">`,
      routes: {
        '/ulos.gif': { status: 302, headers: { location: `${T}/p.gif`, 'cache-control': 'no-store' } },
      },
      reaches: ['/p.gif'],
    },
    {
      name: 'a page route that code changes',
      calls: `history.pushState(0, '', '/toinen'); fetch('${T}/hit?' + location.pathname, ${noCors})${quiet}`,
      ...H,
      routes: { '/toinen': html('<!doctype html>') },
    },
    {
      name: 'a WebSocketStream',
      // Kept: what nobody holds the browser may give up before it has asked.
      calls: `try { (window.kept = new WebSocketStream('wss://t.tracker.example/socket')).opened${quiet} } catch (e) {}`,
      reaches: ['/socket'],
      except: { firefox: 'it has no WebSocketStream', webkit: 'it has no WebSocketStream' },
    },
    {
      name: 'a connection between browsers that a host relays',
      calls: `var c = new RTCPeerConnection({ iceServers: [{ urls: 'turns:t.tracker.example:443?transport=tcp', username: 'a', credential: 'b' }] }); c.createDataChannel('a'); c.createOffer().then(function (o) { return c.setLocalDescription(o) })`,
      reaches: ['t.tracker.example'],
      anyCount: true,
      except: { webkit: 'this build has no RTCPeerConnection' },
    },
    {
      name: 'a Worker of a file that asks',
      calls: `new Worker(URL.createObjectURL(new File([${JSON.stringify(`fetch('${T}/hit', ${noCors})`)}], 'w.js', { type: 'text/javascript' })))`,
      ...H,
    },
    {
      name: 'a Worker of a blob in a blob that asks',
      calls: `new Worker(URL.createObjectURL(new Blob([new Blob([${JSON.stringify(`fetch('${T}/hit', ${noCors})`)}])], { type: 'text/javascript' })))`,
      ...H,
    },
    {
      name: 'a Worker of bytes that ask',
      calls: `new Worker(URL.createObjectURL(new Blob([new TextEncoder().encode(${JSON.stringify(`fetch('${T}/hit', ${noCors})`)})], { type: 'text/javascript' })))`,
      ...H,
    },
    {
      name: 'fetch of a Request of another window',
      calls: `var f = document.createElement('iframe'); document.body.append(f); fetch(new f.contentWindow.Request('${T}/hit', ${noCors}))${quiet}`,
      ...H,
    },
    {
      name: 'an area with ping',
      body: `<map><area href="#x" alt="Avaa"></map>`,
      calls: `var a = document.querySelector('area'); a.ping = '${T}/hit'; a.click()`,
      ...H,
      except: { firefox: 'it sends no pings' },
    },
  ],
}
