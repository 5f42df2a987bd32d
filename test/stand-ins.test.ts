import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { locate, sites } from '../demo/sites.mjs'
import { answer, answers } from '../demo/stand-ins/index.mjs'
import { normalise } from '../packages/portti/src/policy/normalise.ts'
import { parse } from '../packages/portti/src/policy/parse.ts'
import { catalogue } from '../packages/portti/src/services/catalogue.ts'

interface Page {
  readonly site: string
  readonly path: string
  readonly html: string
}

const pages: Page[] = [...sites].flatMap(({ id, root }) =>
  readdirSync(root)
    .filter((file) => file.endsWith('.html'))
    .map((file) => ({ site: id, path: `/${file}`, html: readFileSync(root + file, 'utf8') })),
)

const policyOf = (root: string) => {
  const result = parse(JSON.parse(readFileSync(`${root}consent-policy.json`, 'utf8')), catalogue)
  if (!('policy' in result)) throw new Error(JSON.stringify(result))
  return normalise(result.policy, catalogue)
}

/** What the page would load from elsewhere: held, by a vendor's snippet, or by its form. */
function foreign(html: string): URL[] {
  const inAttributes = html.matchAll(/\s(?:data-src|data-poster|src|action)="(https:[^"]+)"/g)
  const styles = html.matchAll(/<link [^>]*data-href="(https:[^"]+)"/g)
  const inSnippets = [...html.matchAll(/<script[^>]*>([^<]*)<\/script>/g)].flatMap(([, code = '']) =>
    [...code.matchAll(/'(https:[^']+)'/g)].map(([, address = '']) => address),
  )
  return [...[...inAttributes, ...styles].map(([, address = '']) => address), ...inSnippets].map(
    (address) => new URL(address),
  )
}

describe('the demo sites', () => {
  it.each([...sites])('declare a policy without a fault: $name', ({ root }) => {
    expect(policyOf(root).services.size).toBeGreaterThan(1)
  })

  it('declare every service that their pages mark', () => {
    const unknown = [...sites].flatMap(({ id, root }) => {
      const { services } = policyOf(root)
      return pages
        .filter(({ site }) => site === id)
        .flatMap(({ path, html }) =>
          [...html.matchAll(/data-service="([^"]+)"/g)]
            .filter(([, service = '']) => !services.has(service))
            .map(([mark]) => `${id}${path} ${mark}`),
        )
    })
    expect(unknown).toEqual([])
  })

  it('load nothing unmarked from elsewhere', () => {
    const loose = pages.flatMap(({ site, path, html }) =>
      [...html.matchAll(/<(?:script|img|iframe|video|link)\b[^>]*\s(?:src|href)="(?:https?:)?\/\/[^>]*>/g)]
        // Inside a template nothing is loaded.
        .filter(({ index }) => html.lastIndexOf('<template', index) <= html.lastIndexOf('</template', index))
        .map(([tag]) => `${site}${path} ${tag}`),
    )
    expect(loose).toEqual([])
  })

  it('ask only addresses that a stand-in plays', () => {
    const unplayed = pages.flatMap(({ site, path, html }) =>
      foreign(html)
        .filter(({ hostname, pathname }) => !answers(hostname, pathname))
        .map(({ href }) => `${site}${path} ${href}`),
    )
    expect(pages.flatMap(({ html }) => foreign(html)).length).toBeGreaterThan(40)
    expect(unplayed).toEqual([])
  })

  it('link only to pages that are there', () => {
    const missing = [...sites].flatMap((site) =>
      pages
        .filter(({ site: id }) => id === site.id)
        .flatMap(({ path, html }) =>
          [...html.matchAll(/\s(?:href|src|action|data-policy)="(\/[^"#?]*)/g)].flatMap(([, to = '']) => {
            const file = locate(site, to)
            if (to === '/portti.js') return []
            try {
              readFileSync(file ?? '')
              return []
            } catch {
              return [`${site.id}${path} -> ${to}`]
            }
          }),
        ),
    )
    expect(missing).toEqual([])
  })

  it('say the same in an inline policy and in the file', () => {
    const [harju] = [...sites].filter(({ id }) => id === 'harjunsali')
    const file: unknown = JSON.parse(readFileSync(`${harju?.root}consent-policy.json`, 'utf8'))
    const inline = pages
      .filter(({ site }) => site === 'harjunsali')
      .map(({ html }) => /id="portti-policy">([^<]+)</.exec(html)?.[1] ?? '')
    expect(inline.length).toBeGreaterThan(2)
    for (const text of inline) {
      expect(file).toMatchObject(JSON.parse(text) as object)
    }
  })

  it('lead nobody out of their folder', () => {
    const [site] = sites
    expect(site && locate(site, '/../../package.json')).toBeUndefined()
    expect(site && locate(site, '/panel/../../package.json')).toBeUndefined()
  })
})

describe('the stand-ins', () => {
  const scripts = [
    ['www.googletagmanager.com', '/gtag/js?id=G-TEST'],
    ['www.googletagmanager.com', '/gtm.js?id=GTM-TEST'],
    ['www.google-analytics.com', '/analytics.js'],
    ['connect.facebook.net', '/en_US/fbevents.js'],
    ['connect.facebook.net', '/fi_FI/sdk.js'],
    ['platform.linkedin.com', '/in.js'],
    ['snap.licdn.com', '/li.lms-analytics/insight.min.js'],
    ['platform.twitter.com', '/widgets.js'],
    ['platform.x.com', '/widgets.js'],
    ['www.instagram.com', '/embed.js'],
    ['www.clarity.ms', '/tag/test'],
    ['static.hotjar.com', '/c/hotjar-1.js?sv=6'],
    ['tagi.segmenttila.example', '/s.js'],
  ] as const

  it.each(scripts)('send a script that stands on its own: %s%s', (host, path) => {
    const body = String(answer({ host, path })?.body)
    expect(body).toContain('__ran')
    expect(() => new Function(body)).not.toThrow()
    expect(body).not.toMatch(/__vi|__name|import\./)
  })

  it('set cookies of another site as only those may be set', () => {
    const { headers } = answer({ host: 'www.facebook.com', path: '/plugins/page.php?href=x' }) ?? {}
    const lines = [headers?.['set-cookie'] ?? []].flat()
    expect(lines.map((line) => line.split('=')[0])).toContain('fr')
    for (const line of lines) expect(line).toMatch(/; SameSite=None; Secure$/)
  })

  it('answer no address that the vendor leaves to visitors', () => {
    expect(answers('www.facebook.com', '/sharer/sharer.php')).toBe(false)
    expect(answers('twitter.com', '/intent/tweet')).toBe(false)
    expect(answer({ host: 'unknown.example', path: '/' })).toBeUndefined()
  })

  it('show what a page hands them as text', () => {
    const body = answer({
      host: 'www.facebook.com',
      path: `/plugins/page.php?href=${encodeURIComponent('<img src=x onerror=alert(1)>')}`,
    })?.body
    expect(body).not.toContain('<img')
  })
})
