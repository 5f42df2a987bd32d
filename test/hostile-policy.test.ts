// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://yritys.example/tuotteet/1" }
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { furnish } from '../packages/portti/src/banner/stage.ts'
import { createFinder } from '../packages/portti/src/gate/find.dom.ts'
import { place } from '../packages/portti/src/gate/place.dom.ts'
import type { Place } from '../packages/portti/src/gate/place.ts'
import type { DeclaredPolicy } from '../packages/portti/src/policy/declared-policy.ts'
import { summary } from '../packages/portti/src/policy/issue.ts'
import { parse } from '../packages/portti/src/policy/parse.ts'
import { catalogue } from '../packages/portti/src/services/catalogue.ts'
import { stage } from '../packages/portti/src/settings/stage.ts'
import { links, oddPaths } from './fixtures/hostile-links.ts'
import { texts } from './fixtures/hostile-texts.ts'
import { policyWith } from './fixtures/policy.ts'

/** Every place in a policy where a person writes words, each filled by `say`, which is told its path. */
const wordy = (say: (path: string) => unknown) => ({
  controller: {
    name: say('/controller/name'),
    address: say('/controller/address'),
    email: 'a@yritys.example',
    privacyNotice: '/tietosuoja',
  },
  authority: { name: say('/authority/name'), url: 'https://authority.example/' },
  languages: ['fi'],
  texts: {
    fi: {
      bannerTitle: say('/texts/fi/bannerTitle'),
      rejectAll: say('/texts/fi/rejectAll'),
      acceptAll: say('/texts/fi/acceptAll'),
      openSettings: say('/texts/fi/openSettings'),
      settings: say('/texts/fi/settings'),
      privacyNotice: say('/texts/fi/privacyNotice'),
      embedBody: say('/texts/fi/embedBody'),
      embedOnce: say('/texts/fi/embedOnce'),
    },
  },
  categories: [
    {
      id: 'own',
      title: say('/categories/0/title'),
      description: say('/categories/0/description'),
      perService: true,
      services: [
        {
          id: 'first',
          name: say('/categories/0/services/0/name'),
          description: say('/categories/0/services/0/description'),
          kept: say('/categories/0/services/0/kept'),
          provider: {
            name: say('/categories/0/services/0/provider/name'),
            country: 'FI',
            role: 'joint',
            privacyNotice: 'https://yhtio.example/',
          },
          transfer: { ground: 'eea' },
          cookies: [{ name: 'c', days: 1, purpose: say('/categories/0/services/0/cookies/0/purpose') }],
          storage: [
            { in: 'localStorage', name: 's', purpose: say('/categories/0/services/0/storage/0/purpose') },
          ],
        },
        'linkedin',
      ],
    },
  ],
})
const paths: string[] = []
wordy((path) => paths.push(path))

/** The policy as a page gets it: JSON text that was parsed. */
function proven(policy: unknown): DeclaredPolicy {
  const parsed = parse(JSON.stringify(policy), catalogue)
  if (!parsed.ok) throw new Error(summary(parsed.issues))
  return parsed.policy
}

/** Banner, settings with one service unfolded, a placeholder and what follows a refusal, as plain trees. */
async function drawn(policy: DeclaredPolicy): Promise<unknown[]> {
  const own = new Map(Object.entries(policy.texts?.fi ?? {}))
  const made = stage({ policy })
  made.banner.setLanguage(
    'fi',
    Object.assign(Object.create(null), made.scene.messages, Object.fromEntries(own)),
  )
  made.banner.showBanner()
  const trees = [treeOf(made.root())]
  await made.show()
  made.unfold('first')
  const { root } = made.place('first')
  trees.push(treeOf(made.root()), treeOf(root))
  made.banner.dispose()
  return trees
}

/** Elements with all their attributes, and texts; neighbouring texts are one. */
function treeOf(node: ParentNode): unknown[] {
  const tree: unknown[] = []
  for (const child of Array.from(node.childNodes)) {
    const last = tree.at(-1)
    if (child instanceof Element) {
      const attributes = Array.from(child.attributes, ({ name, value }) => `${name}=${value}`)
      tree.push([child.localName, attributes, treeOf(child)])
    } else if (typeof last === 'string') tree[tree.length - 1] = last + child.textContent
    else tree.push(child.textContent)
  }
  return tree
}

