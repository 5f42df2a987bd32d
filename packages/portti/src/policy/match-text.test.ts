import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../services/catalogue.ts'
import { matchText } from './match-text.ts'
import { matchUrl } from './match-url.ts'

const services = [...catalogue.values()]
const ofUrl = matchUrl(services.flatMap(({ id, urls }) => urls.map((url): [string, string] => [url, id])))
const match = matchText(
  services.map((service) => ({ ...service, owner: service.id })),
  ofUrl,
)
const owners = (text: string, likely: string[] = []) => match(text, likely).map(({ owner }) => owner)

describe('an inline script', () => {
  it.each([
    ["gtag('config', 'G-ABC123')", ['google-analytics']],
    ["gtag('config', 'AW-123')", ['google-ads']],
    ["gtag('config', 'DC-123')", ['google-ads']],
    ["gtag('config', 'UA-123-4')", ['universal-analytics']],
    ["gtag('config', 'G-ABC123'); gtag('config', 'AW-123')", ['google-analytics', 'google-ads']],
    ["dataLayer.push({event: 'x'}) // GTM-ABC", ['google-tag-manager']],
    ['window.dataLayer = window.dataLayer || []', ['google-analytics']],
    ["window['dataLayer'] = []; var id = 'GTM-1'", ['google-tag-manager']],
    ["fbq('track', 'Lead')", ['meta-pixel']],
    ["window.fbq && fbq('track', 'Lead')", ['meta-pixel']],
    ["ga('send', 'pageview')", ['universal-analytics']],
    ["_gaq.push(['_trackPageview'])", ['universal-analytics']],
    ["hj('event', 'x')", ['hotjar']],
    ['window.hj=window.hj||function(){}', ['hotjar']],
    ["clarity('set', 'a', 'b')", ['microsoft-clarity']],
    ['window.fbAsyncInit = function () { FB.init({}) }', ['facebook']],
    ['FB.login(function () {})', ['facebook-login']],
    ['FB . XFBML . parse()', ['facebook']],
    ['twttr.widgets.load()', ['x']],
    ['instgrm.Embeds.process()', ['instagram']],
    ["lintrk('track', { conversion_id: 1 })", ['linkedin-insight']],
    ["new YT.Player('p', {})", ['youtube']],
    ["document.createElement('img').src = 'https://www.facebook.com/tr?id=1'", ['meta-pixel']],
    ['fetch("https:\\/\\/static.hotjar.com\\/c.js")', ['hotjar']],
    ["new Image().src = '//PX.ads.linkedin.com/collect'", ['linkedin-insight']],
    ['document.write(\'<iframe src="https://www.youtube.com/embed/1">\')', ['youtube']],
    [
      "s.src = ('https:' == document.location.protocol ? 'https://ssl' : 'http://www') + '.google-analytics.com/ga.js'",
      ['universal-analytics'],
    ],
    ["s.src = 'https://www.googletagmanager.com/gtag/js?id=' + 'AW-1234'", ['google-ads']],
    ["j.src = 'https://www.googletagmanager.com/gtm.js'; dataLayer.push({})", ['google-tag-manager']],
    ['window.FB.login(function () {})', ['facebook-login']],
    ["self [ 'fbq' ] = 1", ['meta-pixel']],
    ['globalThis["fbq"]', ['meta-pixel']],
    ['top[`fbq`]', ['meta-pixel']],
    ["parent['instgrm'].x", ['instagram']],
    ["window['ga']", ['universal-analytics']],
    ['top[`ga`]', ['universal-analytics']],
    ["ga ( 'send')", ['universal-analytics']],
    ['ga("send")', ['universal-analytics']],
    ['ga(`send`)', ['universal-analytics']],
  ])('%s is of its service', (text, expected) => {
    expect(owners(text)).toEqual(expected)
  })

  it.each([
    ['const a = 1'],
    [
      "var links = { instagram: 'https://www.instagram.com/yritys', youtube: 'https://www.youtube.com/@yritys' }",
    ],
    ['el.innerHTML = \'<a class="x" href="https://www.instagram.com/yritys">Instagram</a>\''],
    [
      'self.__next_f.push([1, "{\\"href\\":\\"https://www.youtube.com/watch\\",\\"src\\":\\"createElement\\"}"])',
    ],
    ["// fbq('track')\nconst x = 1"],
    ["/* gtag('config', 'G-ABC') */ start()"],
    ['say("Use gtag() here")'],
    ['const settings = { gtag: true, fbq: 1 }'],
    ['const gtags = 1; myFbq(2); x.fbq(3)'],
    ['function ga(a) { return a } ga(1)'],
    ["ga.own('x')"],
    ["ga + own('x')"],
    ["ga[0]('x')"],
    ["mywindow.fbq('x'); windowed.fbq('x')"],
    ["mywindow['fbq']; $window['fbq']; windowed['fbq']; self.own['fbq']"],
    ["window['myfbq']; window['fbq2']; window[fbq2]"],
    ["const fb = 'FB.'; log('Find us on FB. Today')"],
    ["location.href = 'https://www.youtube.com/watch?v=1'"],
    ['fetch("/own"); const id = "G-ABC123"'],
    ["import('/own.js'); const t = /['\"]fbq/"],
  ])('%s is the own of the page', (text) => {
    expect(owners(text)).toEqual([])
  })

  it.each([
    ['after a string', `"a"; fbq('x')`],
    ['after an escaped quote', `say('it\\'s'); fbq('x')`],
    ['after the other quote', `say("it's"); fbq('x')`],
    ['after a string that its line ends', `say("it\nfbq('x')`],
    ['after one that ends with a carriage return', `say('it\rfbq("x")`],
    ['after a string with a bracket', `say("["); fbq('x'); say("]")`],
    ['in a string that nothing ends', `say("fbq(1)`],
    ['in a template', `\`\${fbq(1)}\``],
    ['after an address in a template', "`https://own.example`; fbq('x')"],
    ['after a comment', `/* "a */fbq('x')`],
    ['after an empty comment', `/**/fbq('x')`],
    ['after a comment with a slash', `/*/ "a */fbq('x')`],
    ['after a comment between words', `new/* a */fbq('x')`],
    ['in a comment that nothing ends', `/* fbq(1)`],
    ['on the line after a comment', `// it's\nfbq('x')`],
    ['on the line after one that ends with a carriage return', `a() // it's\rfbq('x')`],
    ['on the line after a long comment', `// ${'a'.repeat(9000)}\nfbq('x')`],
    ['on the line after an empty comment', `new//\nfbq('x')`],
    ['after a regular expression', `a = /"/; fbq('x')`],
    ['after one at the very start', `/"/.test(a); fbq('x')`],
    ['after one that is given', `a.split( /'/ ); fbq("x")`],
    ['after one with a set', `a = /[/"]/; fbq('x')`],
    ['after one with an escaped bracket', `a = /[\\]"/]/; fbq('x')`],
    ['after one with a bracket outside of sets', `a = /]"/; fbq('x')`],
    ['after a slash that its line ends', `a = /b\nfbq('x')/c`],
    ['between divisions', `a / 2; fbq('x'); b / 2`],
    ['between divisions of brackets', `(a) / 2; fbq('x'); b[1] / 2`],
  ])('uses what it names %s', (_, text) => {
    expect(owners(text)).toEqual(['meta-pixel'])
  })

  it.each([
    ['a string', `say("fbq(1)")`],
    ['a string after an escaped quote', `say('it\\'s fbq(1)')`],
    ['a string with a line that goes on', `say('it \\\nfbq(1)')`],
    ['a string after a bracket', `say("[ fbq(1)")`],
    ['a comment of two lines', `/* fbq(1)\nfbq(2) */`],
    ['the end of a line', `a() // fbq(1)\na()`],
    ['the end of a long line', `// ${'a'.repeat(9000)} fbq(1)`],
    ['the middle of long lines', `// ${'a'.repeat(9000)} fbq(1)\na()`],
    ['a regular expression', `a = /fbq(1)/`],
    ['one at the start', `/fbq(1)/.test(a)`],
    ['one with a set', `a = /[/]fbq(1)/`],
    ['one with an escaped slash', `a = /\\/fbq(1)/`],
    ['one after a set', `a = /[a]fbq(1)/; b = 1 / 2`],
    ['a key with space behind it', `a = { dataLayer : 1, gtag\n: 2 }`],
  ])('does not use what it names in %s', (_, text) => {
    expect(owners(text)).toEqual([])
  })

  it('keeps links to a tracker for itself, however they are written', () => {
    const from = (markup: string) => owners(`el.innerHTML = \`${markup}\`${' '.repeat(900)}`)
    for (const link of [
      '<a href="https://www.youtube.com/x">',
      '<a href="http://www.youtube.com/x">',
      '<A\nHREF="//www.youtube.com/x">',
      '<a href=//www.youtube.com/x>',
      "<a class='b' href = 'https://www.youtube.com/x'>",
      '<a href=\\"https://www.youtube.com/x\\">',
    ])
      expect(from(link), link).toEqual([])
    for (const other of [
      '<a href="/x"><img src="https://www.youtube.com/x">',
      '<a href="/x" style="background:url(https://www.youtube.com/x)">',
      '<a data-href="https://www.youtube.com/x">',
      '<link href="https://www.youtube.com/x">',
      '<area href="https://www.youtube.com/x">',
    ])
      expect(from(other), other).toEqual(['youtube'])
    expect(owners(`a = '<a href=/x>'; s.src = 'https://static.hotjar.com/c.js'`)).toEqual(['hotjar'])
  })

  it('that shares a global belongs to the tag that came last before it', () => {
    expect(owners("gtag('event', 'x')", ['google-analytics', 'google-ads'])).toEqual(['google-ads'])
    expect(owners("gtag('event', 'x')", ['meta-pixel'])).toEqual(['google-analytics'])
    expect(owners("gtag('event', 'x', { send_to: 'AW-1/a' })", ['google-analytics'])).toEqual(['google-ads'])
  })

  it.each(
    `createElement createElementNS insertAdjacentHTML innerHTML outerHTML srcdoc write writeln fetch XMLHttpRequest sendBeacon import
    importScripts Image Worker SharedWorker serviceWorker EventSource WebSocket getScript loadScript ajax src setAttribute
    createContextualFragment parseFromString eval Function`.split(/\s+/),
  )('that can load something by %s is of the address in it', (word) => {
    const address = "'https://static.hotjar.com/c.js'"
    expect(owners(`x.${word}(${address})`)).toEqual(['hotjar'])
    for (const other of [`my${word}`, `$${word}`, `${word}2`, `${word}$`])
      expect(owners(`${other}(${address})`), other).toEqual([])
  })

  it('names the whole of an address, and nothing more', () => {
    const what = (address: string) => match(`fetch("${address}")`).map((found) => found.what)
    expect(what('https://static.hotjar.com')).toEqual(['static.hotjar.com'])
    expect(what('https://static.hotjar.com:8443/c.js?x=1#y')).toEqual(['static.hotjar.com:8443/c.js?x=1#y'])
    expect(what('https://static.hotjar.com./c')).toEqual(['static.hotjar.com./c'])
    // Of two loaders of one tag the first is told.
    expect(
      match(
        "gtag('config', 'AW-1'); a.src = 'https://www.googletagmanager.com/gtag/js'; b.src = 'https://www.googletagmanager.com/gtag/js?again'",
      ),
    ).toEqual([{ owner: 'google-ads', by: 'address', what: 'www.googletagmanager.com/gtag/js' }])
  })

  it('goes to who claims it first, and to nobody where nobody claims anything', () => {
    const two = matchText(
      [
        { owner: 'one', tagIds: ['X-'], globals: ['acme'] },
        { owner: 'two', tagIds: ['X-'], globals: ['acme'] },
      ],
      () => undefined,
    )
    expect(two("acme('X-1')")).toEqual([{ owner: 'one', by: 'global', what: 'acme' }])
    expect(two('acme()')).toEqual([{ owner: 'one', by: 'global', what: 'acme' }])
    const none = matchText([{ owner: 'one', globals: ['acme'] }], () => undefined)
    expect(none("acme('G-1'); other('X-1')").map(({ what }) => what)).toEqual(['acme'])
    expect(matchText([], () => undefined)("fetch('https://static.hotjar.com')")).toEqual([])
  })

  it('says by what it was recognised', () => {
    expect(match("fbq('init', '1')")).toEqual([{ owner: 'meta-pixel', by: 'global', what: 'fbq' }])
    expect(match("t.src = 'https://connect.facebook.net/en_US/fbevents.js'")).toEqual([
      { owner: 'meta-pixel', by: 'address', what: 'connect.facebook.net/en_US/fbevents.js' },
    ])
  })

  it('never throws and never takes long, whatever it says', () => {
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => Array.isArray(match(text))))
    const costly = [
      "'\\",
      '/*',
      '"a',
      'a.',
      '/[',
      '<a href="//a.b',
      '//',
      'fetch(`',
      'a',
      '.a.a',
      'gtag ',
      '`${',
    ]
    for (const part of costly) {
      const took = (count: number) => {
        const text = `fetch(1)${part.repeat(count)}`
        const start = performance.now()
        match(text)
        return performance.now() - start
      }
      took(20_000)
      const best = (count: number) => Math.min(took(count), took(count), took(count))
      expect(best(160_000) / Math.max(best(20_000), 2), part).toBeLessThan(40)
    }
  })
})
