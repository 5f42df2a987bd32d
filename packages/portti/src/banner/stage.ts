/**
 * For tests: a banner on a jsdom page, with a real policy, real texts and a real consent behind it. The settings are no part of
 * it (`settings/stage.ts`): asked for, they fail to come.
 */
import { atom } from 'nanostores'
import { vi } from 'vitest'
import { createConsent } from '../consent/consent.ts'
import type { Decision } from '../consent/decision.ts'
import { record } from '../consent/record.ts'
import type { Place } from '../gate/place.ts'
import { languages } from '../locales/index.ts'
import type { Messages } from '../locales/messages.ts'
import type { DeclaredPolicy } from '../policy/declared-policy.ts'
import { normalise } from '../policy/normalise.ts'
import { catalogue } from '../services/catalogue.ts'
import { createBanner } from './banner.tsx'
import type { BannerOptions } from './scene.ts'
import { createWording } from './wording.ts'

export const declared: DeclaredPolicy = {
  controller: {
    name: 'Yritys Oy',
    email: 'tietosuoja@yritys.example',
    privacyNotice: { fi: '/tietosuoja', sv: '/sv/dataskydd', en: '/en/privacy' },
  },
  categories: [
    { id: 'necessary', services: ['session', 'paytrail'] },
    { id: 'analytics', services: ['google-analytics'] },
    { id: 'demographics', needs: 'analytics', services: ['google-signals'] },
    { id: 'social', services: ['facebook', 'linkedin', 'x'] },
    { id: 'ads', services: ['google-ads', 'meta-pixel'] },
  ],
}

export const textsOf = (language: string): Messages => languages.get(language) as Messages

export interface Setting extends Partial<Omit<BannerOptions, 'policy' | 'declared'>> {
  readonly policy?: DeclaredPolicy
  /** Whether the store keeps what is written. */
  readonly keeps?: boolean
  /** Instead of what a fresh visitor has. */
  readonly decision?: Decision
}

export function stage({ policy: given = declared, keeps = true, decision, ...rest }: Setting = {}) {
  const policy = normalise(given, catalogue)
  const now = rest.now ?? (() => Date.UTC(2026, 10, 22))
  const $decision = atom<Decision>(decision ?? { kind: 'unasked', choice: {} })
  const consent = createConsent({
    policy,
    store: { read: () => [], write: () => keeps, tell: () => {}, listen: () => () => {} },
    now,
    gpc: rest.gpc ?? false,
    changed: () => $decision.set({ ...consent.decision() }),
  })
  const language = rest.language ?? 'fi'
  const act = {
    acceptAll: vi.fn(consent.acceptAll),
    rejectAll: vi.fn(consent.rejectAll),
    choose: vi.fn((choice: Parameters<typeof consent.choose>[0]) => consent.choose(choice, 'save')),
    withdraw: vi.fn(consent.withdraw),
    receipt: vi.fn(() =>
      record(policy, $decision.get(), { scope: 'https://yritys.example', language, gpc: false, now: now() }),
    ),
    reload: vi.fn(),
  }
  const options: BannerOptions = {
    version: '1.2.3',
    gpc: false,
    language,
    messages: textsOf(language),
    nonce: undefined,
    stored: consent.stored,
    allows: consent.allows,
    act,
    loadSettings: () => Promise.reject(new Error('no settings here')),
    ...rest,
    policy,
    declared: given,
    $decision,
    now,
  }
  const banner = createBanner(options)
  const host = () => document.querySelector<HTMLElement>('#portti')
  const root = () => host()?.shadowRoot as ShadowRoot
  const all = (selector: string) => [...(host()?.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])]
  const one = (selector: string) => all(selector)[0] as HTMLElement
  const press = (action: string, within = '') => one(`${within} [data-portti-action=${action}]`).click()
  return {
    banner,
    scene: { ...options, note: undefined, wording: createWording(language, options.messages, policy) },
    consent,
    policy,
    act,
    $decision,
    host,
    root,
    all,
    one,
    press,
    place: (id: string, rest: Partial<Place> = {}) => {
      const host = document.createElement('div')
      document.body.append(host)
      const service = policy.services.get(id)
      const place: Place = {
        host,
        services: service ? [service] : [],
        categories: [],
        kind: 'frame',
        link: undefined,
        retired: false,
        once: vi.fn(),
        always: vi.fn(),
        ...rest,
      }
      const end = banner.drawPlace(place)
      return { place, host, end, root: host.shadowRoot as ShadowRoot }
    },
  }
}

/** What jsdom lacks. `height` is what a shown dialog measures: 0 is one that a filter hides. */
export function furnish(height = () => 400): void {
  const { prototype } = HTMLDialogElement
  prototype.showModal = function () {
    this.setAttribute('open', '')
  }
  prototype.close = function () {
    this.removeAttribute('open')
    this.dispatchEvent(new Event('close'))
  }
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: height })
}

/** Lets what was promised come: settings that are here already, or fail to come. */
export async function settled(): Promise<void> {
  for (let step = 0; step < 5; step++) await undefined
}
