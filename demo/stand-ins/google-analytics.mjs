/** gtag.js for Analytics (`G-`) and Ads (`AW-`) ids, as the one file that it is, and what it sends. */
import { cookie, empty, pixel, script } from './reply.mjs'

/** Properties whose owner has switched Google signals on. */
const withSignals = ['G-KILPI2026']

export const ide = cookie('IDE', 'AHWqTUk-stand-in', 395, '.doubleclick.net')

export default [
  {
    host: 'www.googletagmanager.com',
    path: '/gtag/js',
    reply: ({ url }) => script('gtag.js', gtag, { id: url.searchParams.get('id') ?? '', withSignals }),
  },
  { host: /(^|\.)(google-analytics\.com|analytics\.google\.com)$/, path: '/g/collect', reply: () => empty() },
  { host: 'stats.g.doubleclick.net', path: /^\/[gj]\/collect$/, reply: () => empty([ide]) },
  { host: /^www\.google\.(com|fi)$/, path: '/ads/ga-audiences', reply: () => pixel() },
]

/** Runs in the page. */
function gtag(options, keep) {
  window.dataLayer ||= []
  const queue = window.dataLayer
  // Several ids load this file several times; they share one reading of the queue.
  window.google_tag_data ||= {
    ids: [],
    configured: new Map(),
    waiting: [],
    consent: {},
    settings: {},
  }
  const shared = window.google_tag_data
  const first = shared.ids.length === 0
  shared.ids.push(options.id)

  const granted = (type) => shared.consent[type] !== 'denied'
  const random = () => Math.floor(Math.random() * 1e10)

  const commands = {
    js() {},
    consent(kind, types) {
      for (const [type, value] of Object.entries(types)) {
        if (kind === 'update' || !(type in shared.consent)) shared.consent[type] = value
      }
      if (kind === 'update') for (const id of shared.configured.keys()) remember(id)
    },
    set(name, value) {
      Object.assign(shared.settings, typeof name === 'string' ? { [name]: value } : name)
    },
    config(id, settings = {}) {
      if (!shared.ids.includes(id)) {
        shared.waiting.push([id, settings])
        return
      }
      if (shared.configured.has(id)) return
      shared.configured.set(id, settings)
      remember(id)
      if (id.startsWith('AW-')) remarket(id)
      else if (settings.send_page_view !== false) collect(id, 'page_view')
    },
    event(name, parameters = {}) {
      const target = String(parameters.send_to || '')
      if (target.startsWith('AW-')) {
        if (granted('ad_storage'))
          beacon(`https://www.googleadservices.com/pagead/conversion/${target.slice(3)}/`)
        return
      }
      for (const id of shared.configured.keys()) if (!id.startsWith('AW-')) collect(id, name)
    },
    get(_id, field, then) {
      if (typeof then === 'function') then(field === 'client_id' ? clientId() : undefined)
    },
  }

  const clientId = () => /(?:^|; )_ga=GA1\.\d\.([\d.]+)/.exec(document.cookie)?.[1]

  function remember(id) {
    if (window[`ga-disable-${id}`]) return
    if (id.startsWith('AW-')) {
      if (granted('ad_storage')) keep('_gcl_au', `1.1.${random()}.${Math.floor(Date.now() / 1000)}`, 90)
    } else if (granted('analytics_storage')) {
      const now = Math.floor(Date.now() / 1000)
      if (!clientId()) keep('_ga', `GA1.1.${random()}.${now}`, 730)
      keep(`_ga_${id.slice(2)}`, `GS2.1.s${now}$o1$g0$t${now}$j60$l0$h0`, 730)
    }
  }

  function collect(id, event) {
    if (window[`ga-disable-${id}`]) return
    const state = `G1${granted('ad_storage') ? 1 : 0}${granted('analytics_storage') ? 1 : 0}`
    const query = new URLSearchParams({ v: '2', tid: id, cid: clientId() || '', en: event, gcs: state })
    query.set('dl', location.origin + location.pathname)
    beacon(`https://www.google-analytics.com/g/collect?${query}`)
    const signals = shared.settings.allow_google_signals
    const on = signals === true || (signals === undefined && options.withSignals.includes(id))
    if (on && granted('ad_storage')) {
      beacon(`https://stats.g.doubleclick.net/g/collect?${query}`)
      new Image().src = `https://www.google.com/ads/ga-audiences?v=1&tid=${id}`
    }
  }

  function remarket(id) {
    if (!granted('ad_storage')) return
    const ads = granted('ad_personalization') ? '' : '&npa=1'
    new Image().src = `https://googleads.g.doubleclick.net/pagead/viewthroughconversion/${id.slice(3)}/?guid=ON${ads}`
  }

  function beacon(url) {
    fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', keepalive: true }).catch(() => {})
  }

  /** Only what `arguments` made counts: arrays are pushed by mistake, plain objects are for a container. */
  function obey(entry) {
    if (Object.prototype.toString.call(entry) !== '[object Arguments]') return
    const [command, ...rest] = entry
    if (Object.hasOwn(commands, command)) commands[command](...rest)
  }

  if (first) {
    for (const entry of Array.from(queue)) obey(entry)
    const push = queue.push
    queue.push = (...entries) => {
      const length = push.apply(queue, entries)
      entries.forEach(obey)
      return length
    }
    shared.config = commands.config
  } else {
    for (const [id, settings] of shared.waiting.splice(0)) shared.config(id, settings)
  }
}
