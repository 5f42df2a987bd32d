/**
 * Pages that are made into the next one element by element: whatever the next one lacks goes, our marks and placeholders among it. So
 * do Turbo (idiomorph), Phoenix LiveView (morphdom) and Livewire (Alpine's morph). Random lists of what waits, with answers in
 * between; after each look everything stands where the site put it, and loads if it may. `SEED=7 SEEDS=1` plays one again.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { bundle } from './bundle.ts'
import { type Chance, chanceTag } from './chance.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { fixturePage, policy, porttiFile } from './fixture.ts'
import { openWorld, script, standIns, type World } from './world.ts'

type Morph = (app: HTMLElement, html: string) => void
// What functions that run in the page see there.
declare const window: Window &
  typeof globalThis & {
    portti: Portti
    morphs: Readonly<Record<string, Morph>>
    chance: (seed: number) => Chance
  }

const first = Number(process.env.SEED ?? 1)
const seeds = Array.from({ length: Number(process.env.SEEDS ?? 2) }, (_, number) => first + number)
const STEPS = 40
const libraries = ['idiomorph', 'morphdom', 'alpine'] as const

let world: World
let page: Page
beforeAll(async () => {
  const morphs = await bundle(`import { Idiomorph } from 'idiomorph'
    import morphdom from 'morphdom'
    import Alpine from 'alpinejs'
    import morph from '@alpinejs/morph'
    Alpine.plugin(morph)
    const whole = (html) => '<div id="app">' + html + '</div>'
    window.morphs = {
      idiomorph: (app, html) => Idiomorph.morph(app, html, { morphStyle: 'innerHTML' }),
      morphdom: (app, html) => morphdom(app, whole(html)),
      alpine: (app, html) => Alpine.morph(app, whole(html)),
    }
    document.addEventListener('DOMContentLoaded', () => setTimeout(() => Alpine.start(), 100))`)
  world = await openWorld(porttiFile, standIns(), ({ path }) =>
    path === '/morphs.js' ? script(morphs) : undefined,
  )
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})

async function open(host: string, body: string, tag = ''): Promise<void> {
  world.clear()
  const head = '<script src="/morphs.js"></script>'
  world.route(
    host,
    // No script runs that only a new page would stop.
    fixturePage({
      policy: { ...policy, afterWithdraw: 'offer' },
      tag,
      first: consoleTap() + chanceTag,
      head,
      body,
    }),
  )
  await page.goto(host)
}

/** Runs in the page. @returns What was wrong at the first look at which anything was, with the last steps before it. */
async function course({
  seed,
  steps,
  library,
  guard,
}: {
  seed: number
  steps: number
  library: string
  guard: boolean
}): Promise<string[]> {
  const { portti, morphs, chance } = window
  const { upTo, any } = chance(seed)
  const one = <T>(list: readonly T[]) => any(list) as T
  const app = document.querySelector('#app') as HTMLElement
  const bases = { youtube: 'https://www.youtube.com/embed/', facebook: 'https://www.facebook.com/plugins/' }
  type Service = keyof typeof bases

  let made = 0
  const marked = [
    (id: string, url: string, of: Service) =>
      `<iframe${id} title="x" data-service="${of}" data-src="${url}"></iframe>`,
    (id: string, url: string, of: Service) => `<img${id} alt="" data-service="${of}" data-src="${url}">`,
    (id: string, _: string, __: Service) => `<p${id}>text</p>`,
  ]
  const bare = [
    (id: string, url: string) => `<iframe${id} title="x" src="${url}"></iframe>`,
    (id: string, url: string) => `<div${id}><iframe title="x" src="${url}"></iframe></div>`,
    (id: string) => `<p${id}>text</p>`,
  ]
  const make = () => ({
    draw: one<(id: string, url: string, of: Service) => string>(guard ? bare : marked),
    id: upTo(2) ? ` id="i${made}"` : '',
    service: one<Service>(['youtube', 'facebook']),
    address: made++,
    boxed: upTo(3) === 0,
  })
  const items = [make(), make()]
  const url = ({ service, address }: (typeof items)[number]) => `${bases[service]}${address}.`
  const html = () =>
    items
      .map((item) => {
        const drawn = item.draw(item.id, url(item), item.service)
        return item.boxed ? `<section>${drawn}</section>` : drawn
      })
      .join('\n')

  const allowed = new Set<Service>()
  const answer = (choice: Record<string, boolean>, service: Service) => {
    portti.choose(choice)
    allowed.add(service)
  }
  const actions: Readonly<Record<string, () => void>> = {
    add: () => items.splice(upTo(items.length + 1), 0, make()),
    remove: () => items.splice(upTo(items.length), 1),
    move: () => items.push(...items.splice(0, 1)),
    'another address': () => {
      const item = any(items)
      if (item) item.address = made++
    },
    'another service': () => {
      const item = any(items)
      if (item) item.service = one<Service>(['youtube', 'facebook'])
    },
    same: () => {},
    'yes to media': () => answer({ media: true }, 'youtube'),
    'yes to social': () => answer({ social: true }, 'facebook'),
    no: () => {
      portti.rejectAll()
      allowed.clear()
    },
  }

  function faults(): string[] {
    const found: string[] = []
    const tell = (what: string, element: Element) =>
      found.push(`${what}: ${element.outerHTML.replace(/ style="[^"]*"/, '')}`)
    const loading: string[] = []
    for (const element of app.querySelectorAll<HTMLElement>('iframe, img')) {
      const source = element.getAttribute('src')
      if (source !== null) loading.push(source)
      if (element.localName === 'img') continue
      const place = element.previousElementSibling?.hasAttribute('data-portti-place') ?? false
      if ((source === null) !== place) tell(place ? 'has a placeholder still' : 'has no placeholder', element)
      if ((source === null) !== (element.style.display === 'none'))
        tell(source === null ? 'is seen' : 'is hidden', element)
    }
    const shown = items.filter(
      ({ draw, service }) => allowed.has(service) && !/<p/.test(draw('', '', service)),
    )
    const due = shown.map(url).sort().join(' ')
    if (loading.sort().join(' ') !== due) found.push(`loads ${loading.join(' ')} instead of ${due}`)
    const places = app.querySelectorAll('[data-portti-place]').length
    const waiting = app.querySelectorAll('iframe:not([src])').length
    if (places !== waiting) found.push(`${places} placeholders for ${waiting} frames`)
    return found
  }

  // What WebKit's driver runs is no task: a frame that loads at once would let microtasks in between.
  await new Promise((task) => setTimeout(task))
  const log: string[] = []
  for (let step = 0; step < steps; step++) {
    const [name, act] = one(Object.entries(actions))
    log.push(name)
    act()
    if (!/^yes|^no$/.test(name) || upTo(2) > 0) morphs[library]?.(app, html())
    // Pages do more than one thing at a time.
    if (upTo(3) === 0 && step < steps - 1) continue
    // What is changed is looked at before a frame.
    await undefined
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 5)))
    const found = faults()
    if (found.length > 0) return [`step ${step}: ${log.slice(-8).join(', ')}`, ...found.slice(0, 3), html()]
  }
  return []
}

