import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { engine, launch, type Page } from './engines.ts'
import { fixturePage, porttiFile, tracker } from './fixture.ts'
import { openWorld, type World } from './world.ts'

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(porttiFile, (request) =>
    request.host === 'www.googletagmanager.com' ? tracker(request.path.slice(1)) : undefined,
  )
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

const ran = () => (window as { ran?: string[] }).ran ?? []
const GTM = 'https://www.googletagmanager.com'
const held = 'type="text/plain" data-service="google-analytics"'

async function open(host: string, body: string) {
  world.route(`https://${host}/`, fixturePage({ body }))
  await page.goto(`https://${host}/`)
}

test('runs external, inline and module scripts exactly once and in document order', async () => {
  await open(
    'order.shop.example',
    `<script ${held}>ran = ['1']</script>
     <script ${held} data-src="${GTM}/2"></script>
     <script ${held}>ran.push('3')</script>
     <script ${held} data-src="${GTM}/4" defer></script>
     <script ${held} src="${GTM}/5"></script>
     <script ${held}>ran.push('6')</script>
     <script ${held} data-type="module" data-src="${GTM}/7"></script>
     <script ${held}>ran.push('8')</script>
     <script ${held} data-type="module">ran.push('9')</script>`,
  )
  expect(world.thirdParty('shop.example')).toEqual([])
  expect(await page.eval(ran)).toEqual([])
  await page.eval(() => (window as unknown as { portti: { acceptAll(): void } }).portti.acceptAll())
  await page.waitFor(() => (window as { ran?: string[] }).ran?.includes('9'))
  expect(await page.eval(ran)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
})
