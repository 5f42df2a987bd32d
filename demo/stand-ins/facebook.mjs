/** Facebook's SDK, the plugin pages that it puts into frames, and Facebook Login. */
import { fr } from './meta-pixel.mjs'
import { cookie, escapeHtml, page, script } from './reply.mjs'

const cookies = [
  fr,
  cookie('datr', 'stand-in', 400, '.facebook.com'),
  cookie('sb', 'stand-in', 400, '.facebook.com'),
]

export default [
  {
    host: 'connect.facebook.net',
    path: /^\/[a-z]{2}_[A-Z]{2}\/(sdk|all)\.js$/,
    reply: ({ url }) => script('sdk.js', sdk, { locale: url.pathname.split('/')[1] }),
  },
  { host: 'www.facebook.com', path: /^\/plugins\/\w+\.php$/, reply: plugin },
  {
    host: 'www.facebook.com',
    path: '/x/oauth/status',
    reply: () => page({ title: 'status', body: '', cookies }),
  },
]

function plugin({ url }) {
  const name = url.pathname.slice('/plugins/'.length, -'.php'.length)
  const about = url.searchParams.get('href') ?? ''
  const see = name.endsWith('button') ? 'html{color-scheme:light dark;background:none}' : ''
  return page({
    title: `Facebook: ${name}`,
    css: css + see,
    cookies,
    body: (bodies[name] ?? bodies.post)(about),
  })
}

/** The first part of the path: the name of the page. */
const company = (href) => escapeHtml(/^https?:\/\/[^/]+\/([^/?#]+)/.exec(href)?.[1] ?? 'Facebook')

const bodies = {
  share_button: () => `<span class="button">Jaa</span>`,
  login_button: () => `<span class="button wide">Jatka Facebookiin</span>`,
  page: (href) => `<main class="page">
    <header><span class="face" aria-hidden="true">f</span><div><b>${company(href)}</b><small>1 284 seuraajaa</small></div></header>
    <p><span class="note">stand-in</span></p>
    <article><b>${company(href)}</b> <small>2 t</small><p>Kiitos kaikille tilaisuuteemme osallistuneille! Seuraava kerta on tammikuussa.</p><div class="photo" aria-hidden="true"></div></article>
    <article><b>${company(href)}</b> <small>3 pv</small><p>Viikon vinkki on nyt luettavissa sivuillamme.</p></article>
  </main>`,
  post: (
    href,
  ) => `<main class="post"><b>${company(href)}</b> <small>eilen</small> <span class="note">stand-in</span>
    <p>Tämä julkaisu tulisi Facebookista. Se ladattiin vasta, kun annoit siihen luvan.</p><div class="photo" aria-hidden="true"></div></main>`,
}

const css = `
body{font-family:Helvetica,Arial,sans-serif}
small{color:#65676b}
.button{display:inline-block;background:#0866ff;color:#fff;font:700 12px/28px Helvetica,Arial,sans-serif;padding:0 12px;border-radius:4px}
.button::before{content:"f ";font-weight:900}
.wide{width:100%;font-size:15px;line-height:40px;text-align:center}
.page{border:1px solid #dadde1;min-height:100vh}
.page header{display:flex;gap:10px;align-items:center;padding:14px;background:#0b3d91;color:#fff}
.page header small{display:block;color:#dbe6ff}
.face{display:grid;place-items:center;width:48px;height:48px;border-radius:50%;background:#0866ff;font:900 30px Helvetica,sans-serif}
.page p,.page article{padding:0 14px;margin:10px 0}
article+article{border-top:1px solid #dadde1;padding-top:10px!important}
article p{padding:0!important}
.post{padding:14px;border:1px solid #dadde1;border-radius:8px}
.photo{height:120px;border-radius:6px;background:linear-gradient(135deg,#bcd4ff,#e8d5f5 60%,#ffe0c2)}
`

/** Runs in the page. */
function sdk(options, keep) {
  const { hash } = new URL(document.currentScript.src)
  const settings = Object.fromEntries(new URLSearchParams(hash.slice(1)))
  const listeners = []
  const plugins = {
    'fb-share-button': ['share_button', 76, 28],
    'fb-login-button': ['login_button', 240, 40],
    'fb-page': ['page', 340, 500],
    'fb-post': ['post', 500, 250],
    'fb-video': ['post', 500, 300],
    // These two were ended: their place stays, and nothing is seen in it.
    'fb-like': undefined,
    'fb-comments': undefined,
  }

  function render(element, plugin) {
    if (element.getAttribute('fb-xfbml-state') === 'rendered') return
    element.setAttribute('fb-xfbml-state', 'rendered')
    if (!plugin) {
      element.style.cssText = 'display:inline-block;width:0;height:0;overflow:hidden'
      return
    }
    const [name, width, height] = plugin
    const frame = document.createElement('iframe')
    const query = new URLSearchParams({ href: element.dataset.href || location.href, locale: options.locale })
    frame.src = `https://www.facebook.com/plugins/${name}.php?${query}`
    frame.title = `fb:${name} Facebook Social Plugin`
    frame.width = element.dataset.width || width
    frame.height = element.dataset.height || height
    frame.style.border = 'none'
    frame.style.maxWidth = '100%'
    element.replaceChildren(frame)
  }

  function parse(root, done) {
    for (const [name, plugin] of Object.entries(plugins)) {
      for (const element of (root || document).querySelectorAll(`.${name}`)) render(element, plugin)
    }
    for (const listener of listeners) listener()
    if (done) done()
  }

  const session = {
    status: 'connected',
    authResponse: { userID: '0', accessToken: 'stand-in', expiresIn: 3600 },
  }
  window.FB = {
    init(choices) {
      Object.assign(settings, choices)
      if (choices.xfbml) parse()
    },
    XFBML: { parse },
    Event: {
      subscribe(event, listener) {
        if (event === 'xfbml.render') listeners.push(listener)
      },
    },
    login(then) {
      keep(`fbm_${settings.appId}`, 'base_domain=', 365)
      keep(`fbsr_${settings.appId}`, 'stand-in', 0)
      if (then) setTimeout(then, 0, session)
    },
    getLoginStatus(then) {
      const known = document.cookie.includes(`fbsr_${settings.appId}`)
      if (then) setTimeout(then, 0, known ? session : { status: 'unknown', authResponse: null })
    },
  }
  if (window.fbAsyncInit) window.fbAsyncInit()
  if (settings.xfbml === '1') {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => parse())
    else parse()
  }
}
