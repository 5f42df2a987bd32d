/** How costs grow: held scripts, held frames, declared services, nodes that the page inserts. */
import type { Contestant } from '../contestants/contestant.ts'
import { manyFrames, manyScripts, manyServices, ordinary } from '../task.ts'
import { asVisitor, settle, type Visit } from '../visit.ts'
import { opened } from './banner.ts'
import type { Bench, Traced } from './bench.ts'

/** `count` held scripts: the load, then the accept until nothing more runs. */
export async function heldScripts(
  { browser, server }: Bench,
  contestant: Contestant,
  count: number,
): Promise<Traced> {
  const { ui } = contestant
  return asVisitor(browser, async (visitor) => {
    const visit = await settled(visitor.visit(server.publish(contestant, manyScripts(count))))
    const load = { from: visit.url, to: await visit.mark(), cpu: `held-${count}-load` }
    if (!ui) return { values: {}, windows: [load] }
    await asks(visit, ui.accept, `${count} held scripts`)
    await visit.evaluate(
      "addEventListener('click', (event) => { benchClick = event.timeStamp }, { capture: true, once: true })",
    )
    const from = await visit.mark()
    await visit.click(ui.accept)
    // Nobody who has not run anything for that long will.
    await visit.waitFor(
      `diary.length === ${count} || (diary.length > 0 && performance.now() - diary.at(-1)[1] > 3000)`,
    )
    await settle()
    const accept = {
      from,
      to: await visit.mark(),
      cpu: `held-${count}-accept`,
      longest: `held-${count}-longest`,
    }
    const [ran, inOrder, last] = (await visit.evaluate(
      '[diary.length, diary.every(([id], at) => id === at), (diary.at(-1)?.[1] ?? NaN) - benchClick]',
    )) as [number, boolean, number]
    const remarks = [
      ...(ran === count ? [] : [`of ${count} held scripts ${count - ran} never run`]),
      ...(inOrder ? [] : [`${count} held scripts run in another order than on the page`]),
    ]
    // A figure for work that was not done would look good.
    if (ran !== count) return { values: {}, windows: [load], remarks }
    return { values: { [`held-${count}-wall`]: last }, windows: [load, accept], remarks }
  })
}

export async function heldFrames(
  { browser, server }: Bench,
  contestant: Contestant,
  count: number,
): Promise<Traced> {
  return asVisitor(browser, async (visitor) => {
    const visit = await settled(visitor.visit(server.publish(contestant, manyFrames(count, server.trackers))))
    return { values: {}, windows: [{ from: visit.url, to: await visit.mark(), cpu: `frames-${count}` }] }
  })
}

export async function declaredServices(
  { browser, server }: Bench,
  contestant: Contestant,
  count: number,
): Promise<Traced> {
  const { ui } = contestant
  const url = server.publish(contestant, manyServices(count, server.trackers))
  return asVisitor(browser, async (visitor) => {
    const visit = await settled(visitor.visit(url))
    const load = { from: visit.url, to: await visit.mark(), cpu: `services-${count}` }
    if (!ui) return { values: {}, windows: [load] }
    await asks(visit, ui.accept, `${count} services`)
    await visit.close()
    const watched = await settled(visitor.visit(url, { watch: ui }))
    await asks(watched, ui.accept, `${count} services`)
    await watched.click(ui.settings)
    return { values: { [`services-${count}-settings`]: await opened(watched) }, windows: [load] }
  })
}

/** So many rows that their cost stands out from everything else that a page does meanwhile. */
const ROWS = 50_000

/** The page's own code puts `count` rows in, one at a time, below a banner that waits for an answer. */
export async function insertedNodes(
  { browser, server }: Bench,
  contestant: Contestant,
  count: number,
): Promise<Traced> {
  return asVisitor(browser, async (visitor) => {
    const visit = await settled(visitor.visit(server.publish(contestant, ordinary(server.trackers))))
    const from = await visit.mark()
    await visit.evaluate(`(${insert})(${count}, ${ROWS / count})`)
    return { values: {}, windows: [{ from, to: await visit.mark(), cpu: `inserted-${count}` }] }
  })
}

/**
 * Each list is made in one go, with pauses in which observers are told, and laid out once: how often a browser would paint it
 * meanwhile is chance, and would be most of the figure. Sent as text, so it can name nothing outside itself.
 */
async function insert(count: number, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const list = document.createElement('div')
    document.body.append(list)
    for (let done = 0; done < count; done += 1) {
      const row = document.createElement('p')
      row.append(document.createElement('b'), String(done))
      list.append(row)
      if (done % 100 === 99) await undefined
    }
    list.getBoundingClientRect()
    list.remove()
    await new Promise((next) => setTimeout(next))
  }
}

/** A figure for a page that does not ask would look good. */
async function asks(visit: Visit, accept: string, task: string): Promise<void> {
  for (let second = 0; second < 10; second += 1) {
    if (await visit.isShown(accept)) return
    await settle()
  }
  throw new Error(`shows no banner with ${task}`)
}

async function settled(coming: Promise<Visit>): Promise<Visit> {
  const visit = await coming
  await settle()
  return visit
}
