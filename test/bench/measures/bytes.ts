/** What a visitor downloads: counted from what the server was asked, so that nobody's lazy parts are left out or in. */
import type { Contestant } from '../contestants/contestant.ts'
import { none } from '../contestants/none.ts'
import { pageSizes, type Sizes } from '../server.ts'
import { ordinary } from '../task.ts'
import { asVisitor, settle } from '../visit.ts'
import type { Bench, Taken } from './bench.ts'

export async function bytesAndRequests({ browser, server }: Bench, contestant: Contestant): Promise<Taken> {
  const { ui } = contestant
  if (!ui) return { values: {} }
  const task = ordinary(server.trackers)
  server.asked(contestant)
  return asVisitor(browser, async (visitor) => {
    const visit = await visitor.visit(server.publish(contestant, task))
    await settle()
    const first = server.asked(contestant)
    await visit.click(ui.settings)
    await settle()
    const more = server.asked(contestant)
    const inPage = pageSizes(contestant, none, task)
    const atFirst = add(inPage, await server.sizeOf(contestant, first))
    const all = add(atFirst, await server.sizeOf(contestant, more))
    return {
      values: {
        ...named('bytes-first', atFirst),
        ...named('bytes-all', all),
        'requests-first': first.length,
        'requests-settings': more.length,
      },
    }
  })
}

const add = (one: Sizes, other: Sizes): Sizes => ({
  raw: one.raw + other.raw,
  gzip: one.gzip + other.gzip,
  brotli: one.brotli + other.brotli,
})

const named = (name: string, { raw, gzip, brotli }: Sizes) => ({
  [name]: brotli / 1000,
  [`${name}-gzip`]: gzip / 1000,
  [`${name}-raw`]: raw / 1000,
})
