/** Pages under a strict content security policy, with all that a visitor can open: no violation, nothing unstyled. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import {
  arrived,
  button,
  type Fixture,
  fixturePage,
  policy,
  porttiFile,
  VENDOR,
  vendorHost,
} from './fixture.ts'
import { html, openWorld, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window & typeof globalThis & { ran?: string[]; violations?: string[] }

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(porttiFile, vendorHost)
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

const held = 'type="text/plain" data-service="google-analytics"'
const BODY = `<script ${held} data-src="${VENDOR}/x"></script><script ${held}>(window.ran ??= []).push('y')</script>
  <iframe data-service="youtube" data-src="${VENDOR}/f.html" title="Video" width="560" height="315"></iframe>
  <template data-service="instagram"><p>Kuva</p></template>`
const vendor = () =>
  world
    .to('vendor.example')
    .map(({ path }) => path)
    .sort()
const watch = (nonce: string) => `<script${nonce}>window.violations = []
  addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample), true)</script>`

async function open(
  name: string,
  header: string,
  { first = '', nonce = '', ...more }: Partial<Fixture> & { nonce?: string },
) {
  const attribute = nonce && ` nonce="${nonce}"`
  world.route(
    `https://${name}.shop.example/`,
    fixturePage({
      body: BODY,
      first: watch(attribute) + consoleTap(nonce || undefined) + first,
      tag: attribute,
      headers: { 'content-security-policy': header },
      ...more,
    }),
  )
  await page.goto(`https://${name}.shop.example/`)
}
/** What our roots look like: banner, frame, held markup. */
const faces = () =>
  [...document.querySelectorAll('#portti,[data-portti-place]')].map(({ shadowRoot }) => {
    const face = shadowRoot?.querySelector('section,dialog[open],.e')
    return face ? getComputedStyle(face).backgroundColor : ''
  })
const white = 'rgb(255, 255, 255)'

const rest = `style-src 'nonce-n1'; connect-src 'self'; img-src 'self'; frame-src ${VENDOR}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
const strict = {
  nonces: `default-src 'none'; script-src 'nonce-n1'; ${rest}`,
  'nonces and strict-dynamic': `default-src 'none'; script-src 'nonce-n1' 'strict-dynamic'; ${rest}`,
  'nonces, strict-dynamic and trusted types': `default-src 'none'; script-src 'nonce-n1' 'strict-dynamic'; ${rest}; require-trusted-types-for 'script'; trusted-types portti`,
}

describe('under a strict policy', () => {
  test.for(Object.entries(strict))(
    'of %s banner, settings, placeholders, withdrawal and late elements break no rule',
    async ([what, header]) => {
      await open(`all-${what.replace(/\W+/g, '-')}`, header, {
        nonce: 'n1',
        policy: { ...policy, afterWithdraw: 'offer', theme: { accent: '#7a1f5c', radius: '4px' } },
      })
      await page.element(button('accept'))
      expect(await page.eval(faces)).toEqual([white, white, white])
      await page.click(button('settings'))
      await page.element('#portti >>> dialog[open] h2')
      await page.eval(() => {
        for (const one of document.querySelector('#portti')?.shadowRoot?.querySelectorAll('details') ?? [])
          one.open = true
      })
      await page.waitFor(() => document.querySelector('#portti')?.shadowRoot?.querySelector('table'))
      const dialog = () => {
        const found = document.querySelector('#portti')?.shadowRoot?.querySelector('dialog')
        return found ? getComputedStyle(found).backgroundColor : ''
      }
      expect(await page.eval(dialog)).toBe(white)
      await page.press('Escape')
      await page.gone('#portti >>> dialog')
      expect(vendor()).toEqual([])
      await page.click(button('accept'))
      await page.waitFor(() => window.ran?.length === 2)
      await expect.poll(vendor).toEqual(['/f.html', '/x'])

      await page.eval((address) => {
        const late = document.createElement('script')
        late.type = 'text/plain'
        late.dataset.service = 'google-analytics'
        late.dataset.src = address
        document.body.append(late)
      }, `${VENDOR}/late`)
      await page.waitFor(() => window.ran?.length === 3)
      await page.eval(() => portti.withdraw())
      await page.element(button('reload'))
      await arrived(page, world)
      expect(await page.eval(() => window.violations)).toEqual([])
      expect(await page.console()).toEqual([])
    },
  )

  test('without our nonce on the tag the browser itself stops us, and what is marked stays shut', async () => {
    const body = `${BODY}<a id="own" href="#here">Oma</a>`
    await open('no-nonce', strict.nonces, { nonce: 'n1', tag: '', body })
    await page.click('#own')
    await arrived(page, world)
    expect(await page.eval(() => [location.hash, 'portti' in window, window.ran ?? []])).toEqual([
      '#here',
      false,
      [],
    ])
    expect(vendor()).toEqual([])
  })

  test('that refuses our Trusted Types policy the settings come all the same, and the answer counts for frames', async () => {
    await open('tt-settings', `require-trusted-types-for 'script'; trusted-types 'none'`, {})
    await page.click(button('settings'))
    await page.element('#portti >>> dialog[open]')
    await page.press('Escape')
    await page.gone('#portti >>> dialog')
    await page.click(button('accept'))
    await expect.poll(vendor).toEqual(['/f.html'])
    await arrived(page, world)
    expect(await page.eval(() => window.ran ?? [])).toEqual([])
    expect((await page.console()).filter((line) => /uncaught|unhandled/.test(line))).toEqual([])
  })
})

/** Published beside the files, and copied into the pages of careful sites. */
const published: Readonly<Record<string, string>> = JSON.parse(
  readFileSync('packages/portti/dist/integrity.json', 'utf8'),
)

describe('the hash that is published', () => {
  const open = async (name: string, hash: string) => {
    const inline = `<script type="application/json" id="portti-policy">${JSON.stringify(policy)}</script>`
    world.route(
      `https://${name}.shop.example/`,
      html(
        `<!doctype html><html lang="fi"><head>${inline}<script src="/portti.js" integrity="${hash}" crossorigin="anonymous"></script></head><body>${BODY}</body></html>`,
      ),
    )
    await page.goto(`https://${name}.shop.example/`)
  }

  test('lets our file run, and the settings that it fetches later', async () => {
    await open('sri', published['portti.js'] ?? '')
    await page.click(button('settings'))
    await page.element('#portti >>> dialog[open]')
  })

  test('keeps a file out that is another by one byte, and everything stays shut', async () => {
    world.route('https://sri-other.shop.example/portti.js', {
      headers: { 'content-type': 'text/javascript' },
      body: `${readFileSync('packages/portti/dist/portti.js', 'utf8')} `,
    })
    await open('sri-other', published['portti.js'] ?? '')
    await arrived(page, world)
    expect(await page.eval(() => ['portti' in window, window.ran ?? []])).toEqual([false, []])
    expect(vendor()).toEqual([])
  })
})
