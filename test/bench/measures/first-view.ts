/** A first visit, and the next one after a yes: main-thread work, elements, heap, and what the next one asks the server for. */
import type { Contestant } from '../contestants/contestant.ts'
import { elements } from '../probe.ts'
import { analyticsPath, expected, ordinary } from '../task.ts'
import { arrive, settle, traced } from '../visit.ts'
import type { Bench, Taken } from './bench.ts'

export async function firstView({ browser, server }: Bench, contestant: Contestant): Promise<Taken> {
  const task = ordinary(server.trackers)
  const url = server.publish(contestant, task)
  const { ui } = contestant
  const visitor = await arrive(browser)
  const see = () =>
    traced(browser, async () => {
      const visit = await visitor.visit(url)
      await settle()
      return visit
    })
  try {
    const { result: first, work } = await see()
    const { cpu, longest } = work(url)
    const values = {
      cpu,
      longest,
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
    const { result: next, work: nextWork } = await see()
    const requested = await next.evaluate(
      `performance.getEntriesByType('resource').find(({ name }) => name.endsWith('${analyticsPath}'))?.startTime`,
    )
    return {
      values: {
        ...values,
        'requests-returning': server.asked(contestant).length,
        'return-cpu': nextWork(url).cpu,
        ...(typeof requested === 'number' ? { 'return-request': requested } : {}),
      },
    }
  } finally {
    await visitor.leave()
  }
}
