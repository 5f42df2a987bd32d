/**
 * What waits, on pages whose code does what it likes with it: random courses of adding, taking away, moving, copying and wrapping,
 * with answers in between. After each look nothing loads that may not, everything does that may, and each frame that waits has one
 * placeholder. `SEED=7 SEEDS=1` plays one course again.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { type Chance, chanceTag } from './chance.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { fixturePage, policy, porttiFile } from './fixture.ts'
import { openWorld, standIns, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const chance: (seed: number) => Chance

const first = Number(process.env.SEED ?? 1)
const seeds = Array.from({ length: Number(process.env.SEEDS ?? 6) }, (_, number) => first + number)
const STEPS = 100

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(porttiFile, standIns())
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})

/** Runs in the page. @returns What was wrong at the first look at which anything was, with the last steps before it. */
async function course({
  seed,
  steps,
  guard,
}: {
  seed: number
  steps: number
  guard: boolean
}): Promise<string[]> {
  const { upTo, any } = chance(seed)
  const app = document.querySelector('#app') as HTMLElement
  const bases = { youtube: 'https://www.youtube.com/embed/', facebook: 'https://www.facebook.com/plugins/' }
  let made = 0
  const address = (service: keyof typeof bases) => `${bases[service]}${made++}.`
  const fragment = (html: string) =>
    document.createRange().createContextualFragment(html).firstElementChild as Element
  const marked = [
    () => `<iframe title="x" data-service="youtube" data-src="${address('youtube')}"></iframe>`,
    () => `<object data-service="youtube" data-data="${address('youtube')}"></object>`,
    () => `<embed data-service="youtube" data-src="${address('youtube')}">`,
    () => `<img alt="" data-service="facebook" data-src="${address('facebook')}">`,
    () =>
      `<template data-service="facebook"><p><iframe title="t" data-src="${address('facebook')}"></iframe></p></template>`,
    () =>
      `<portti-gate service="youtube"><b>Muuten</b><template><iframe title="t" data-src="${address('youtube')}"></iframe></template></portti-gate>`,
    () => `<div class="fb-page" data-href="${address('facebook')}"></div>`,
  ]
  const bare = [
    () => `<object data="${address('youtube')}"></object>`,
    () => `<embed src="${address('youtube')}">`,
    () => `<iframe title="x" src="${address('youtube')}"></iframe>`,
    () =>
      `<div><iframe title="m" src="${address('youtube')}"></iframe><p style="color: red; background: url(${address('facebook')})">x</p></div>`,
  ]
  const boxes = () => [app, ...app.querySelectorAll('.box')]
  const pieces = () => [...app.querySelectorAll('[data-piece], .box')]
  const away: Element[] = []
  let kept: Node | undefined
  let text = ''
  const allowed = new Set<string>()
  const once = new Set<string>()
  /** What code has torn from its template nobody knows again in a copy. */
  const isTorn = () =>
    [...app.querySelectorAll('[data-portti-content]')].some(
      ({ parentElement }) =>
        !parentElement?.matches('portti-gate') && !parentElement?.matches(':has(> template)'),
    )
  const make = () => {
    const element = fragment((any(guard ? [...marked, ...bare] : marked) as () => string)())
    element.setAttribute('data-piece', '')
    return element
  }
  const answer = (choice: Record<string, boolean>, service: string) => {
    portti.choose(choice)
    allowed.add(service)
  }
  const deny = (how: 'rejectAll' | 'withdraw') => {
    portti[how]()
    allowed.clear()
    once.clear()
  }
  // What is changed is looked at before a frame.
  const settled = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 5)))
  const actions: Readonly<Record<string, () => unknown>> = {
    add: () => any(boxes())?.append(make()),
    'add first': () => any(boxes())?.prepend(make()),
    box: () => boxes().length < 5 && any(boxes())?.append(fragment('<section class="box"></section>')),
    remove: () => {
      const piece = any(pieces())
      piece?.remove()
      if (piece) away.push(piece)
    },
    back: () => {
      const piece = away.splice(upTo(away.length), 1)[0]
      const box = any(boxes())
      if (piece && box && !piece.contains(box)) box.append(piece)
    },
    move: () => {
      const [piece, box] = [any(pieces()), any(boxes())]
      if (piece && box && !piece.contains(box)) box.insertBefore(piece, any(box.children) ?? null)
    },
    copy: () => {
      const piece = any(pieces())
      if (pieces().length < 50) piece?.after(piece.cloneNode(true))
    },
    wrap: () => {
      const piece = any(pieces())
      const wrapper = document.createElement('div')
      piece?.replaceWith(wrapper)
      if (piece) wrapper.append(piece)
    },
    'another address': () => {
      const frame = guard ? undefined : any(app.querySelectorAll('iframe[data-piece]'))
      const next = address('youtube')
      if (once.has(frame?.getAttribute('src') ?? '')) once.add(next)
      frame?.setAttribute('data-src', next)
    },
    'another service': () => {
      const frame = guard ? undefined : any(app.querySelectorAll('iframe[data-piece]'))
      const service = any(['youtube', 'facebook'] as const) ?? 'youtube'
      frame?.setAttribute('data-service', service)
      frame?.setAttribute('data-src', address(service))
    },
    'keep the page': () => {
      if (!isTorn()) kept = app.cloneNode(true)
    },
    'go back': () => app.replaceChildren(...(kept?.cloneNode(true).childNodes ?? [])),
    'keep as text': () => {
      if (!isTorn()) text = app.innerHTML
    },
    'write again': () => {
      app.innerHTML = text
    },
    'yes to media': () => answer({ media: true }, 'youtube'),
    'yes to social': () => answer({ social: true }, 'facebook'),
    no: () => deny('rejectAll'),
    'taken back': () => deny('withdraw'),
    once: async () => {
      await settled()
      const place = any(app.querySelectorAll('[data-portti-place]'))
      for (const [found] of (place?.nextElementSibling?.outerHTML ?? '').matchAll(/https:[^"]*\d\./g))
        once.add(found)
      place?.shadowRoot?.querySelector('button')?.click()
    },
  }

  function faults(): string[] {
    const found: string[] = []
    const tell = (what: string, element: Element) =>
      found.push(`${what}: ${element.outerHTML.replace(/ style="[^"]*"/, '')}`)
    for (const [service, base] of Object.entries(bases))
      for (const frame of app.querySelectorAll('iframe, object, embed, img[data-service]')) {
        const source = frame.getAttribute(frame.localName === 'object' ? 'data' : 'src')
        const own = frame.getAttribute('data-service') === service
        if (source?.startsWith(base) && !allowed.has(service) && !once.has(source))
          tell('loads before the yes', frame)
        const named = guard ? null : frame.getAttribute('data-src')
        if (own && source !== null && named !== null && named !== source) tell('shows another address', frame)
        if (source === null && own && allowed.has(service)) tell('waits after the yes', frame)
      }
    for (const frame of app.querySelectorAll(
      'iframe[data-service], object[data-service], embed[data-service]',
    )) {
      const loads = frame.hasAttribute(frame.localName === 'object' ? 'data' : 'src')
      if (loads === (frame.previousElementSibling?.hasAttribute('data-portti-place') ?? false))
        tell(loads ? 'has a placeholder still' : 'has no placeholder', frame)
    }
    return found
  }

  // What WebKit's driver runs is no task: a frame that loads at once would let microtasks in between.
  await new Promise((task) => setTimeout(task))
  const log: string[] = []
  for (let step = 0; step < steps; step++) {
    const [name, act] = any(Object.entries(actions)) ?? ['', () => {}]
    log.push(name)
    await act()
    // Pages do more than one thing at a time.
    if (upTo(2) === 0 && step < steps - 1) continue
    await settled()
    const found = faults()
    if (found.length > 0) return [`step ${step}: ${log.slice(-8).join(', ')}`, ...found.slice(0, 3)]
  }
  return []
}

test.each([
  ['marked', false],
  ['under the guard', true],
])(
  'whatever code does with what is %s, it waits, comes and goes as it was answered',
  async (_, guard) => {
    for (const seed of seeds) {
      const home = `https://${guard ? 'guarded' : 'marked'}-${seed}.shop.example/`
      world.clear()
      world.route(
        home,
        fixturePage({
          // No script runs that only a new page would stop.
          policy: { ...policy, afterWithdraw: 'offer' },
          tag: guard ? 'data-guard' : '',
          first: consoleTap() + chanceTag,
          body: '<div id="app"></div>',
        }),
      )
      await page.goto(home)
      expect(await page.eval(course, { seed, steps: STEPS, guard }), `seed ${seed}`).toEqual([])
      expect(await page.console(), `seed ${seed}`).toEqual([])
    }
  },
  60_000,
)
