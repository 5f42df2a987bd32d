/** Click studies: Microsoft Clarity, which sets cookies only after a consent signal, and Hotjar, which knows none. */
import { cookie, empty, pixel, script } from './reply.mjs'

export default [
  {
    host: 'www.clarity.ms',
    path: '/tag/',
    reply: ({ url }) => script('clarity.js', clarity, { project: url.pathname.split('/')[2] }),
  },
  {
    host: 'c.clarity.ms',
    path: '/c.gif',
    reply: () =>
      pixel([cookie('MUID', 'stand-in', 395, '.clarity.ms'), cookie('MR', '0', 7, '.c.clarity.ms')]),
  },
  { host: /^\w+\.clarity\.ms$/, path: '/collect', reply: () => empty() },
  {
    host: 'static.hotjar.com',
    path: /^\/c\/hotjar-\d+\.js$/,
    reply: ({ url }) => script('hotjar.js', hotjar, { site: /\d+/.exec(url.pathname)?.[0] }),
  },
  { host: /^(in|content|metrics)\.hotjar\.(com|io)$/, path: '/', reply: () => empty() },
]

/** Runs in the page. */
function clarity({ project }, keep) {
  const waiting = window.clarity?.q || []
  let stopped = false
  const send = (what) => {
    if (!stopped) navigator.sendBeacon('https://q.clarity.ms/collect', JSON.stringify({ project, what }))
  }
  const commands = {
    consentv2({ ad_Storage: ads, analytics_Storage: analytics }) {
      if (analytics === 'granted') {
        keep('_clck', 'standin%5E2%5Eg00', 365)
        keep('_clsk', 'standin%5E1', 1)
      }
      if (ads === 'granted') new Image().src = 'https://c.clarity.ms/c.gif'
    },
    stop() {
      stopped = true
    },
  }
  window.clarity = (command, ...rest) => {
    if (Object.hasOwn(commands, command)) commands[command](...rest)
  }
  for (const entry of waiting) window.clarity(...entry)
  send('page')
  document.addEventListener('click', () => send('click'))
}

/** Runs in the page. */
function hotjar({ site }, keep) {
  keep(`_hjSessionUser_${site}`, 'stand-in', 365)
  keep(`_hjSession_${site}`, 'stand-in', 1 / 48)
  sessionStorage.setItem('hjViewportId', 'stand-in')
  window.hj = () => {}
  navigator.sendBeacon('https://in.hotjar.com/api/v2/client', site)
}
