/** What Google Ads tags reach: remarketing and conversion pixels, and the older conversion scripts. */
import { ide } from './google-analytics.mjs'
import { cookie, pixel, script } from './reply.mjs'

const test = cookie('test_cookie', 'CheckForPermission', 1 / 96, '.doubleclick.net')

export default [
  {
    host: 'googleads.g.doubleclick.net',
    path: '/pagead/viewthroughconversion/',
    reply: () => pixel([ide, test]),
  },
  {
    host: 'www.googleadservices.com',
    path: /^\/pagead\/conversion(_async)?\.js$/,
    reply: () => script('conversion.js', conversion),
  },
  { host: 'www.googleadservices.com', path: '/pagead/conversion/', reply: () => pixel() },
  { host: /^www\.google\.(com|fi)$/, path: '/pagead/1p-', reply: () => pixel() },
]

/** Runs in the page. */
function conversion(_, keep) {
  window.google_trackConversion = (options = {}) => {
    const id = options.google_conversion_id || window.google_conversion_id
    keep('_gcl_au', `1.1.${Math.floor(Math.random() * 1e10)}.${Math.floor(Date.now() / 1000)}`, 90)
    new Image().src = `https://www.googleadservices.com/pagead/conversion/${id}/`
  }
  if (window.google_conversion_id) window.google_trackConversion()
}
