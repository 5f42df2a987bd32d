/** What every contestant has to do: ask about these services in Finnish, and hold these things until the yes. */

export type CategoryId = 'analytics' | 'ads' | 'media'

export interface Service {
  readonly id: string
  readonly name: string
  readonly category: CategoryId
  readonly cookies: readonly string[]
}

/** A thing on the page that waits for a category. */
export type Held =
  | {
      readonly kind: 'external'
      readonly category: CategoryId
      readonly service: string
      readonly src: string
    }
  | {
      readonly kind: 'inline'
      readonly category: CategoryId
      readonly service: string
      readonly code: string
    }
  | { readonly kind: 'frame'; readonly category: CategoryId; readonly service: string; readonly src: string }

export interface Task {
  readonly services: readonly Service[]
  readonly held: readonly Held[]
}

/** Who asks; in every contestant's texts and links. */
export const site = { name: 'Mallila Oy', privacyNotice: '/tietosuoja' } as const

export const categories: readonly CategoryId[] = ['analytics', 'ads', 'media']

const counter: Service = {
  id: 'laskuri',
  name: 'Kävijälaskuri',
  category: 'analytics',
  cookies: ['laskuri_id', 'laskuri_istunto'],
}
const adNetwork: Service = { id: 'mainos', name: 'Mainosverkko', category: 'ads', cookies: ['mainos_id'] }
const videos: Service = { id: 'videot', name: 'Videopalvelu', category: 'media', cookies: ['videot_tila'] }
const services = [counter, adNetwork, videos]

/** Where the analytics script lies; the moment of its request is measured. */
export const analyticsPath = '/laskuri.js'

/** An ordinary page: an inline analytics snippet, the external script that it is for, and an external ad script. */
export function ordinary(trackers: string): Task {
  return {
    services,
    held: [
      {
        kind: 'inline',
        category: 'analytics',
        service: counter.id,
        code: "window.laskuri={id:'M-1'};ran(0)",
      },
      { kind: 'external', category: 'analytics', service: counter.id, src: `${trackers}${analyticsPath}` },
      { kind: 'external', category: 'ads', service: adNetwork.id, src: `${trackers}/mainos.js` },
    ],
  }
}

/** `count` inline scripts of one service. Inline, so that no network hides what releasing costs. */
export function manyScripts(count: number): Task {
  return {
    services,
    held: Array.from({ length: count }, (_, number) => ({
      kind: 'inline',
      category: 'analytics',
      service: counter.id,
      code: `ran(${number})`,
    })),
  }
}

/** `count` video frames. */
export function manyFrames(count: number, trackers: string): Task {
  return {
    services,
    held: Array.from({ length: count }, (_, number) => ({
      kind: 'frame',
      category: 'media',
      service: videos.id,
      src: `${trackers}/video.html?${number}`,
    })),
  }
}

/** Cookies of one of many services: so many that the declaration of 5,000 fits into the 256 KB that Portti reads. */
const COOKIES = 50

/** `count` cookies of as many services as it takes, a third of them in each category; the ordinary scripts are held. */
export function manyServices(count: number, trackers: string): Task {
  const many = Math.max(services.length, Math.ceil(count / COOKIES))
  const declared = Array.from({ length: many }, (_, number): Service => {
    const category = categories[number % categories.length] as CategoryId
    const known = services[number] ?? { id: `p-${number}`, name: `Palvelu ${number}`, category }
    const own = Math.ceil((count - number) / many)
    return { ...known, cookies: Array.from({ length: own }, (_, cookie) => `p${number}_${cookie}`) }
  })
  return { services: declared, held: ordinary(trackers).held }
}

/** How many things the page writes down with `ran` once everything was released. */
export const expected = (task: Task): number => task.held.filter(({ kind }) => kind !== 'frame').length
