/** The policy of every page of the suite: services of the catalogue, and trackers that the site declares itself. */

const own = (
  id: string,
  urls: readonly string[],
  names: { cookies?: readonly string[]; storage?: readonly string[] } = {},
) => ({
  id,
  name: id,
  provider: {
    name: `${id} Oy`,
    country: 'FI',
    role: 'processor',
    privacyNotice: `https://${id}.example/privacy`,
  },
  transfer: { ground: 'eea' },
  urls,
  cookies: (names.cookies ?? []).map((name) => ({ name, days: 365, purpose: 'Tunniste' })),
  storage: (names.storage ?? []).flatMap((name) =>
    ['localStorage', 'sessionStorage', 'indexedDB', 'cacheStorage'].map((where) => ({
      in: where,
      name,
      purpose: 'Tunniste',
    })),
  ),
})

export const leakPolicy = {
  controller: { name: 'Mallila Oy', email: 'tietosuoja@mallila.example', privacyNotice: '/tietosuoja' },
  languages: ['fi', 'sv', 'en'],
  // The suite loads the page again itself.
  afterWithdraw: 'offer',
  categories: [
    { id: 'necessary', services: ['session'] },
    {
      id: 'analytics',
      services: [
        'google-analytics',
        'google-tag-manager',
        'microsoft-clarity',
        own(
          'counter',
          [
            'tracker.example',
            '*.tracker.example',
            'xn--mittri-eua.example',
            '*.shop.example/laskuri/',
            'shared.example/laskuri',
          ],
          {
            cookies: ['trk_*'],
            storage: ['trk_*'],
          },
        ),
        own('posthog', ['*.i.posthog.com', 'us.posthog.com'], {
          cookies: ['ph_*', 'dmn_chk_*'],
          storage: ['ph_*', '__ph*', '_postHog*', 'lz_*', 'posthog*'],
        }),
        own('snowplow', ['*.snow.example'], { cookies: ['_sp_*'], storage: ['snowplow*', '_sp_*'] }),
        own('segment', ['*.segment.com', '*.segment.io'], {
          cookies: ['ajs_*', 'analytics_*'],
          storage: ['ajs_*', 'analytics_*', 'persisted-queue*', 'seg_*'],
        }),
        own('mixpanel', ['*.mixpanel.com', '*.mxpnl.com'], {
          cookies: ['mp_*'],
          storage: ['mp_*', '__mp*', 'mixpanel*', 'mprec_*'],
        }),
        own('plausible', ['plausible.io']),
      ],
    },
    { id: 'demographics', needs: 'analytics', services: ['google-signals'] },
    { id: 'social', services: ['facebook', 'linkedin', 'x', 'instagram'], perService: false },
    { id: 'media', services: ['youtube'], perService: false },
    { id: 'ads', services: ['google-ads', 'meta-pixel', 'linkedin-insight'] },
  ],
}

/** The category that holds a service. */
export function categoryOf(service: string): string {
  const found = leakPolicy.categories.find(({ services }) =>
    services.some((one) => (typeof one === 'string' ? one : one.id) === service),
  )
  if (!found) throw new Error(`the suite's policy has no service ${service}`)
  return found.id
}
