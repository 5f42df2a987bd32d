/**
 * A tool that refuses for its visitor: the rule engine of autoconsent, as browsers and extensions run it, with the rule that we
 * offer (`docs/autoconsent-rule.json`). Its presses are made by a script, so a refusal must not need a trusted one.
 */
import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, fixturePage, porttiFile } from './fixture.ts'
import { openWorld, script, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window &
  typeof globalThis & { ran?: string[]; told: Readonly<Record<string, unknown>>[] }

let world: World
let page: Page
beforeAll(async () => {
  const rule: unknown = JSON.parse(readFileSync('docs/autoconsent-rule.json', 'utf8'))
  const { outputFiles } = await build({
    stdin: {
      contents: `import AutoConsent from '@duckduckgo/autoconsent'
        window.told = []
        const config = { enabled: true, autoAction: 'optOut', enablePrehide: true, detectRetries: 20, disabledCmps: [] }
        const tool = new AutoConsent(async (message) => {
          told.push(message)
          await undefined
          if (message.type === 'init') tool.receiveMessageCallback({ type: 'initResp', config, rules: { autoconsent: [${JSON.stringify(rule)}] } })
          if (message.type === 'optOutResult') tool.receiveMessageCallback({ type: 'selfTest' })
        })`,
      resolveDir: '.',
    },
    bundle: true,
    write: false,
    format: 'iife',
  })
  const tool = outputFiles[0]?.text ?? ''
  world = await openWorld(porttiFile, ({ path }) => (path === '/tool.js' ? script(tool) : undefined))
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

test.for(['fi', 'sv', 'en'])('a protective tool refuses for its visitor on a page in %s', async (lang) => {
  const home = `https://tool-${lang}.shop.example/`
  const body =
    '<script type="text/plain" data-service="google-analytics">(window.ran ??= []).push(1)</script>'
  world.route(
    home,
    fixturePage({ body, lang, first: consoleTap(), head: '<script src="/tool.js"></script>' }),
  )
  await page.goto(home)
  await page.waitFor(() => portti.$decision.get().kind === 'given')
  await page.waitFor(() => window.told.some(({ type }) => type === 'selfTestResult'))
  expect(
    await page.eval(() =>
      window.told
        .filter(({ type }) => type === 'optOutResult' || type === 'selfTestResult')
        .map(({ type, cmp, result }) => [type, cmp, result]),
    ),
  ).toEqual([
    ['optOutResult', 'portti', true],
    ['selfTestResult', 'portti', true],
  ])
  await arrived(page, world)
  expect(await page.eval(() => [portti.allows('analytics'), window.ran ?? []])).toEqual([false, []])
  expect(await page.has('#portti >>> [data-portti-action="accept"]')).toBe(false)
  expect((await page.cookies()).find(({ name }) => name === 'portti')?.value).toContain('.reject.')
  expect(await page.console()).toEqual([])
})