describe.each(libraries)('a page that %s makes into the next', (library) => {
  test.for([
    ['marked', false],
    ['under the guard', true],
  ] as const)('has what is %s as the next one has it, and as it was answered', async ([, guard]) => {
    for (const seed of seeds) {
      const host = `https://${library}-${guard ? 'guarded' : 'marked'}-${seed}.shop.example/`
      await open(host, '<div id="app"></div>', guard ? 'data-guard' : '')
      const given = { seed, steps: STEPS, library, guard }
      expect(await page.eval(course, given), `seed ${seed}`).toEqual([])
      expect(await page.console(), `seed ${seed}`).toEqual([])
    }
  })
})

test('what Alpine gives its marks and its address when it starts waits, and follows what it is given later', async () => {
  await open(
    'https://bound.shop.example/',
    `<div x-data="{ service: 'youtube', url: 'https://www.youtube.com/embed/1' }">
      <iframe title="x" :data-service="service" :data-src="url"></iframe>
      <button id="next" @click="url = 'https://www.youtube.com/embed/2'">2</button>
      <button id="other" @click="service = 'facebook'; url = 'https://www.facebook.com/plugins/3'">3</button></div>`,
  )
  const places = () => page.eval(() => document.querySelectorAll('[data-portti-place]').length)
  const source = () => page.eval(() => document.querySelector('iframe')?.getAttribute('src') ?? null)
  const press = (selector: string) =>
    page.eval((at) => document.querySelector<HTMLElement>(at)?.click(), selector)
  await expect.poll(places).toBe(1)
  expect(await source()).toBeNull()
  await page.eval(() => window.portti.choose({ media: true }))
  await expect.poll(source).toBe('https://www.youtube.com/embed/1')
  await press('#next')
  await expect.poll(source).toBe('https://www.youtube.com/embed/2')
  await press('#other')
  await expect.poll(places).toBe(1)
  expect(await source()).toBeNull()
  expect(world.to('www.facebook.com')).toEqual([])
  expect(await page.console()).toEqual([])
})
