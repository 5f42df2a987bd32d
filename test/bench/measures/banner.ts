/** Wall time on a slow processor and on a slow network, as a visitor sees it, and what a click on *accept* or *settings* takes. */
import { readJson } from '../../browser/drivers/json.ts'
import type { Contestant } from '../contestants/contestant.ts'
import { looks, type Seen } from '../probe.ts'
import { expected, ordinary, type Task } from '../task.ts'
import { asVisitor, type Conditions, settle, type Visit } from '../visit.ts'
import type { Bench, Taken } from './bench.ts'

const SLOWDOWN = 4

/** At 4× slowdown: when the banner can be seen, how the page looks until then, and what accepting takes. */
export const slowAccept = (bench: Bench, contestant: Contestant): Promise<Taken> =>
  watched(bench, contestant, { slowdown: SLOWDOWN }, async (visit, task, accept) => {
    const { shift, largest } = readJson(await visit.evaluate(looks), 'looks')
    const { banner } = await visit.seen()
    await visit.click(accept)
    const ran = await visit.waitFor(`diary.length === ${expected(task)} && benchSeen.paint !== undefined`)
    if (!ran) throw new Error('did not release everything')
    const { click, paint } = await visit.seen()
    const [, first] = (await visit.evaluate('diary[0]')) as [unknown, number]
    return {
      values: {
        banner: known(banner),
        shift: Number(shift),
        'accept-script': first - known(click),
        'accept-paint': known(paint) - known(click),
      },
      remarks: largest === 'banner' ? ['its banner is the largest contentful paint'] : [],
    }
  })

/** At 4× slowdown: from the click to the settings. */
export const slowSettings = (bench: Bench, contestant: Contestant): Promise<Taken> =>
  watched(bench, contestant, { slowdown: SLOWDOWN }, async (visit) => {
    await visit.click(contestant.ui?.settings ?? '')
    return { values: { settings: await opened(visit) } }
  })

export const slowNetwork = (bench: Bench, contestant: Contestant): Promise<Taken> =>
  watched(bench, contestant, { slowNetwork: true }, async (visit) => {
    const { banner } = await visit.seen()
    return { values: { 'banner-slow': known(banner) } }
  })

/** Milliseconds from the click until the settings could be seen. */
export async function opened(visit: Visit): Promise<number> {
  if (!(await visit.waitFor('benchSeen.opened !== undefined'))) throw new Error('opens no settings')
  const { click, opened } = await visit.seen()
  return known(opened) - known(click)
}

async function watched(
  { browser, server }: Bench,
  contestant: Contestant,
  conditions: Conditions,
  use: (visit: Visit, task: Task, accept: string) => Promise<Taken>,
): Promise<Taken> {
  const { ui } = contestant
  // Without a banner there is nothing to wait for.
  if (!ui) return { values: {} }
  const task = ordinary(server.trackers)
  return asVisitor(browser, async (visitor) => {
    const visit = await visitor.visit(server.publish(contestant, task), { ...conditions, watch: ui })
    if (!(await visit.waitFor('benchSeen.banner !== undefined'))) throw new Error('shows no banner')
    // One of them hears no clicks for its first half second.
    await settle()
    return await use(visit, task, ui.accept)
  })
}

function known(time: Seen['banner']): number {
  if (time === undefined) throw new Error('the page has not seen it')
  return time
}
