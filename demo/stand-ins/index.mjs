/**
 * Plays the hosts of vendors, so that the demo and the browser tests need no internet: scripts that behave as the
 * vendors' own towards a page (globals, queues, consent calls, cookies, beacons), and plain pages for their frames.
 */
import clicks from './clicks.mjs'
import facebook from './facebook.mjs'
import googleAds from './google-ads.mjs'
import googleAnalytics from './google-analytics.mjs'
import googlePlus from './google-plus.mjs'
import googleTagManager from './google-tag-manager.mjs'
import instagram from './instagram.mjs'
import linkedin from './linkedin.mjs'
import linkedinInsight from './linkedin-insight.mjs'
import metaPixel from './meta-pixel.mjs'
import paytrail from './paytrail.mjs'
import segmenttila from './segmenttila.mjs'
import universalAnalytics from './universal-analytics.mjs'
import x from './x.mjs'
import youtube from './youtube.mjs'
import zef from './zef.mjs'

/** @type {import('./reply.mjs').Route[]} */
const routes = [
  googleAnalytics,
  googleTagManager,
  universalAnalytics,
  googleAds,
  metaPixel,
  facebook,
  linkedin,
  linkedinInsight,
  x,
  instagram,
  googlePlus,
  clicks,
  youtube,
  zef,
  paytrail,
  segmenttila,
].flat()

/**
 * What the vendor's host would answer; nothing if no stand-in plays it.
 *
 * @param {{ method?: string, host: string, path: string, headers?: Record<string, string | undefined>, body?: string }} request
 *   `host` without a port, `path` with its query
 * @returns {import('./reply.mjs').Reply | undefined} `set-cookie` is a list
 */
export function answer({ method = 'GET', host, path, headers = {}, body = '' }) {
  const url = new URL(`https://${host}${path}`)
  return routeOf(host, url.pathname)?.reply({ method, url, headers, body })
}

/** Whether a stand-in plays this address. */
export function answers(host, path) {
  return routeOf(host, path) !== undefined
}

/** Whether any address of `host` is played. */
export function plays(host) {
  return routes.some((route) => fits(route.host, host))
}

const routeOf = (host, path) =>
  routes.find(
    (route) =>
      fits(route.host, host) &&
      (typeof route.path === 'string' ? path.startsWith(route.path) : route.path.test(path)),
  )

const fits = (pattern, host) => (typeof pattern === 'string' ? pattern === host : pattern.test(host))
