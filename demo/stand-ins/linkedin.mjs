/** LinkedIn's in.js, which reads its settings from its own text, and the frames it draws. */
import { cookie, escapeHtml, page, script } from './reply.mjs'

/** What every host of LinkedIn's sets. */
export const common = [
  cookie('bcookie', '"v=2&stand-in"', 365, '.linkedin.com'),
  cookie('lidc', '"b=stand-in"', 1, '.linkedin.com'),
]
const cookies = [...common, cookie('li_gc', 'stand-in', 183, '.linkedin.com')]

export default [
  { host: 'platform.linkedin.com', path: '/in.js', reply: () => script('in.js', loader, {}, cookies) },
  { host: 'platform.linkedin.com', path: '/stand-in/', reply: button },
]

function button({ url }) {
  const finnish = url.searchParams.get('lang') === 'fi_FI'
  const follows = url.pathname.endsWith('follow.html')
  const words = follows ? (finnish ? 'Seuraa' : 'Follow') : finnish ? 'Jaa' : 'Share'
  return page({
    title: `LinkedIn: ${escapeHtml(words)}`,
    css,
    cookies,
    body: `<span class="button">${words}</span>`,
  })
}

const css = `html{color-scheme:light dark;background:none}.button{display:inline-block;background:#0a66c2;color:#fff;font:600 13px/28px system-ui,sans-serif;padding:0 12px;border-radius:3px}
.button::before{content:"in";font-weight:800;padding-right:7px;margin-right:7px;border-right:1px solid #fff6}`

/** Runs in the page. */
function loader() {
  const settings = {}
  for (const line of document.currentScript.textContent.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) settings[line.slice(0, colon).trim()] = line.slice(colon + 1).trim()
  }
  const names = { 'IN/Share': 'share', 'IN/FollowCompany': 'follow' }

  function parse(root) {
    for (const element of (root || document).querySelectorAll('script[type^="IN/"]')) {
      const name = names[element.type]
      if (!name || element.hasAttribute('data-drawn')) continue
      element.setAttribute('data-drawn', '')
      const frame = document.createElement('iframe')
      frame.className = 'IN-widget'
      frame.title = name === 'share' ? 'LinkedIn Share' : 'LinkedIn Follow'
      frame.width = 96
      frame.height = 28
      frame.style.border = 'none'
      const query = new URLSearchParams({
        lang: settings.lang || 'en_US',
        url: element.dataset.url || location.href,
      })
      frame.src = `https://platform.linkedin.com/stand-in/${name}.html?${query}`
      element.after(frame)
    }
  }

  window.IN = { ...window.IN, ENV: { settings }, parse }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => parse())
  else parse()
}
