/** Pictures, media, links in the head, and style sheets. */
import { type Family, T } from '../leak-case.ts'

const P = { reaches: ['/p.gif'] } as const
const css = (text: string) => ({ head: `<style>${text}</style>`, ...P })

export const pictures: Family = {
  name: 'pictures, media and styles',
  cases: [
    { name: 'a picture', body: `<img src="${T}/p.gif" width="1" height="1" alt="">`, ...P },
    { name: 'a hidden picture', body: `<img src="${T}/p.gif" style="display:none" alt="">`, ...P },
    { name: 'a picture under its old name', body: `<image src="${T}/p.gif">`, ...P },
    { name: 'a lazy picture in sight', body: `<img loading="lazy" src="${T}/p.gif" alt="">`, ...P },
    { name: 'a picture with a source set', body: `<img srcset="${T}/p.gif 1x, ${T}/p.gif 2x" alt="">`, ...P },
    {
      name: 'a picture with sizes',
      body: `<img sizes="100vw" srcset="${T}/p.gif 900w" src="https://shared.example/vapaa.gif" alt="">`,
      ...P,
    },
    {
      name: 'a picture element',
      body: `<picture><source srcset="${T}/p.gif"><img src="https://shared.example/vapaa.gif" alt=""></picture>`,
      ...P,
    },
    {
      name: 'a picture in SVG',
      body: `<svg width="9" height="9"><image href="${T}/p.svg" width="9" height="9"/></svg>`,
      reaches: ['/p.svg'],
    },
    {
      name: 'a picture in SVG by xlink',
      body: `<svg width="9" height="9"><image xlink:href="${T}/p.gif" width="9" height="9"/></svg>`,
      ...P,
    },
    {
      name: 'a filter picture in SVG',
      body: `<svg width="9" height="9"><filter id="f"><feImage href="${T}/p.svg"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>`,
      reaches: ['/p.svg'],
    },
    { name: 'a picture button', body: `<input type="image" src="${T}/p.gif" alt="">`, ...P },
    {
      name: 'a background attribute of the body',
      body: `<script>document.body.setAttribute('background', '${T}/p.gif')</script>`,
      ...P,
    },
    { name: 'a background attribute of a table', body: `<table background="${T}/p.gif"><td>x</table>`, ...P },
    { name: 'a poster', body: `<video poster="${T}/p.gif"></video>`, ...P },
    {
      name: 'a video',
      body: `<video src="${T}/v.mp4" autoplay muted></video>`,
      reaches: ['/v.mp4'],
      anyCount: true,
    },
    {
      name: 'a video with sources',
      body: `<video autoplay muted><source src="${T}/v.mp4"></video>`,
      reaches: ['/v.mp4'],
      anyCount: true,
    },
    {
      name: 'a sound',
      body: `<audio preload="auto" src="${T}/v.mp3"></audio>`,
      reaches: ['/v.mp3'],
      anyCount: true,
    },
    {
      name: 'a sound that code makes',
      calls: `var a = new Audio('${T}/v.mp3'); a.preload = 'auto'; a.load()`,
      reaches: ['/v.mp3'],
      anyCount: true,
    },
    {
      name: 'subtitles',
      body: `<video crossorigin muted autoplay src="https://shared.example/vapaa.mp4"><track default kind="subtitles" src="${T}/t.vtt"></video>`,
      reaches: ['/t.vtt'],
      anyCount: true,
      except: { webkit: 'it reads subtitles of a video that plays' },
    },
    { name: 'a picture that nobody shows', calls: `new Image().src = '${T}/p.gif'`, ...P },
    {
      name: 'a picture that nobody shows, by createElement',
      calls: `document.createElement('img').setAttribute('src', '${T}/p.gif')`,
      ...P,
    },
    { name: 'a picture that nobody shows, by srcset', calls: `new Image().srcset = '${T}/p.gif'`, ...P },
    {
      name: 'a picture drawn on a canvas',
      calls: `var i = new Image(); i.crossOrigin = ''; i.onload = function () { document.createElement('canvas').getContext('2d').drawImage(i, 0, 0) }; i.src = '${T}/p.gif'`,
      ...P,
    },
    { name: 'a style attribute', body: `<p style="background:url(${T}/p.gif)">x</p>`, ...P },
    {
      name: 'a style attribute with escapes',
      body: `<p style="background:u\\72l('https\\3a //t.tr\\61 cker.example/p.gif')">x</p>`,
      ...P,
    },
    { name: 'a style in the page', ...css(`body { background: url("${T}/p.gif") }`) },
    { name: 'a style with a custom property', ...css(`body { --p: url(${T}/p.gif); background: var(--p) }`) },
    { name: 'a style with an image set', ...css(`body { background: image-set("${T}/p.gif" 1x) }`) },
    {
      name: 'a style for content, lists and borders',
      ...css(
        `ul { list-style: url(${T}/p.gif) } p::before { content: url(${T}/q.gif) } p { border: 3px solid; border-image: url(${T}/r.gif) 1 }`,
      ),
      body: '<p>x</p><ul><li>y</ul>',
      reaches: ['/p.gif', '/q.gif', '/r.gif'],
    },
    {
      name: 'a style that imports another',
      head: `<style>@import url(${T}/s.css);</style>`,
      reaches: ['/s.css'],
    },
    {
      name: 'a style that imports by a bare word',
      head: `<style>@import "${T}/s.css" screen;</style>`,
      reaches: ['/s.css'],
    },
    {
      name: 'a font in a style',
      head: `<style>@font-face { font-family: f; src: url(${T}/f.woff2) } p { font-family: f }</style>`,
      body: '<p>Hei</p>',
      reaches: ['/f.woff2'],
    },
    {
      name: 'a font that code loads',
      calls: `new FontFace('f', 'url(${T}/f.woff2)').load().catch(function () {})`,
      reaches: ['/f.woff2'],
    },
    { name: 'a style sheet', head: `<link rel="stylesheet" href="${T}/s.css">`, reaches: ['/s.css'] },
    {
      name: 'a style sheet for print',
      head: `<link rel="stylesheet" media="print" href="${T}/s.css">`,
      reaches: ['/s.css'],
    },
    {
      name: 'a style that code inserts',
      inserts: `var s = document.createElement('style'); s.textContent = 'body { background: url(${T}/p.gif) }'; document.head.append(s)`,
      ...P,
    },
    {
      name: 'a style whose text is set again',
      inserts: `document.querySelector('style').textContent = 'body { background: url(${T}/p.gif) }'`,
      head: '<style>p { margin: 0 }</style>',
      ...P,
    },
    {
      name: 'a style whose markup is set again',
      inserts: `document.querySelector('style').innerHTML = 'body { background: url(${T}/p.gif) }'`,
      head: '<style>p { margin: 0 }</style>',
      ...P,
    },
    {
      name: 'a style whose text node changes',
      inserts: `document.querySelector('style').firstChild.data = 'body { background: url(${T}/p.gif) }'`,
      head: '<style>p { margin: 0 }</style>',
      ...P,
    },
    {
      name: 'a keyframe that code adds',
      calls: `var s = document.createElement('style'); s.textContent = '@keyframes k { } body { animation: k 1s infinite }'; document.head.append(s); s.sheet.cssRules[0].appendRule('from, to { background-image: url(${T}/p.gif) }')`,
      ...P,
    },
    {
      name: 'a style whose text grows once the page has loaded',
      inserts: `var s = document.createElement('style'); document.head.append(s); addEventListener('load', function () { setTimeout(function () { s.append('body { background: url(${T}/p.gif) }') }, 20) })`,
      ...P,
    },
    {
      name: 'a style whose text grows',
      inserts: `var s = document.createElement('style'); document.head.append(s); s.append('body { background: url(${T}/p.gif) }')`,
      ...P,
    },
    {
      name: 'a style inserted as markup',
      inserts: `document.body.insertAdjacentHTML('beforeend', '<style>@import "${T}/s.css"</style>')`,
      reaches: ['/s.css'],
    },
    {
      name: 'a rule that code inserts',
      calls: `document.styleSheets[0].insertRule('body { background: url(${T}/p.gif) }')`,
      head: '<style>p { margin: 0 }</style>',
      ...P,
    },
    {
      name: 'a rule of a group that code inserts',
      calls: `document.styleSheets[0].cssRules[0].insertRule('body { background: url(${T}/p.gif) }')`,
      head: '<style>@media all { p { margin: 0 } }</style>',
      ...P,
    },
    {
      name: 'a rule that code changes',
      calls: `document.styleSheets[0].cssRules[0].style.backgroundImage = 'url(${T}/p.gif)'`,
      head: '<style>body { margin: 0 }</style>',
      ...P,
    },
    {
      name: 'a style sheet that code constructs',
      calls: `var s = new CSSStyleSheet(); s.replaceSync('body { background: url(${T}/p.gif) }'); document.adoptedStyleSheets = [s]`,
      ...P,
    },
    {
      name: 'a style property by attributeStyleMap',
      calls: `document.body.attributeStyleMap.set('background-image', 'url(${T}/p.gif)')`,
      ...P,
      except: { firefox: 'it has no attributeStyleMap' },
    },
    {
      name: 'a rule that code adds',
      calls: `var s = document.createElement('style'); document.head.append(s); s.sheet.addRule('body', 'background: url(${T}/p.gif)')`,
      ...P,
    },
    {
      name: 'an animation in SVG that names a picture',
      body: `<svg><image width="9" height="9"><set attributeName="href" to="${T}/p.gif"/></image></svg>`,
      ...P,
      except: { webkit: 'it animates no href' },
    },
    {
      name: 'a drawing with a mask',
      body: `<svg width="9" height="9"><rect width="9" height="9" mask="url(${T}/p.svg#m)"/></svg>`,
      reaches: ['/p.svg'],
    },
    {
      name: 'a style property that code sets',
      calls: `document.body.style.backgroundImage = 'url(${T}/p.gif)'`,
      ...P,
    },
    {
      name: 'a style property by its name in style sheets',
      calls: `document.body.style['background-image'] = 'url(${T}/p.gif)'`,
      ...P,
    },
    {
      name: 'a style property with a prefix',
      calls: `document.body.style.WebkitMaskImage = 'url(${T}/p.gif)'`,
      ...P,
    },
    {
      name: 'a shape that text flows around',
      calls: `document.body.style.cssFloat = 'left'; document.body.style.shapeOutside = 'url(${T}/p.gif)'`,
      ...P,
    },
    {
      name: 'a picture with a mirror image',
      calls: `document.body.style.webkitBoxReflect = 'below 0 url(${T}/p.gif)'`,
      ...P,
      except: { firefox: 'it mirrors nothing' },
    },
    {
      name: 'a font whose rule changes',
      calls: `var f = document.styleSheets[0].cssRules[0].style; f.src = 'url(${T}/f.woff2)'`,
      head: '<style>@font-face { font-family: f; src: local(none) } p { font-family: f }</style>',
      body: '<p>Teksti</p>',
      reaches: ['/f.woff2'],
      except: { firefox: 'such rules are read only' },
    },
    {
      name: 'a style property by setProperty',
      calls: `document.body.style.setProperty('background', 'url("${T}/p.gif")')`,
      ...P,
    },
    {
      name: 'a style property by cssText',
      calls: `document.body.style.cssText = 'background: url(${T}/p.gif)'`,
      ...P,
    },
    {
      name: 'a style property by assignment to style',
      calls: `document.body.style = 'background: url(${T}/p.gif)'`,
      ...P,
    },
    {
      name: 'a style property by setAttribute',
      calls: `document.body.setAttribute('style', 'background: url(${T}/p.gif)')`,
      ...P,
    },
    {
      name: 'an animation with a picture',
      calls: `document.body.animate([{ backgroundImage: 'url(${T}/p.gif)' }, { backgroundImage: 'url(${T}/p.gif)' }], 500)`,
      ...P,
    },
    {
      name: 'a preloaded script',
      head: `<link rel="preload" as="script" href="${T}/a.js">`,
      reaches: ['/a.js'],
    },
    { name: 'a preloaded picture', head: `<link rel="preload" as="image" href="${T}/p.gif">`, ...P },
    {
      name: 'a preloaded source set',
      head: `<link rel="preload" as="image" imagesrcset="${T}/p.gif 1x">`,
      ...P,
    },
    {
      name: 'a preloaded font',
      head: `<link rel="preload" as="font" crossorigin href="${T}/f.woff2">`,
      reaches: ['/f.woff2'],
    },
    { name: 'a preloaded module', head: `<link rel="modulepreload" href="${T}/a.js">`, reaches: ['/a.js'] },
    {
      name: 'a prefetched page',
      head: `<link rel="prefetch" href="${T}/f.html">`,
      except: { webkit: 'it prefetches no pages' },
      reaches: ['/f.html'],
    },
    {
      name: 'an early connection',
      head: `<link rel="preconnect" href="https://once.tracker.example">`,
      reaches: ['once.tracker.example'],
      except: {
        firefox: 'behind a proxy it connects only where a request follows',
      },
    },
    {
      name: 'an early connection that code asks for',
      inserts: `var l = document.createElement('link'); l.rel = 'preconnect dns-prefetch'; l.href = 'https://once.tracker.example'; document.head.append(l)`,
      reaches: ['once.tracker.example'],
      except: {
        firefox: 'behind a proxy it connects only where a request follows',
        webkit: 'it connects only where a request follows',
      },
    },
    {
      name: 'a preload that code asks for',
      inserts: `var l = document.createElement('link'); l.rel = 'preload'; l.as = 'script'; l.href = '${T}/a.js'; document.head.append(l)`,
      reaches: ['/a.js'],
    },
    { name: 'an icon', head: `<link rel="icon" href="${T}/i.gif">`, reaches: ['/i.gif'] },
    {
      name: 'a picture that waits for a lazy loader',
      body: `<img width="9" height="9" alt="" data-src="${T}/p.gif"><script>
        var sight = new IntersectionObserver(function (seen) {
          seen.forEach(function (one) {
            if (!one.isIntersecting) return
            sight.unobserve(one.target)
            one.target.src = one.target.dataset.src
          })
        })
        document.querySelectorAll('img[data-src]').forEach(function (one) { sight.observe(one) })</script>`,
      reaches: ['/p.gif'],
    },
    {
      name: 'a manifest',
      head: `<link rel="manifest" href="${T}/m.webmanifest">`,
      reaches: ['/m.webmanifest'],
      except: { firefox: 'it installs no pages', webkit: 'it installs no pages' },
    },
    {
      name: 'rules that speculate',
      head: `<script type="speculationrules">{"prefetch":[{"source":"list","urls":["/laskuri/f.html"],"eagerness":"immediate"}]}</script>`,
      reaches: ['own/laskuri/f.html'],
      except: { firefox: 'it has no speculation rules', webkit: 'it has no speculation rules' },
    },
    {
      name: 'rules that speculate, by code',
      inserts: `var s = document.createElement('script'); s.type = 'speculationrules'; s.textContent = '{"prefetch":[{"source":"list","urls":["/laskuri/f.html"],"eagerness":"immediate"}]}'; document.head.append(s)`,
      reaches: ['own/laskuri/f.html'],
      except: { firefox: 'it has no speculation rules', webkit: 'it has no speculation rules' },
    },
  ],
}