/** `tree` with `from` replaced in its texts, and in the one attribute that repeats a text. */
const replaced = (tree: unknown, from: string, to: string): unknown =>
  Array.isArray(tree)
    ? tree.map((inner) => replaced(inner, from, to))
    : typeof tree === 'string'
      ? tree.split(from).join(to)
      : tree

beforeEach(() => furnish())
afterEach(() => {
  document.querySelector('#portti')?.remove()
  document.body.replaceChildren()
})

describe('200 and more texts that would like to be something else', () => {
  // Neither a capital, which our sentences would make small, nor anything that another text holds.
  const PLAIN = '\u2042plain\u2042'

  test('are drawn in every place as the text that they are, and as nothing else', async () => {
    expect(new Set(texts).size).toBe(texts.length)
    expect(texts.length).toBeGreaterThanOrEqual(200)
    const expected = await drawn(proven(wordy(() => PLAIN)))
    expect(JSON.stringify(expected).split(PLAIN).length).toBeGreaterThan(paths.length)
    for (const text of texts) {
      // What cannot be shown as one text is no text to us: blank ones are refused, and tested as such below.
      const trees = await drawn(proven(wordy(() => text)))
      expect(trees, text).toEqual(replaced(expected, PLAIN, text))
    }
    expect('ran' in window).toBe(false)
  }, 120_000)

  test('are refused in fields that hold no words', () => {
    const base = wordy(() => 'x')
    const [category] = base.categories
    const [service] = category?.services ?? []
    const places: ((text: string) => unknown)[] = [
      (text) => ({ ...base, theme: { background: text } }),
      (text) => ({ ...base, theme: { accent: text } }),
      (text) => ({ ...base, theme: { radius: text } }),
      (text) => ({ ...base, theme: { dark: { text } } }),
      (text) => ({ ...base, cookie: { domain: text } }),
      (text) => ({ ...base, reopen: text }),
      (text) => ({ ...base, languages: [text] }),
      (text) => ({ ...base, renewAfterMonths: text }),
      (text) => ({ ...base, afterWithdraw: text }),
      (text) => ({ ...base, categories: [{ ...category, id: text }] }),
      (text) => ({ ...base, categories: [{ ...category, needs: text }] }),
      (text) => ({ ...base, categories: [{ ...category, gpc: text }] }),
      (text) => ({ ...base, categories: [{ ...category, services: [text] }] }),
      (text) => ({
        ...base,
        categories: [{ ...category, services: [{ ...(service as object), from: text }] }],
      }),
      (text) => ({
        ...base,
        categories: [{ ...category, services: [{ ...(service as object), transfer: { ground: text } }] }],
      }),
    ]
    for (const text of texts) {
      for (const [index, make] of places.entries()) {
        const parsed = parse(JSON.stringify(make(text)), catalogue)
        // To us these are a colour, as `rebeccapurple` is, a language, a length, a host, an id.
        if (/^([a-z]+|0)$/i.test(text)) continue
        expect(parsed.ok, `${index}: ${text}`).toBe(false)
      }
    }
  })
})

describe('what is no text', () => {
  const vnode = { type: 'img', props: { src: 'x', onerror: 'window.ran=1' }, key: null, ref: null, __k: null }
  const wrong: readonly unknown[] = [
    vnode,
    { ...vnode, constructor: undefined, __v: 1 },
    [vnode],
    { fi: vnode },
    { fi: [vnode] },
    { type: 'script', props: { children: 'window.ran=1' }, key: 'x', ref: 'y' },
    { dangerouslySetInnerHTML: { __html: '<img src=x onerror=window.ran=1>' } },
    { __html: '<img src=x onerror=window.ran=1>' },
    { fi: { __html: 'x' } },
    { fi: null },
    { fi: 7 },
    { fi: '' },
    { fi: ' ' },
    { 'fi"onclick=x': 'x' },
    {},
    [],
    ['x'],
    [['x']],
    7,
    0,
    true,
    false,
    null,
    '',
    ' \t\n',
    '\u2003',
  ]

  test('is refused in every place of a text, with an issue that names the place', () => {
    expect(paths.length).toBeGreaterThanOrEqual(18)
    for (const path of paths) {
      for (const value of wrong) {
        const policy = JSON.stringify(wordy((here) => (here === path ? value : 'x')))
        const parsed = parse(policy, catalogue)
        const issues = parsed.ok ? [] : parsed.issues
        expect(issues.length, `${path}: ${JSON.stringify(value)}`).toBeGreaterThan(0)
        for (const issue of issues) expect(issue.path.startsWith(path)).toBe(true)
      }
    }
  })
})

