/** analytics.js and ga.js: dead since 2023, yet the files still load and still write cookies. */
import { empty, pixel, script } from './reply.mjs'

export default [
  { host: 'www.google-analytics.com', path: '/analytics.js', reply: () => script('analytics.js', analytics) },
  { host: /^(www|ssl)\.google-analytics\.com$/, path: '/ga.js', reply: () => script('ga.js', classic) },
  { host: 'www.google-analytics.com', path: /^\/(j\/)?collect$/, reply: () => empty() },
  { host: /^(www|ssl)\.google-analytics\.com$/, path: '/__utm.gif', reply: () => pixel() },
]

/** Runs in the page. */
function analytics(_, keep) {
  const name = window.GoogleAnalyticsObject || 'ga'
  const waiting = window[name]?.q || []
  let property = ''
  const ga = (command, ...rest) => {
    if (typeof command === 'function') command({ get: () => undefined })
    if (command === 'create') {
      property = rest[0]
      if (window[`ga-disable-${property}`]) return
      keep('_ga', `GA1.2.${Math.floor(Math.random() * 1e10)}.${Math.floor(Date.now() / 1000)}`, 730)
      keep('_gid', `GA1.2.${Math.floor(Math.random() * 1e10)}.${Math.floor(Date.now() / 1000)}`, 1)
    }
    if (command === 'send' && !window[`ga-disable-${property}`]) {
      keep('_gat', '1', 1 / 1440)
      navigator.sendBeacon(`https://www.google-analytics.com/j/collect?v=1&t=${rest[0]}&tid=${property}`)
    }
  }
  window[name] = ga
  for (const entry of waiting) ga(...entry)
}

/** Runs in the page. */
function classic(_, keep) {
  keep('__utma', '1.2.3.4.5.6', 730)
  keep('__utmz', '1.2.3.4', 183)
  new Image().src = 'https://www.google-analytics.com/__utm.gif?utmwv=5'
}
