/** A first visit, and the next one after a yes: main-thread work, elements, heap, and what the next one asks the server for. */
import type { Contestant } from '../contestants/contestant.ts'
import { elements } from '../probe.ts'
import { analyticsPath, expected, ordinary } from '../task.ts'
import { asVisitor, settle } from '../visit.ts'
import type { Bench, Traced } from './bench.ts'

export async function firstView({ browser, server }: Bench, contestant: Contestant): Promise<Traced> {
  const task = ordinary(server.trackers)
  const url = server.publish(contestant, task)
  const { ui } = contestant
  return asVisitor(browser, async (visitor) => {
    const first = await visitor.visit(url)
    await settle()
    const view = { from: first.url, to: await first.mark(), cpu: 'cpu', longest: 'longest' }
    const values = {
      elements: Number(await first.evaluate(elements)),
      heap: (await first.heap()) / 1000,
    }
    if (ui) {
      if (!(await first.isShown(ui.accept))) throw new Error('shows no banner')
      await first.click(ui.accept)
      await first.waitFor(`diary.length === ${expected(task)}`)
    }
    await first.close()

    server.asked(contestant)
    const next = await visitor.visit(url)
    await settle()
    const returning = { from: next.url, to: await next.mark(), cpu: 'return-cpu' }
    const requested = await next.evaluate(
      `performance.getEntriesByType('resource').find(({ name }) => name.endsWith('${analyticsPath}'))?.startTime`,
    )
    return {
      windows: [view, returning],
      values: {
        ...values,
        'requests-returning': server.asked(contestant).length,
        ...(typeof requested === 'number' ? { 'return-request': requested } : {}),
      },
    }
  })
}
