/** One address in many spellings. */
import { type Family, type LeakCase, T } from '../leak-case.ts'

const A = { reaches: ['/a.js'], runs: ['a'] } as const
const tag = (name: string, src: string, more: Partial<LeakCase> = {}): LeakCase => ({
  name,
  body: `<script src="${src}"></script>`,
  ...A,
  ...more,
})
const code = (name: string, src: string, more: Partial<LeakCase> = {}): LeakCase => ({
  name,
  inserts: `var s = document.createElement('script'); s.src = '${src}'; document.head.append(s)`,
  ...A,
  ...more,
})

export const addresses: Family = {
  name: 'spellings of addresses',
  cases: [
    tag('without a scheme', '//t.tracker.example/a.js'),
    tag('in upper case', 'HTTPS://T.TRACKER.EXAMPLE/a.js'),
    tag('with a dot at the end of the host', 'https://t.tracker.example./a.js', {
      reaches: ['t.tracker.example./a.js'],
    }),
    tag('with a port', 'https://t.tracker.example:8443/a.js'),
    tag('with its usual port', 'https://t.tracker.example:443/a.js'),
    tag('with a user name and a password', 'https://a:b@t.tracker.example/a.js', {
      except: { chromium: 'it asks nobody with a name in the address' },
    }),
    tag('with another user name that looks like the site', 'https://shop.example@t.tracker.example/a.js', {
      except: { chromium: 'it asks nobody with a name in the address' },
    }),
    tag('with letters of another script', 'https://mittäri.example/a.js', {
      reaches: ['xn--mittri-eua.example/a.js'],
    }),
    tag('with another kind of dot', 'https://t。tracker。example/a.js'),
    tag('with wide letters', 'https://ｔ.tracker.example/a.js'),
    tag('with tabs and line breaks', 'https://t.tra&#10;ck&#9;er.example/a.js'),
    tag('with spaces around', ' &#10; https://t.tracker.example/a.js  '),
    tag('with backslashes', 'https:\\\\t.tracker.example\\a.js'),
    tag('with more slashes', 'https:////t.tracker.example/a.js'),
    tag('with escapes in the host', 'https://t.tr%61cker%2Eexample/a.js'),
    tag('with entities', '&#104;ttps&colon;//t.tracker.example/a.js'),
    tag('with a fragment and a query', `${T}/a.js?x=https://shop.example/#shop.example`),
    tag('with dots in the path', 'https://shared.example/vapaa/../laskuri/a.js', {
      reaches: ['shared.example/laskuri/a.js'],
    }),
    tag('with escaped dots in the path', 'https://shared.example/vapaa/%2e%2e/laskuri/a.js', {
      reaches: ['shared.example/laskuri/a.js'],
    }),
    { name: 'relative to a base', head: `<base href="${T}/">`, body: '<script src="a.js"></script>', ...A },
    {
      name: 'relative to a base that comes later',
      head: '<link rel="x" href="/">',
      body: `<script>document.head.insertAdjacentHTML('beforeend', '<base href="${T}/">')</script><script src="a.js"></script>`,
      ...A,
    },
    code('of code, without a scheme', '//t.tracker.example/a.js'),
    code('of code, with tabs', 'ht\\ttps://t.track\\ner.example/a.js'),
    code('of code, with backslashes', '\\\\\\\\t.tracker.example\\\\a.js'),
    code('of code, on a deep sub-domain', 'https://a.b.c.d.tracker.example/a.js', {
      reaches: ['a.b.c.d.tracker.example/a.js'],
    }),
    {
      name: 'of code, relative to a base that code sets',
      inserts: `document.head.insertAdjacentHTML('afterbegin', '<base href="${T}/">'); var s = document.createElement('script'); s.setAttribute('src', 'a.js'); document.head.append(s); document.querySelector('base').remove()`,
      ...A,
    },
    {
      name: 'of code, made of an object',
      inserts: `var s = document.createElement('script'); s.src = { toString: function () { return '${T}/a.js' } }; document.head.append(s)`,
      ...A,
    },
    {
      name: 'of code, a fetch relative to a base',
      calls: `var b = document.createElement('base'); b.href = '${T}/'; document.head.prepend(b); fetch('hit', { mode: 'no-cors' }).catch(function () {}); b.remove()`,
      reaches: ['/hit'],
    },
    {
      name: 'of a style, relative to a base',
      calls: `var b = document.createElement('base'); b.href = '${T}/'; document.head.append(b); var s = document.createElement('style'); s.textContent = 'body { background: url(p.gif) }'; document.head.append(s)`,
      reaches: ['/p.gif'],
    },
    {
      name: 'of a constructed style sheet, relative to its own base',
      calls: `var s = new CSSStyleSheet({ baseURL: '${T}/' }); s.replaceSync('body { background: url(p.gif) }'); document.adoptedStyleSheets = [s]`,
      reaches: ['/p.gif'],
      except: { chromium: 'it knows no base of a sheet' },
    },
  ],
}