describe('60 and more addresses that are no web page', () => {
  const withLink = (link: string): [string, unknown][] => [
    ['the notice of the controller', { ...wordy(() => 'x'), controller: { name: 'x', privacyNotice: link } }],
    ['it in one language', { ...wordy(() => 'x'), controller: { name: 'x', privacyNotice: { fi: link } } }],
    ['the authority', { ...wordy(() => 'x'), authority: { name: 'x', url: link } }],
    ['a provider', wordyWithNotice(link)],
    ['a provider in one language', wordyWithNotice({ fi: link })],
  ]
  const wordyWithNotice = (privacyNotice: unknown) => {
    const policy = wordy(() => 'x')
    const [category] = policy.categories
    const [service] = category?.services ?? []
    const provider = { name: 'x', country: 'FI', role: 'joint', privacyNotice }
    return { ...policy, categories: [{ ...category, services: [{ ...(service as object), provider }] }] }
  }

  test('are refused in every link of a policy', () => {
    expect(new Set(links).size).toBe(links.length)
    expect(links.length).toBeGreaterThanOrEqual(60)
    for (const link of links) {
      for (const [where, policy] of withLink(link)) {
        expect(parse(JSON.stringify(policy), catalogue).ok, `${where}: ${JSON.stringify(link)}`).toBe(false)
      }
    }
  })

  test('and odd ones that pass are drawn as a path of this site', async () => {
    let passed = 0
    for (const link of oddPaths) {
      for (const [, policy] of withLink(link)) {
        const parsed = parse(JSON.stringify(policy), catalogue)
        if (!parsed.ok) continue
        passed++
        const made = stage({ policy: parsed.policy })
        made.banner.showBanner()
        await made.show()
        made.unfold('first')
        const anchors = made.all('a[href]') as HTMLAnchorElement[]
        expect(anchors.length).toBeGreaterThan(2)
        for (const anchor of anchors) {
          expect(['https:', 'mailto:'], link).toContain(anchor.protocol)
          expect(anchor.getAttributeNames().filter((name) => name.startsWith('on'))).toEqual([])
        }
        made.banner.dispose()
      }
    }
    expect(passed).toBeGreaterThan(10)
  })

  test('give a placeholder no link, whatever the page has marked with them', () => {
    const { find } = createFinder(policyWith())
    const markup: [tag: string, attribute: string, more: Record<string, string>][] = [
      ['iframe', 'data-src', { 'data-service': 'youtube' }],
      ['div', 'data-href', { class: 'fb-post' }],
      ['blockquote', 'data-instgrm-permalink', { class: 'instagram-media' }],
      ['a', 'href', { class: 'twitter-timeline' }],
    ]
    let stood = 0
    for (const address of links) {
      for (const [tag, attribute, more] of markup) {
        const element = document.createElement(tag)
        for (const [name, value] of Object.entries({ ...more, [attribute]: address }))
          element.setAttribute(name, value)
        document.body.replaceChildren(element)
        const held = find(element)
        if (!held) continue
        const draw = vi.fn((_: Place) => () => {})
        place(held, draw, { once() {}, always() {} })
        const href = draw.mock.calls[0]?.[0].link?.href
        if (draw.mock.calls.length > 0) stood++
        if (href !== undefined)
          expect(['https:', 'http:'], `${tag} ${address}`).toContain(new URL(href).protocol)
      }
    }
    expect(stood).toBeGreaterThan(300)
  })
})
