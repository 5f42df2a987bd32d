/** What a page's code puts into the page. */
import { type Family, type LeakCase, T } from '../leak-case.ts'

const A = { reaches: ['/a.js'], runs: ['a'] } as const
const P = { reaches: ['/p.gif'] } as const
const script = `var s = document.createElement('script'); s.src = '${T}/a.js'; `
const img = `<img src="${T}/p.gif" alt="">`
const trusted = `trustedTypes.createPolicy('site', { createHTML: function (t) { return t } }).createHTML`
/** A form whose fields have the names of what code asks of it. */
const form = `<form>${[
  'attributes querySelector querySelectorAll matches closest remove before append children firstChild firstElementChild',
  'getAttribute hasAttribute setAttribute removeAttribute parentNode parentElement isConnected ownerDocument localName',
  'nodeName nodeType content contentDocument style shadowRoot textContent innerHTML dispatchEvent addEventListener',
]
  .join(' ')
  .split(' ')
  .map((name) => `<input name="${name}">`)
  .join('')}${img}</form>`
const put = (
  name: string,
  inserts: string,
  more: Partial<LeakCase> & Pick<LeakCase, 'reaches'>,
): LeakCase => ({ name, inserts, ...more })

export const insertion: Family = {
  name: 'what code inserts',
  cases: [
    put('a script by createElement and appendChild', `${script}document.head.appendChild(s)`, A),
    put('a script by append', `${script}document.body.append('x', s)`, A),
    put('a script by prepend', `${script}document.head.prepend(s)`, A),
    put(
      'a script by insertBefore the first script',
      `${script}var f = document.getElementsByTagName('script')[0]; f.parentNode.insertBefore(s, f)`,
      A,
    ),
    put('a script by before', `${script}document.body.firstChild.before(s)`, A),
    put('a script by after', `${script}document.body.firstChild.after(s)`, A),
    put('a script by replaceWith', `${script}document.getElementById('spot').replaceWith(s)`, {
      ...A,
      body: '<i id="spot"></i>',
    }),
    put(
      'a script by replaceChild',
      `${script}document.body.replaceChild(s, document.getElementById('spot'))`,
      { ...A, body: '<i id="spot"></i>' },
    ),
    put('a script by replaceChildren', `${script}document.getElementById('spot').replaceChildren(s)`, {
      ...A,
      body: '<i id="spot"></i>',
    }),
    put(
      'a script by insertAdjacentElement',
      `${script}document.body.insertAdjacentElement('beforeend', s)`,
      A,
    ),
    put(
      'a script in a fragment',
      `${script}var f = document.createDocumentFragment(); f.appendChild(s); document.body.appendChild(f)`,
      A,
    ),
    put(
      'a script deep in a new tree',
      `${script}var d = document.createElement('div'); d.innerHTML = '<p><b></b></p>'; d.querySelector('b').append(s); document.body.append(d)`,
      A,
    ),
    put(
      'a script whose src is set after it is in the page',
      `var s = document.createElement('script'); document.head.append(s); s.src = '${T}/a.js'`,
      A,
    ),
    put(
      'a script whose src is set by setAttribute',
      `var s = document.createElement('script'); s.setAttribute('src', '${T}/a.js'); document.head.append(s)`,
      A,
    ),
    put(
      'a script whose src is set by setAttributeNS',
      `var s = document.createElement('script'); s.setAttributeNS(null, 'src', '${T}/a.js'); document.head.append(s)`,
      A,
    ),
    put(
      'a script whose src is an attribute node',
      `var s = document.createElement('script'), a = document.createAttribute('src'); a.value = '${T}/a.js'; s.setAttributeNode(a); document.head.append(s)`,
      A,
    ),
    put(
      'a script whose attribute node changes later',
      `var s = document.createElement('script'); s.setAttribute('src', ''); s.getAttributeNode('src').value = '${T}/a.js'; document.head.append(s)`,
      A,
    ),
    put(
      'a script made with createElementNS',
      `var s = document.createElementNS('http://www.w3.org/1999/xhtml', 'script'); s.src = '${T}/a.js'; document.head.append(s)`,
      A,
    ),
    put(
      'a script in SVG made with createElementNS',
      `var n = 'http://www.w3.org/2000/svg', g = document.createElementNS(n, 'svg'), s = document.createElementNS(n, 'script'); s.setAttribute('href', '${T}/a.js'); g.append(s); document.body.append(g)`,
      A,
    ),
    put('a module', `${script}s.type = 'module'; document.head.append(s)`, A),
    put('a script that is async', `${script}s.async = true; document.head.append(s)`, A),
    put(
      'two scripts that keep their order',
      `['a', 'b'].forEach(function (n) { var s = document.createElement('script'); s.async = false; s.src = '${T}/' + n + '.js'; document.head.append(s) })`,
      { reaches: ['/a.js', '/b.js'], runs: ['a', 'b'] },
    ),
    put(
      'a script that waits for load',
      `${script}s.onload = function () { ran.push('loaded') }; document.head.append(s)`,
      { reaches: ['/a.js'], runs: ['a', 'loaded'] },
    ),
    put(
      'a script with inline text that asks',
      `var s = document.createElement('script'); s.textContent = "var t = document.createElement('script'); t.src = '${T}/a.js'; document.head.append(t)"; document.body.append(s)`,
      A,
    ),
    put('a script cloned from another', `${script}document.head.append(s.cloneNode(true))`, A),
    put(
      'a tree cloned with a script in it',
      `${script}var d = document.createElement('div'); d.append(s); document.body.append(d.cloneNode(true))`,
      A,
    ),
    put(
      'a script imported from another document',
      `var d = document.implementation.createHTMLDocument(''); d.head.innerHTML = '<script src="${T}/a.js"><\\/script>'; var s = document.createElement('script'); s.src = document.importNode(d.querySelector('script')).src; document.head.append(s)`,
      A,
    ),
    put(
      'a script out of a template',
      `document.body.append(document.importNode(document.querySelector('template').content, true))`,
      { ...A, body: `<template><script src="${T}/a.js"></script></template>` },
    ),
    put(
      'a picture out of a cloned template',
      `document.body.append(document.querySelector('template').content.cloneNode(true))`,
      { ...P, body: `<template><p>${img}</p></template>` },
    ),
    put(
      'a picture adopted from a parsed document',
      `var d = new DOMParser().parseFromString('${img}', 'text/html'); document.body.append(document.adoptNode(d.querySelector('img')))`,
      P,
    ),
    put(
      'a picture moved from a parsed document',
      `document.body.append(new DOMParser().parseFromString('${img}', 'text/html').querySelector('img'))`,
      P,
    ),
    put(
      'a frame imported from a parsed document',
      `document.body.append(document.importNode(new DOMParser().parseFromString('<iframe src="${T}/f.html"></iframe>', 'text/html').querySelector('iframe')))`,
      { reaches: ['/f.html'] },
    ),
    put(
      'a script by createContextualFragment',
      `document.body.append(document.createRange().createContextualFragment('<script src="${T}/a.js"><\\/script>'))`,
      A,
    ),
    put(
      'a script by Range.insertNode',
      `${script}var r = document.createRange(); r.selectNodeContents(document.body); r.insertNode(s)`,
      A,
    ),
    put(
      'a picture by surroundContents',
      `var i = document.createElement('div'), r = document.createRange(); i.innerHTML = ''; r.selectNode(document.getElementById('spot')); r.surroundContents(i); i.innerHTML = '${img}'`,
      { ...P, body: '<i id="spot"></i>' },
    ),
    put('a picture by innerHTML', `document.getElementById('spot').innerHTML = '${img}'`, {
      ...P,
      body: '<div id="spot"></div>',
    }),
    put(
      'a picture by innerHTML of an element outside the page',
      `var d = document.createElement('div'); d.innerHTML = '${img}'; document.body.append(d)`,
      P,
    ),
    put('a picture by outerHTML', `document.getElementById('spot').outerHTML = '${img}'`, {
      ...P,
      body: '<div id="spot"></div>',
    }),
    put(
      'a picture by insertAdjacentHTML',
      `document.body.insertAdjacentHTML('beforeend', '<p>${img}</p>')`,
      P,
    ),
    put('a picture by setHTMLUnsafe', `document.getElementById('spot').setHTMLUnsafe('${img}')`, {
      ...P,
      body: '<div id="spot"></div>',
    }),
    put(
      'a frame by innerHTML',
      `document.body.insertAdjacentHTML('beforeend', '<iframe src="${T}/f.html"></iframe>')`,
      { reaches: ['/f.html'] },
    ),
    put(
      'a picture whose error handler in the markup asks',
      `document.body.insertAdjacentHTML('beforeend', '<img src="/nothing" onerror="new Image().src=\\'${T}/p.gif\\'">')`,
      P,
    ),
    put(
      'a style sheet link',
      `var l = document.createElement('link'); l.rel = 'stylesheet'; l.href = '${T}/s.css'; document.head.append(l)`,
      { reaches: ['/s.css'] },
    ),
    put(
      'a link whose rel is set last',
      `var l = document.createElement('link'); l.href = '${T}/s.css'; document.head.append(l); l.rel = 'stylesheet'`,
      { reaches: ['/s.css'] },
    ),
    put(
      'a frame whose src is changed later',
      `var f = document.createElement('iframe'); f.src = '/tyhja'; document.body.append(f); f.onload = function () { f.onload = null; f.src = '${T}/f.html' }`,
      { reaches: ['/f.html'] },
    ),
    put(
      'a frame with a src by setAttribute',
      `var f = document.createElement('iframe'); document.body.append(f); f.setAttribute('src', '${T}/f.html')`,
      { reaches: ['/f.html'] },
    ),
    put(
      'a picture whose src is toggled',
      `var i = document.querySelector('#spot'); i.toggleAttribute('src'); i.setAttribute('src', '${T}/p.gif')`,
      { ...P, body: '<img id="spot" alt="">' },
    ),
    put('a picture whose srcset is set', `document.querySelector('#spot').srcset = '${T}/p.gif 1x'`, {
      ...P,
      body: '<img id="spot" alt="">',
    }),
    put(
      'a source that is put into a picture',
      `var s = document.createElement('source'); s.srcset = '${T}/p.gif'; document.querySelector('picture').prepend(s)`,
      { ...P, body: '<picture><img alt="" src="https://shared.example/vapaa.gif?3"></picture>' },
    ),
    put(
      'a picture in an open shadow root',
      `document.querySelector('#spot').attachShadow({ mode: 'open' }).innerHTML = '${img}'`,
      { ...P, body: '<div id="spot"></div>' },
    ),
    put(
      'a picture in a closed shadow root',
      `document.querySelector('#spot').attachShadow({ mode: 'closed' }).innerHTML = '${img}'`,
      { ...P, body: '<div id="spot"></div>' },
    ),
    put(
      'a script in a closed shadow root',
      `${script}document.querySelector('#spot').attachShadow({ mode: 'closed' }).append(s)`,
      { ...A, body: '<div id="spot"></div>' },
    ),
    {
      name: 'a picture in a shadow root that the markup declares',
      ...P,
      body: `<div><template shadowrootmode="open">${img}</template></div>`,
    },
    {
      name: 'a picture in a closed shadow root that the markup declares',
      ...P,
      body: `<div><template shadowrootmode="closed">${img}</template></div>`,
    },
    {
      name: 'a script in a shadow root that the markup declares',
      ...A,
      body: `<div><template shadowrootmode="open"><script src="${T}/a.js"></script></template></div>`,
    },
    put(
      'a picture in a declared shadow root that arrives by setHTMLUnsafe',
      `document.querySelector('#spot').setHTMLUnsafe('<div><template shadowrootmode="open">${img}</template></div>')`,
      { ...P, body: '<div id="spot"></div>' },
    ),
    put(
      'a picture in a closed declared shadow root that arrives by setHTMLUnsafe',
      `document.querySelector('#spot').setHTMLUnsafe('<div><template shadowrootmode="closed">${img}</template></div>')`,
      { ...P, body: '<div id="spot"></div>' },
    ),
    put(
      'a picture in a declared shadow root of a page parsed by parseHTMLUnsafe',
      `document.querySelector('#spot').append(Document.parseHTMLUnsafe('<div><template shadowrootmode="open">${img}</template></div>').querySelector('div'))`,
      { ...P, body: '<div id="spot"></div>' },
    ),
    put(
      'a custom element that draws a picture',
      `customElements.define('x-p', class extends HTMLElement { connectedCallback() { this.innerHTML = '${img}' } })`,
      { ...P, body: '<x-p></x-p>' },
    ),
    put(
      'a custom element that draws into a closed root',
      `customElements.define('x-q', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'closed' }).innerHTML = '${img}' } }); document.body.append(document.createElement('x-q'))`,
      P,
    ),
    put(
      'a custom element with internals',
      `customElements.define('x-r', class extends HTMLElement { constructor() { super(); this.r = this.attachInternals() } connectedCallback() { this.r.shadowRoot.innerHTML = '${img}' } })`,
      { ...P, body: '<x-r><template shadowrootmode="closed"></template></x-r>' },
    ),
    put(
      'document.write after loading, into a page of its own',
      `var f = document.createElement('iframe'); document.body.append(f); f.contentDocument.open(); f.contentDocument.write('${img}'); f.contentDocument.close()`,
      P,
    ),
    put(
      'a picture by execCommand',
      `var d = document.querySelector('#spot'); d.focus(); getSelection().selectAllChildren(d); document.execCommand('insertHTML', false, '${img}')`,
      { ...P, body: '<div id="spot" contenteditable>x</div>' },
    ),
    put(
      'a body of a parsed document',
      `addEventListener('DOMContentLoaded', function () { var b = new DOMParser().parseFromString('<p>${img}</p>', 'text/html').body; b.append.apply(b, Array.from(document.body.childNodes)); document.body = b })`,
      P,
    ),
    {
      name: 'a picture by the command for pictures',
      body: '<div id="spot" contenteditable>x</div>',
      calls: `var d = document.querySelector('#spot'); d.focus(); getSelection().selectAllChildren(d); document.execCommand('insertImage', false, '${T}/p.gif?' + Math.random())`,
      ...P,
    },
    put(
      'a picture by XSLT',
      `var x = new XSLTProcessor(); x.importStylesheet(new DOMParser().parseFromString('<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><img src="${T}/p.gif"/></xsl:template></xsl:stylesheet>', 'text/xml')); document.body.append(x.transformToFragment(new DOMParser().parseFromString('<a/>', 'text/xml'), document))`,
      P,
    ),
    put('eval of code that asks', `(0, eval)("${script.replace(/"/g, '\\"')}document.head.append(s)")`, A),
    put(
      'a Function of code that asks',
      `new Function("${script.replace(/"/g, '\\"')}document.head.append(s)")()`,
      A,
    ),
    put(
      'a timer with a text of code',
      `setTimeout("${script.replace(/"/g, '\\"')}document.head.append(s)", 0)`,
      A,
    ),
    put(
      'a script at a blob: address that asks',
      `var s = document.createElement('script'); s.src = URL.createObjectURL(new Blob(["var t = document.createElement('script'); t.src = '${T}/a.js'; document.head.append(t)"])); document.head.append(s)`,
      A,
    ),
    put(
      'a picture by innerHTML of a text of Trusted Types',
      `document.getElementById('spot').innerHTML = ${trusted}('<p>${img}</p>')`,
      { ...P, body: '<div id="spot"></div>' },
    ),
    put(
      'a style sheet by insertAdjacentHTML of a text of Trusted Types',
      `document.body.insertAdjacentHTML('afterbegin', ${trusted}('<link rel="stylesheet" href="${T}/s.css">'))`,
      { reaches: ['/s.css'] },
    ),
    put(
      'a picture by outerHTML of a text of Trusted Types',
      `document.getElementById('spot').outerHTML = ${trusted}('${img}')`,
      { ...P, body: '<div id="spot"></div>' },
    ),
    put(
      'a picture by innerHTML of a list',
      `document.getElementById('spot').innerHTML = ['${img}'].map(function (t) { return '<p>' + t + '</p>' })`,
      { ...P, body: '<div id="spot"></div>' },
    ),
    put('a picture by setHTML', `document.getElementById('spot').setHTML('${img}', { sanitizer: {} })`, {
      ...P,
      body: '<div id="spot"></div>',
      except: { webkit: 'it has no setHTML' },
    }),
    put(
      'a picture parsed by parseHTMLUnsafe',
      `document.body.append(Document.parseHTMLUnsafe('${img}').querySelector('img'))`,
      P,
    ),
    put(
      'a picture in SVG whose href is set as a value',
      `var n = 'http://www.w3.org/2000/svg', g = document.createElementNS(n, 'svg'), i = document.createElementNS(n, 'image'); g.append(i); document.body.append(g); i.href.baseVal = '${T}/p.gif'`,
      P,
    ),
    put(
      'a picture in SVG that an animation names',
      `document.getElementById('spot').innerHTML = '<svg><image width="9" height="9"><set attributeName="href" to="${T}/p.gif"/></image></svg>'`,
      { ...P, body: '<div id="spot"></div>', except: { webkit: 'it animates no href' } },
    ),
    put(
      'a picture whose attribute node changes by nodeValue',
      `var i = document.getElementById('spot'); i.getAttributeNode('src').nodeValue = '${T}/p.gif'`,
      { ...P, body: '<img id="spot" src="" alt="">' },
    ),
    put(
      'a picture whose attribute node changes by textContent',
      `var i = document.getElementById('spot'); i.getAttributeNode('src').textContent = '${T}/p.gif'`,
      { ...P, body: '<img id="spot" src="" alt="">' },
    ),
    put(
      'a picture whose address is an object',
      `var i = new Image(); i.src = { toString: function () { return '${T}/p.gif' } }; document.body.append(i)`,
      P,
    ),
    {
      name: 'a picture whose object says its address late',
      calls: `var n = 0; new Image().src = { toString: function () { return n++ ? '${T}/p.gif' : '/own.gif' } }; new Image().src = '${T}/p.gif?' + Math.random()`,
      ...P,
    },
    put(
      'a picture by createContextualFragment',
      `document.body.append(document.createRange().createContextualFragment('${img}'))`,
      P,
    ),
    put(
      'a picture in a form of odd names, as markup',
      `document.body.insertAdjacentHTML('beforeend', '${form}')`,
      P,
    ),
    put(
      'a picture in a form of odd names, out of a template',
      `var t = document.createElement('template'); t.innerHTML = '${form}'; document.body.append(t.content)`,
      P,
    ),
    put(
      'a picture in a form of odd names, out of a parsed document',
      `document.body.append(new DOMParser().parseFromString('${form}', 'text/html').forms[0])`,
      P,
    ),
    put(
      'a picture in a form of odd names, out of a fragment',
      `document.body.append(document.createRange().createContextualFragment('${form}'))`,
      P,
    ),
    put(
      'a script that comes into a form of odd names',
      `${script}document.body.insertAdjacentHTML('beforeend', '${form.replace(img, '')}'); Node.prototype.appendChild.call(document.forms[0], s)`,
      A,
    ),
    {
      name: 'a script in a template for a place',
      ...A,
      body: `<div><?marker name="spot"></div><template for="spot"><script src="${T}/a.js"></script></template>`,
      except: { firefox: 'it knows no such templates', webkit: 'it knows no such templates' },
    },
  ],
}
