/** Snippets as vendors have their customers paste them, with every part: loader, queue, calls, `noscript`. */
import { type Family, type LeakCase, T } from '../leak-case.ts'

/** A loader that most vendors' snippets share: an async script before the first one of the page. */
const loader = (src: string) =>
  `var t = document.createElement('script'), f = document.getElementsByTagName('script')[0]; t.async = true; t.src = '${src}'; f.parentNode.insertBefore(t, f)`
const gtag = (id: string, more = '') =>
  `<script async src="https://www.googletagmanager.com/gtag/js?id=${id}"></script>
   <script>window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments) } gtag('js', new Date()); gtag('config', '${id}');${more}</script>`
const meta = `<script>(function (w) { if (w.fbq) return; var q = w.fbq = function () { q.callMethod ? q.callMethod.apply(q, arguments) : q.queue.push(arguments) };
     if (!w._fbq) w._fbq = q; q.push = q; q.loaded = true; q.version = '2.0'; q.queue = []; ${loader('https://connect.facebook.net/en_US/fbevents.js')} })(window)
     fbq('init', '1122334455'); fbq('track', 'PageView')</script>
   <noscript><img height="1" width="1" style="display:none" src="https://www.facebook.com/tr?id=1122334455&ev=PageView&noscript=1"></noscript>`
const insight = `<script>_linkedin_partner_id = '7788'; window._linkedin_data_partner_ids = window._linkedin_data_partner_ids || []; window._linkedin_data_partner_ids.push(_linkedin_partner_id)</script>
   <script>(function (l) { if (!l) { window.lintrk = function (a, b) { window.lintrk.q.push([a, b]) }; window.lintrk.q = [] } ${loader('https://snap.licdn.com/li.lms-analytics/insight.min.js')} })(window.lintrk)</script>
   <noscript><img height="1" width="1" style="display:none" alt="" src="https://px.ads.linkedin.com/collect/?pid=7788&fmt=gif"></noscript>`
const clarity = `<script>(function (w, name) { w[name] = w[name] || function () { (w[name].q = w[name].q || []).push(arguments) }; ${loader('https://www.clarity.ms/tag/abcdef')} })(window, 'clarity')</script>`
const hotjar = `<script>(function (h) { h.hj = h.hj || function () { (h.hj.q = h.hj.q || []).push(arguments) }; h._hjSettings = { hjid: 424242, hjsv: 6 };
     var r = document.createElement('script'); r.async = 1; r.src = 'https://static.hotjar.com/c/hotjar-' + h._hjSettings.hjid + '.js?sv=' + h._hjSettings.hjsv; document.getElementsByTagName('head')[0].appendChild(r) })(window)</script>`
const manager = `<script>(function (w) { w.dataLayer = w.dataLayer || []; w.dataLayer.push({ 'gtm.start': new Date().getTime(), event: 'gtm.js' }); ${loader('https://www.googletagmanager.com/gtm.js?id=GTM-TASSU26')} })(window)</script>`
const GA = {
  reaches: ['www.googletagmanager.com/gtag/js', 'www.google-analytics.com/g/collect'],
  runs: ['gtag.js'],
} as const

