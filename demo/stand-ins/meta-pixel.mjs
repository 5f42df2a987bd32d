/** fbevents.js and the picture that it asks for. */
import { cookie, pixel, script } from './reply.mjs'

export const fr = cookie('fr', '0stand-in..Bn', 90, '.facebook.com')

export default [
  {
    host: 'connect.facebook.net',
    path: /^\/[a-z]{2}_[A-Z]{2}\/fbevents\.js$/,
    reply: () => script('fbevents.js', fbevents),
  },
  { host: 'www.facebook.com', path: /^\/tr\/?$/, reply: () => pixel([fr]) },
]

/** Runs in the page. */
function fbevents(_, keep) {
  const { fbq } = window
  if (!fbq || fbq.callMethod) return
  const pixels = []
  let revoked = false
  let held = []

  function track(event) {
    if (revoked) {
      held.push(event)
      return
    }
    if (!/(?:^|; )_fbp=/.test(document.cookie)) {
      keep('_fbp', `fb.1.${Date.now()}.${Math.floor(Math.random() * 1e17)}`, 90)
    }
    for (const id of pixels) {
      new Image().src = `https://www.facebook.com/tr/?id=${id}&ev=${event}&dl=${encodeURIComponent(location.href)}`
    }
  }

  const commands = {
    init(id) {
      if (!pixels.includes(id)) pixels.push(id)
    },
    consent(answer) {
      revoked = answer === 'revoke'
      if (revoked) return
      for (const event of held.splice(0)) track(event)
    },
    track,
    trackCustom: track,
  }
  fbq.callMethod = (command, ...rest) => {
    if (Object.hasOwn(commands, command)) commands[command](...rest)
  }
  const queue = Array.from(fbq.queue || [])
  held = []
  for (const entry of queue) fbq.callMethod(...entry)
}
