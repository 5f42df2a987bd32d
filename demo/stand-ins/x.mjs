/** X's widgets.js on both hosts, and the frames it draws. */
import { cookie, escapeHtml, page, script } from './reply.mjs'

const hosts = /^platform\.(twitter|x)\.com$/

const cookies = ({ hostname }) => {
  const domain = hostname.replace('platform', '')
  return [
    cookie('guest_id', 'v1%3Astand-in', 730, domain),
    cookie('personalization_id', '"v1_stand-in"', 730, domain),
  ]
}

export default [
  {
    host: hosts,
    path: '/widgets.js',
    reply: ({ url }) =>
      script('widgets.js', widgets, { origin: `https://${url.hostname}` }, cookies(url).slice(0, 1)),
  },
  {
    host: hosts,
    path: /^\/widgets\/\w+_button[\w.]*$/,
    reply: ({ url }) =>
      page({
        title: 'X Post Button',
        cookies: cookies(url),
        css: 'html{color-scheme:light dark;background:none}.b{display:inline-block;background:#0f1419;color:#fff;font:700 12px/20px system-ui,sans-serif;padding:0 10px;border-radius:99px;margin:4px 0}',
        body: `<span class="b">${url.searchParams.get('lang') === 'fi' ? 'Julkaise' : 'Post'}</span>`,
      }),
  },
  { host: hosts, path: /^\/embed\/\w+\.html$/, reply: post },
  { host: /^syndication\.(twitter|x)\.com$/, path: '/', reply: () => page({ title: 'X', body: '' }) },
]

function post({ url }) {
  const text = url.searchParams.get('text') ?? 'Julkaisu'
  return page({
    title: 'X Post',
    cookies: cookies(url),
    css: `body{border:1px solid #cfd9de;border-radius:12px;padding:14px 16px;min-height:100vh}
header{display:flex;gap:10px;align-items:center}.a{width:40px;height:40px;border-radius:50%;background:linear-gradient(135deg,#0b7a75,#f2b544)}
small{color:#536471;display:block}p{font-size:17px;margin:12px 0}`,
    body: `<header><span class="a" aria-hidden="true"></span><div><b>${escapeHtml(url.searchParams.get('by') ?? 'X')}</b><small>@vauhtikuvio</small></div></header>
<p>${escapeHtml(text)}</p><small>9.14 ap. · 12. marrask. 2026 · <span class="note">stand-in</span></small>`,
  })
}

/** Runs in the page. */
function widgets({ origin }) {
  const waiting = window.twttr?._e || []
  const bound = []

  function framed(element, path, title, width, height) {
    const frame = document.createElement('iframe')
    frame.src = `${origin}${path}`
    frame.title = title
    frame.width = width
    frame.height = height
    frame.style.border = 'none'
    frame.style.maxWidth = '100%'
    // Drawn elements are found no more, so the frame must not carry the class that marks an undrawn one.
    frame.className = 'twitter-rendered'
    element.replaceWith(frame)
    for (const listener of bound) listener({ target: frame })
  }

  async function load(root) {
    const scope = root || document
    for (const link of scope.querySelectorAll('a.twitter-share-button,a.x-share-button')) {
      const query = new URLSearchParams({
        url: link.dataset.url || location.href,
        lang: link.dataset.lang || 'en',
      })
      framed(link, `/widgets/tweet_button.html?${query}`, 'X Post Button', 86, 28)
    }
    for (const quote of scope.querySelectorAll('blockquote.twitter-tweet,blockquote.x-tweet')) {
      const text = quote.querySelector('p')?.textContent || ''
      const query = new URLSearchParams({ text, by: quote.dataset.by || 'X' })
      framed(quote, `/embed/Tweet.html?${query}`, 'X Post', quote.dataset.width || 500, 190)
    }
  }

  const twttr = {
    init: true,
    widgets: { load },
    ready: (then) => setTimeout(then, 0, twttr),
    events: { bind: (event, listener) => event === 'rendered' && bound.push(listener) },
  }
  window.twttr = Object.assign(window.twttr || {}, twttr)
  waiting.forEach(twttr.ready)
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => load())
  else load()
}
