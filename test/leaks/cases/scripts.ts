/** Scripts that stand in the HTML. */
import { createHash } from 'node:crypto'
import { type Family, T } from '../leak-case.ts'
import { scriptText } from '../tracker.ts'

const A = { reaches: ['/a.js'], runs: ['a'] } as const
const hash = createHash('sha384').update(scriptText('a')).digest('base64')

export const scripts: Family = {
  name: 'scripts in the HTML',
  cases: [
    { name: 'a script in the head', head: `<script src="${T}/a.js"></script>`, ...A },
    { name: 'a script in the body', body: `<p>Hei</p><script src="${T}/a.js"></script>`, ...A },
    { name: 'an async script', head: `<script async src="${T}/a.js"></script>`, ...A },
    { name: 'a deferred script', head: `<script defer src="${T}/a.js"></script>`, ...A },
    { name: 'a module', head: `<script type="module" src="${T}/a.js"></script>`, ...A },
    {
      name: 'an inline module that imports',
      head: `<script type="module">import '${T}/a.js'</script>`,
      ...A,
    },
    {
      name: 'an import map that names it, and a module that imports the name',
      head: `<script type="importmap">{"imports":{"counter":"${T}/a.js"}}</script><script type="module">import 'counter'</script>`,
      ...A,
    },
    {
      name: 'a script that a caching plugin delays',
      body: `<script type="rocketlazyloadscript" data-rocket-src="${T}/a.js"></script><script>
        addEventListener('load', function () {
          document.querySelectorAll('script[type=rocketlazyloadscript]').forEach(function (delayed) {
            var script = document.createElement('script')
            script.src = delayed.getAttribute('data-rocket-src')
            delayed.replaceWith(script)
          })
        })</script>`,
      ...A,
    },
    {
      name: 'a module beside its nomodule twin',
      head: `<script type="module" src="${T}/a.js"></script><script nomodule src="${T}/old.js"></script>`,
      ...A,
    },
    {
      name: 'a script of an old type',
      head: `<script type="application/x-javascript" src="${T}/a.js"></script>`,
      ...A,
    },
    {
      name: 'a script of an old language',
      head: `<script language="JavaScript1.2" src="${T}/a.js"></script>`,
      ...A,
    },
    { name: 'a script in upper case', head: `<SCRIPT SRC='${T}/a.js' ASYNC></SCRIPT>`, ...A },
    { name: 'a script without quotes', body: `<script async src=${T}/a.js></script>`, ...A },
    {
      name: 'a script with integrity, crossorigin and referrerpolicy',
      head: `<script src="${T}/a.js" integrity="sha384-${hash}" crossorigin="anonymous" referrerpolicy="no-referrer"></script>`,
      ...A,
    },
    {
      name: 'a script that blocks rendering and asks for priority',
      head: `<script src="${T}/a.js" async blocking="render" fetchpriority="high"></script>`,
      ...A,
    },
    {
      name: 'a script whose load is waited for',
      head: `<script src="${T}/a.js" onload="ran.push('loaded')"></script>`,
      reaches: ['/a.js'],
      runs: ['a', 'loaded'],
    },
    {
      name: 'two scripts and inline code between that needs the first',
      head: `<script src="${T}/a.js"></script><script>if (window.ran) ran.push('between')</script><script src="${T}/b.js"></script>`,
      reaches: ['/a.js', '/b.js'],
      runs: ['a', 'between', 'b'],
    },
    {
      name: 'three deferred scripts that keep their order',
      head: ['a', 'b', 'c'].map((name) => `<script defer src="${T}/${name}.js"></script>`).join(''),
      reaches: ['/a.js', '/b.js', '/c.js'],
      runs: ['a', 'b', 'c'],
    },
    {
      name: 'ten scripts among paragraphs',
      body: Array.from({ length: 10 }, (_, i) => `<p>${i}</p><script src="${T}/s${i}.js"></script>`).join(''),
      reaches: Array.from({ length: 10 }, (_, i) => `/s${i}.js`),
      runs: Array.from({ length: 10 }, (_, i) => `s${i}`),
    },
    {
      name: 'the same script twice',
      head: `<script src="${T}/a.js"></script>`,
      body: `<script src="${T}/a.js?again"></script>`,
      reaches: ['/a.js'],
      runs: ['a', 'a'],
    },
    {
      name: 'a script that reads its own tag',
      head: `<script id="tag" data-site="77" src="${T}/own.js"></script>`,
      reaches: ['/own.js'],
      runs: ['77'],
    },
    { name: 'a script after the end of the body', body: `</body><script src="${T}/a.js"></script>`, ...A },
    { name: 'a script in SVG', body: `<svg><script href="${T}/a.js"></script></svg>`, ...A },
    { name: 'a script in SVG by xlink', body: `<svg><script xlink:href="${T}/a.js"></script></svg>`, ...A },
    {
      name: 'inline code that writes a script',
      body: `<script>document.write('<script src="${T}/a.js"><\\/script>')</script>`,
      ...A,
    },
    {
      name: 'inline code that writes a script as a text of Trusted Types',
      body: `<script>document.write(trustedTypes.createPolicy('site', { createHTML: function (t) { return t } }).createHTML('<script src="${T}/a.js"><\\/script>'))</script>`,
      ...A,
    },
    {
      name: 'inline code that writes a script in pieces',
      body: `<script>document.write('<scr'); document.write('ipt src="${T}/'); document.write('a.js"></scr' + 'ipt>')</script>`,
      ...A,
    },
    {
      name: 'inline code that writes a picture with writeln',
      body: `<script>document.writeln('<img src="${T}/p.gif" alt="">')</script>`,
      reaches: ['/p.gif'],
    },
    {
      name: 'a page whose body asks when it has loaded',
      body: `<script>addEventListener('load', function () { var s = document.createElement('script'); s.src = '${T}/a.js'; document.body.appendChild(s) })</script>`,
      ...A,
    },
    {
      name: 'an onload attribute that asks',
      nextLoad: true,
      body: `<img src="https://shared.example/vapaa.gif?2" alt="" onload="new Image().src='${T}/p.gif'">`,
      reaches: ['/p.gif'],
    },
    {
      name: 'an onerror attribute that asks',
      nextLoad: true,
      body: `<img src="/nothing.gif" alt="" onerror="new Image().src='${T}/p.gif'">`,
      reaches: ['/p.gif'],
    },
    {
      name: 'a script at a data: address that asks',
      head: `<script src="data:text/javascript,${encodeURIComponent(`new Image().src='${T}/p.gif'`)}"></script>`,
      reaches: ['/p.gif'],
    },
    {
      name: 'an inline module that imports later',
      head: `<script type="module">await 0; import('${T}/a.js')</script>`,
      ...A,
    },
    {
      name: "a tracker of the site's own, by its path",
      head: `<script src="/laskuri/a.js"></script>`,
      reaches: ['own/laskuri/a.js'],
      runs: ['a'],
    },
    {
      name: 'a script on a host whose other paths are free',
      head: `<script src="https://shared.example/laskuri/a.js"></script>`,
      reaches: ['shared.example/laskuri/a.js'],
      runs: ['a'],
    },
    {
      name: 'inline code that asks as soon as the page is ready',
      head: `<script>document.addEventListener('DOMContentLoaded', function () { new Image().src = '${T}/p.gif' })</script>`,
      reaches: ['/p.gif'],
    },
    {
      name: 'inline code that asks in window.onload',
      head: `<script>window.onload = function () { var s = document.createElement('script'); s.src = '${T}/a.js'; document.body.appendChild(s) }</script>`,
      ...A,
    },
  ],
}
