// @vitest-environment jsdom
import { afterEach, describe, expect, test } from 'vitest'
import { categories, categoriesWith, policyWith } from '../../../../test/fixtures/policy.ts'
import type { Policy } from '../policy/policy.ts'
import { createGoogleBridge, googleSignals } from './google.ts'

const page = window as unknown as Record<string, unknown>
const policy = policyWith()
afterEach(() => {
  for (const name of Object.keys(page)) if (/^(dataLayer|ga-disable-)/.test(name)) delete page[name]
  document.body.replaceChildren()
})

const layer = () => page.dataLayer as ArrayLike<unknown>[]
const commands = (from = 0) =>
  layer()
    .slice(from)
    .map((command) => Array.from(command))
/** Asks the bridge as if exactly these categories, with their services, were granted. */
const allowing =
  (ids: string[], of: Policy = policy) =>
  (id: string) =>
    ids.includes(id) || ids.includes(of.services.get(id)?.category ?? '')

const denied = {
  analytics_storage: 'denied',
  ad_storage: 'denied',
  ad_user_data: 'denied',
  ad_personalization: 'denied',
  functionality_storage: 'denied',
  personalization_storage: 'denied',
  security_storage: 'granted',
}

describe('Google Consent Mode', () => {
  test('is told that everything is denied, before anything else', () => {
    createGoogleBridge(policy)
    expect(commands()).toEqual([
      ['set', 'ads_data_redaction', true],
      ['consent', 'default', denied],
      ['set', 'allow_google_signals', false],
      ['set', 'allow_ad_personalization_signals', false],
    ])
  })

  test('is told in arguments objects, which alone it heeds', () => {
    createGoogleBridge(policy).tell(allowing(['analytics']))
    expect(layer().length).toBe(7)
    for (const command of layer()) {
      expect(Array.isArray(command)).toBe(false)
      expect(Object.prototype.toString.call(command)).toBe('[object Arguments]')
    }
  })

  test('is told an update on each change, after the default', () => {
    const bridge = createGoogleBridge(policy)
    bridge.tell(allowing(['analytics']))
    bridge.tell(allowing([]))
    expect(commands(4)).toEqual([
      ['consent', 'update', { ...denied, analytics_storage: 'granted' }],
      ['set', 'allow_google_signals', false],
      ['set', 'allow_ad_personalization_signals', false],
      ['consent', 'update', denied],
      ['set', 'allow_google_signals', false],
      ['set', 'allow_ad_personalization_signals', false],
    ])
  })

  test('keeps what the page has queued already', () => {
    const own = { event: 'own' }
    page.dataLayer = [own]
    createGoogleBridge(policy)
    expect(layer()[0]).toBe(own)
    expect(layer()).toHaveLength(5)
  })

  test.each([null, {}, 'text', document.createElement('form')])(
    'makes its queue where %s stands under that name',
    (there) => {
      page.dataLayer = there
      createGoogleBridge(policy)
      expect(commands()).toHaveLength(4)
    },
  )

  test.each([
    [[], ['denied', 'denied', 'denied', 'denied'], false, false],
    [['analytics'], ['granted', 'denied', 'denied', 'denied'], false, false],
    [['analytics', 'demographics'], ['granted', 'granted', 'granted', 'denied'], true, false],
    [['analytics', 'ads'], ['granted', 'granted', 'granted', 'granted'], false, true],
    [['analytics', 'demographics', 'ads'], ['granted', 'granted', 'granted', 'granted'], true, true],
    [['ads'], ['denied', 'granted', 'granted', 'granted'], false, true],
  ])(
    'with %j granted is told %j',
    (granted, [analytics, storage, userData, personalization], signals, personal) => {
      createGoogleBridge(policy).tell(allowing(granted))
      expect(commands(4)).toEqual([
        [
          'consent',
          'update',
          {
            ...denied,
            analytics_storage: analytics,
            ad_storage: storage,
            ad_user_data: userData,
            ad_personalization: personalization,
          },
        ],
        ['set', 'allow_google_signals', signals],
        ['set', 'allow_ad_personalization_signals', personal],
      ])
    },
  )

  test('maps functional to the two storages of settings', () => {
    expect(googleSignals(false, false, false, true).consent).toEqual({
      ...denied,
      functionality_storage: 'granted',
      personalization_storage: 'granted',
    })
  })

  test('follows the service and not its category where the two differ', () => {
    const bridge = createGoogleBridge(policy)
    bridge.tell((id) => id === 'analytics' || id === 'microsoft-clarity')
    bridge.tell((id) => id === 'google-analytics')
    const updates = commands().filter(([, command]) => command === 'update')
    expect(updates).toMatchObject([
      ['consent', 'update', { analytics_storage: 'denied' }],
      ['consent', 'update', { analytics_storage: 'granted' }],
    ])
  })

  test('follows the category where only a container is declared, and knows a service under another id', () => {
    const container = policyWith({
      categories: [
        { id: 'analytics', services: ['google-tag-manager'] },
        { id: 'ads', services: [{ id: 'own', use: 'google-ads' }] },
      ],
    })
    createGoogleBridge(container).tell(allowing(['analytics', 'ads'], container))
    expect(commands()[4]?.[2]).toMatchObject({ analytics_storage: 'granted', ad_storage: 'granted' })
  })

  test('never grants what the policy has no category for', () => {
    const small = policyWith({ categories: categoriesWith().filter(({ id }) => id === 'analytics') })
    expect(categories.length).toBeGreaterThan(1)
    createGoogleBridge(small).tell(allowing(['analytics'], small))
    expect(commands()[4]?.[2]).toEqual({ ...denied, analytics_storage: 'granted' })
  })
})

describe('the switch of Google Analytics', () => {
  test('is thrown for each property on the page when it may not run, and back', () => {
    document.body.innerHTML = `
      <script type="x" src="https://www.googletagmanager.com/gtag/js?id=G-ABC123"></script>
      <script type="x" src="https://www.googletagmanager.com/gtag/js?id=G-DEF&l=dataLayer"></script>
      <script type="x" src="https://www.googletagmanager.com/gtag/js?id=AW-1"></script>
      <script type="x" data-src="https://www.googletagmanager.com/gtag/js?id=G-HELD"></script>`
    const switches = () =>
      Object.fromEntries(Object.entries(page).filter(([name]) => name.startsWith('ga-disable')))
    const bridge = createGoogleBridge(policy)
    expect(switches()).toEqual({})
    bridge.tell(allowing([]))
    expect(switches()).toEqual({ 'ga-disable-G-ABC123': true, 'ga-disable-G-DEF': true })
    bridge.tell(allowing(['analytics']))
    expect(switches()).toEqual({ 'ga-disable-G-ABC123': false, 'ga-disable-G-DEF': false })
  })
})
