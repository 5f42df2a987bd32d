/** Puts entrants on pages that go wrong, one visitor per attempt. */
import { contestants } from '../bench/contestants/index.ts'
import { launch, type Page } from '../browser/engines.ts'
import { openWorld, type World } from '../browser/world.ts'
import type { Fault, Wrong } from './faults.ts'
import { type Entrant, filesOf } from './page.ts'
import { visit } from './visit.ts'

const names = ['portti', 'vanilla-cookieconsent', 'klaro', 'tarteaucitron', 'orejime']

export const entrants: readonly Entrant[] = names.map((name) => {
  const found = contestants.find(({ id }) => id === name)
  if (!found?.ui) throw new Error(`the bench has no ${name}`)
  return { ...found, ui: found.ui }
})

export interface Course {
  try(fault: Fault, entrant: Entrant): Promise<Wrong>
  close(): Promise<void>
}

/** A browser and an internet for many attempts; each attempt has a host, and so a storage, of its own. */
export async function openCourse(): Promise<Course> {
  const world: World = await openWorld(filesOf(entrants))
  let page: Page = await launch('chromium', { world })
  let count = 0

  return {
    async try(fault, entrant) {
      world.clear()
      count++
      const home = `https://${entrant.id}-${count}.mallila.example/`
      try {
        return await fault.try({ entrant, world, page, home, visit: visit(page) })
      } finally {
        // What a page has done to its tab stays in that tab.
        if (await page.isAlive()) {
          await page.newTab()
          for (const tab of (await page.send('GET', '/window/handles')) as string[])
            if (tab !== (await page.currentTab())) {
              const here = await page.currentTab()
              await page.switchTab(tab)
              await page.send('DELETE', '/window')
              await page.switchTab(here)
            }
        } else {
          await page.close()
          page = await launch('chromium', { world })
        }
      }
    },
    async close() {
      await page.close()
      await world.close()
    },
  }
}