const declared: readonly LeakCase[] = [
  {
    name: 'Google Analytics 4',
    service: 'google-analytics',
    head: gtag('G-LEAK2026'),
    ...GA,
    leaves: ['cookie _ga', 'cookie _ga_LEAK2026'],
  },
  {
    name: 'Google Analytics 4 in the body, with an event',
    service: 'google-analytics',
    body: gtag('G-LEAK2026', ` gtag('event', 'sign_up')`),
    ...GA,
    leaves: ['cookie _ga'],
    anyCount: true,
  },
  {
    name: 'Google Tag Manager, with a tag in its container',
    service: 'google-tag-manager',
    head: manager,
    body: '<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-TASSU26" height="0" width="0" style="display:none"></iframe></noscript>',
    reaches: [
      'www.googletagmanager.com/gtm.js',
      'www.googletagmanager.com/gtag/js',
      'www.google-analytics.com/g/collect',
    ],
    runs: ['gtm.js', 'gtag.js'],
    leaves: ['cookie _ga'],
  },
  {
    name: 'Google Ads',
    service: 'google-ads',
    head: gtag('AW-998877'),
    reaches: ['www.googletagmanager.com/gtag/js', 'googleads.g.doubleclick.net/pagead/viewthroughconversion'],
    runs: ['gtag.js'],
    leaves: ['cookie _gcl_au'],
  },
  {
    name: 'Meta Pixel',
    service: 'meta-pixel',
    head: meta,
    reaches: ['connect.facebook.net/en_US/fbevents.js', 'www.facebook.com/tr/'],
    runs: ['fbevents.js'],
    leaves: ['cookie _fbp'],
  },
  {
    name: 'Meta Pixel as a bare picture',
    service: 'meta-pixel',
    body: '<img height="1" width="1" style="display:none" src="https://www.facebook.com/tr?id=1122334455&ev=PageView&noscript=1">',
    reaches: ['www.facebook.com/tr'],
  },
  {
    name: 'LinkedIn Insight',
    service: 'linkedin-insight',
    body: insight,
    reaches: ['snap.licdn.com/li.lms-analytics/insight.min.js', 'px.ads.linkedin.com/collect'],
    runs: ['insight.min.js'],
    leaves: ['cookie li_fat_id'],
  },
  {
    name: 'Microsoft Clarity',
    service: 'microsoft-clarity',
    head: clarity,
    reaches: ['www.clarity.ms/tag/abcdef', 'q.clarity.ms/collect'],
    runs: ['clarity.js'],
  },
  {
    name: 'the Facebook SDK with a share button',
    service: 'facebook',
    body: `<div id="fb-root"></div><script async defer crossorigin="anonymous" src="https://connect.facebook.net/fi_FI/sdk.js#xfbml=1&version=v21.0"></script>
      <div class="fb-share-button" data-href="https://shop.example/"></div>`,
    reaches: ['connect.facebook.net/fi_FI/sdk.js', 'www.facebook.com/plugins/share_button.php'],
    runs: ['sdk.js'],
  },
  {
    name: 'the Facebook SDK by its old loader',
    service: 'facebook',
    body: `<div class="fb-page" data-href="https://www.facebook.com/mallila"></div><script>(function (d, id) { if (d.getElementById(id)) return; var j = d.createElement('script'), f = d.getElementsByTagName('script')[0]; j.id = id;
      j.src = 'https://connect.facebook.net/fi_FI/sdk.js#xfbml=1&version=v21.0'; f.parentNode.insertBefore(j, f) })(document, 'facebook-jssdk')</script>`,
    reaches: ['connect.facebook.net/fi_FI/sdk.js', 'www.facebook.com/plugins/page.php'],
    runs: ['sdk.js'],
  },
  {
    name: 'a Facebook page in a frame',
    service: 'facebook',
    body: '<iframe src="https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fmallila" width="340" height="500" style="border:none"></iframe>',
    reaches: ['www.facebook.com/plugins/page.php'],
  },
  {
    name: 'the LinkedIn share button',
    service: 'linkedin',
    body: `<script src="https://platform.linkedin.com/in.js" type="text/javascript">lang: fi_FI</script><script type="IN/Share" data-url="https://shop.example/"></script>`,
    reaches: ['platform.linkedin.com/in.js', 'platform.linkedin.com/stand-in/share.html'],
    runs: ['in.js'],
  },
  {
    name: 'the X share button',
    service: 'x',
    body: `<a href="https://twitter.com/share" class="twitter-share-button" data-show-count="false">Jaa</a><script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>`,
    reaches: ['platform.twitter.com/widgets.js', 'platform.twitter.com/widgets/tweet_button.html'],
    runs: ['widgets.js'],
  },
  {
    name: 'an embedded post of X, by its loader',
    service: 'x',
    body: `<blockquote class="twitter-tweet"><p>Hei</p><a href="https://twitter.com/mallila/status/1">9.11.</a></blockquote><script>window.twttr = (function (d, id, t) { if (d.getElementById(id)) return t; var j = d.createElement('script'); j.id = id; j.src = 'https://platform.twitter.com/widgets.js';
      var f = d.getElementsByTagName('script')[0]; f.parentNode.insertBefore(j, f); t._e = []; t.ready = function (fn) { t._e.push(fn) }; return t })(document, 'twitter-wjs', window.twttr || {})</script>`,
    reaches: ['platform.twitter.com/widgets.js', 'platform.twitter.com/embed/Tweet.html'],
    runs: ['widgets.js'],
  },
  {
    name: 'a YouTube video',
    service: 'youtube',
    body: '<iframe width="560" height="315" src="https://www.youtube.com/embed/abc" title="Video" allowfullscreen></iframe>',
    reaches: ['www.youtube.com/embed/abc'],
  },
  {
    name: 'a YouTube video without cookies, lazily',
    service: 'youtube',
    body: '<iframe loading="lazy" width="560" height="315" src="https://www.youtube-nocookie.com/embed/abc" title="Video"></iframe>',
    reaches: ['www.youtube-nocookie.com/embed/abc'],
  },
  {
    name: 'a counter that two lines of the page start',
    head: `<script>var _trk = _trk || []; _trk.push(['page']); (function () { ${loader(`${T}/a.js`)} })()</script>`,
    reaches: ['/a.js'],
    runs: ['a'],
  },
]

/** Known to the catalogue, not in the policy: held whatever the visitor says. */
const undeclared: readonly LeakCase[] = [
  {
    name: 'Hotjar, which the policy does not declare',
    service: 'hotjar',
    head: hotjar,
    reaches: ['static.hotjar.com/c/hotjar-424242.js', 'in.hotjar.com/api/v2/client'],
    runs: ['hotjar.js'],
    leaves: ['cookie _hjSession_424242'],
    undeclared: true,
  },
  {
    name: 'Universal Analytics, which has ended',
    service: 'universal-analytics',
    head: `<script>(function (w, r) { w.GoogleAnalyticsObject = r; w[r] = w[r] || function () { (w[r].q = w[r].q || []).push(arguments) }; w[r].l = 1 * new Date(); ${loader('https://www.google-analytics.com/analytics.js')} })(window, 'ga'); ga('create', 'UA-1-1', 'auto'); ga('send', 'pageview')</script>`,
    reaches: ['www.google-analytics.com/analytics.js', 'www.google-analytics.com/j/collect'],
    runs: ['analytics.js'],
    leaves: ['cookie _gid'],
    undeclared: true,
  },
  {
    name: 'the ga.js of 2009, by its own loader',
    service: 'universal-analytics',
    body: `<script>var _gaq = _gaq || []; _gaq.push(['_setAccount', 'UA-1-1']); _gaq.push(['_trackPageview']); (function () { ${loader('https://ssl.google-analytics.com/ga.js')} })()</script>`,
    reaches: ['ssl.google-analytics.com/ga.js', 'www.google-analytics.com/__utm.gif'],
    runs: ['ga.js'],
    leaves: ['cookie __utma'],
    undeclared: true,
  },
]

export const snippets: Family = { name: 'snippets as vendors give them', cases: [...declared, ...undeclared] }
