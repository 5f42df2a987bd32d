/** Trackers' real code from npm: bundled by the site and served from its own host, or from the vendor's as a snippet does. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { buildSync } from 'esbuild'
import { script } from '../../browser/world.ts'
import type { Family, LeakCase } from '../leak-case.ts'

const require = createRequire(import.meta.url)
const fresh = { 'cache-control': 'no-store', 'access-control-allow-origin': '*' }
const json = (value: unknown) => ({
  headers: { 'content-type': 'application/json', ...fresh },
  body: JSON.stringify(value),
})

/** What a site's build makes of a few lines. */
function bundle(lines: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents: lines, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}
const file = (path: string) => readFileSync(require.resolve(path), 'utf8')

/** The page's own file: it may run, but nothing that it sends or keeps may get through. */
const own = (
  name: string,
  lines: string,
  more: Partial<LeakCase> & Pick<LeakCase, 'reaches' | 'service'>,
): LeakCase => ({
  name,
  body: '<script src="/assets/app.js"></script>',
  routes: { '/assets/app.js': script(bundle(lines), fresh) },
  nextLoad: true,
  anyCount: true,
  ...more,
})

export const bundles: Family = {
  name: "trackers' real code from npm",
  cases: [
    own(
      'posthog-js in a bundle of the site',
      `import posthog from 'posthog-js'
       posthog.init('phc_leak', { api_host: 'https://eu.i.posthog.com', request_batching: false, disable_session_recording: true, opt_out_useragent_filter: true, advanced_disable_feature_flags: true })
       posthog.capture('opened')`,
      { service: 'posthog', reaches: ['eu.i.posthog.com/e/'], leaves: ['localStorage ph_phc_leak_posthog'] },
    ),
    own(
      'the browser tracker of Snowplow in a bundle of the site',
      `import { newTracker, trackPageView, trackStructEvent } from '@snowplow/browser-tracker'
       newTracker('sp', 'https://c.snow.example', { appId: 'shop', stateStorageStrategy: 'cookieAndLocalStorage' })
       trackPageView(); trackStructEvent({ category: 'shop', action: 'open' })`,
      { service: 'snowplow', reaches: ['c.snow.example/com.snowplowanalytics.snowplow/tp2'], leaves: [] },
    ),
    own(
      'analytics-next of Segment in a bundle of the site',
      `import { AnalyticsBrowser } from '@segment/analytics-next'
       const analytics = AnalyticsBrowser.load({ writeKey: 'leak' })
       analytics.page(); analytics.track('opened')`,
      {
        service: 'segment',
        reaches: ['cdn.segment.com/v1/projects/leak/settings', 'api.segment.io/v1/p'],
        leaves: ['cookie ajs_anonymous_id', 'localStorage ajs_anonymous_id'],
      },
    ),
    own(
      'mixpanel-browser in a bundle of the site',
      `import mixpanel from 'mixpanel-browser'
       mixpanel.init('leak', { batch_requests: false, persistence: 'localStorage', api_host: 'https://api-eu.mixpanel.com' })
       mixpanel.track('opened')`,
      {
        service: 'mixpanel',
        reaches: ['api-eu.mixpanel.com/track/'],
        leaves: ['localStorage mp_leak_mixpanel'],
      },
    ),
    own(
      'mixpanel-browser with cookies in a bundle of the site',
      `import mixpanel from 'mixpanel-browser'
       mixpanel.init('leak', { batch_requests: false, persistence: 'cookie', api_transport: 'sendBeacon' })
       mixpanel.track('opened')`,
      { service: 'mixpanel', reaches: ['api-js.mixpanel.com/track/'], leaves: ['cookie mp_leak_mixpanel'] },
    ),
    own(
      'plausible-tracker in a bundle of the site',
      `import Plausible from 'plausible-tracker'
       const { trackPageview, enableAutoPageviews } = Plausible({ domain: 'shop.example', trackLocalhost: true })
       enableAutoPageviews(); trackPageview()`,
      { service: 'plausible', reaches: ['plausible.io/api/event'] },
    ),
    {
      name: "posthog-js from its vendor's host",
      service: 'posthog',
      head: `<script>(function (d) { var p = window.posthog = []; p._i = []; p.__SV = 1; p.people = []; p.init = function (key, options, name) { p._i.push([key, options, name || 'posthog']) };
          p.capture = function () { p.push(['capture'].concat([].slice.call(arguments))) };
          var s = d.createElement('script'); s.async = true; s.crossOrigin = 'anonymous'; s.src = 'https://eu-assets.i.posthog.com/static/array.js'; var f = d.getElementsByTagName('script')[0]; f.parentNode.insertBefore(s, f) })(document)
        posthog.init('phc_leak', { api_host: 'https://eu.i.posthog.com', request_batching: false, disable_session_recording: true, opt_out_useragent_filter: true, advanced_disable_feature_flags: true })</script>`,
      routes: {
        'https://eu-assets.i.posthog.com/static/array.js': script(file('posthog-js/dist/array.js'), fresh),
      },
      reaches: ['eu-assets.i.posthog.com/static/array.js', 'eu.i.posthog.com/e/'],
      leaves: ['localStorage ph_phc_leak_posthog'],
      anyCount: true,
    },
    {
      name: "analytics-next of Segment from its vendor's host",
      service: 'segment',
      head: `<script>(function () { var a = window.analytics = window.analytics || []; a.methods = ['page', 'track']; a.methods.forEach(function (m) { a[m] = function () { a.push([m].concat([].slice.call(arguments))); return a } });
          a._writeKey = 'leak'; a.SNIPPET_VERSION = '5.2.0'; var s = document.createElement('script'); s.async = true; s.setAttribute('data-global-segment-analytics-key', 'analytics'); s.src = 'https://cdn.segment.com/analytics.js/v1/leak/analytics.min.js';
          var f = document.getElementsByTagName('script')[0]; f.parentNode.insertBefore(s, f); a.page() })()</script>`,
      routes: {
        'https://cdn.segment.com/analytics.js/v1/leak/analytics.min.js': script(
          readFileSync('node_modules/@segment/analytics-next/dist/umd/standalone.js', 'utf8'),
          fresh,
        ),
      },
      reaches: [
        'cdn.segment.com/analytics.js/v1/leak/analytics.min.js',
        'cdn.segment.com/v1/projects/leak/settings',
        'api.segment.io/v1/p',
      ],
      leaves: ['cookie ajs_anonymous_id'],
      anyCount: true,
    },
    {
      name: "mixpanel-browser from its vendor's host",
      service: 'mixpanel',
      head: `<script>${readFileSync('node_modules/mixpanel-browser/dist/mixpanel-jslib-snippet.min.js', 'utf8').replace(/<\/script/g, '<\\/script')}
        mixpanel.init('leak', { batch_requests: false, persistence: 'localStorage' }); mixpanel.track('opened')</script>`,
      routes: {
        'https://cdn.mxpnl.com/libs/mixpanel-2-latest.min.js': script(
          readFileSync('node_modules/mixpanel-browser/dist/mixpanel.min.js', 'utf8'),
          fresh,
        ),
      },
      reaches: ['cdn.mxpnl.com/libs/mixpanel-2-latest.min.js', 'api-js.mixpanel.com/track/'],
      leaves: ['localStorage mp_leak_mixpanel'],
      anyCount: true,
    },
  ],
}

/** What trackers' servers answer. */
export const vendorAnswers: Readonly<Record<string, ReturnType<typeof json>>> = {
  'cdn.segment.com/v1/projects/leak/settings': json({
    integrations: {
      'Segment.io': {
        apiKey: 'leak',
        unbundledIntegrations: [],
        addBundledMetadata: true,
        apiHost: 'api.segment.io/v1',
      },
    },
    plan: { track: { __default: { enabled: true } } },
  }),
  'eu.i.posthog.com/flags/': json({ featureFlags: {}, supportedCompression: [] }),
}
