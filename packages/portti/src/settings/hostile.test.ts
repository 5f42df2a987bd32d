// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { firstLayer } from '../banner/first-layer.tsx'
import { placeholder } from '../banner/placeholder.tsx'
import { reopenControl } from '../banner/reopen.tsx'
import { declared, furnish } from '../banner/stage.ts'
import type { Text } from '../policy/service-facts.ts'
import { draw } from './h.ts'
import { settings } from './settings.tsx'
import { stage } from './stage.ts'

const openers = ['<', '"><', "'><", '</p><', '<!--><', ']]><', '</title><', '</style><', '\u0000<', '&lt;']
const bodies = [
  'script>window.ran=1</script>',
  'img src=x onerror=window.ran=1>',
  'svg onload=window.ran=1>',
  'iframe srcdoc="<script>parent.ran=1</script>">',
  'a href="javascript:window.ran=1">x</a>',
  'style>*{display:none}</style>',
]
const hostile = openers.flatMap((opener) => bodies.map((body) => opener + body))

const policyOf = (text: Text, kept = text) => ({
  ...declared,
  controller: { name: text, address: text, email: 'a@yritys.example', privacyNotice: '/tietosuoja' },
  authority: { name: text, url: 'https://authority.example/' },
  categories: [
    {
      id: 'own',
      title: text,
      description: text,
      perService: true,
      services: [
        {
          id: 'first',
          name: text,
          description: text,
          kept,
          provider: {
            name: 'Yhtiö Oy',
            country: 'FI',
            role: 'joint',
            privacyNotice: 'https://yhtio.example/',
          } as const,
          transfer: { ground: 'eea' } as const,
          cookies: [{ name: 'c', days: 1, purpose: text }],
        },
        'linkedin',
      ],
    },
  ],
})

/** Everything drawn of a policy: banner, settings with one service unfolded, a placeholder. */
async function everything(made: ReturnType<typeof stage>) {
  made.banner.showBanner()
  await made.show()
  made.unfold('first')
  const { root } = made.place('first')
  return [made.root(), root]
}

/** The elements of `root` without their texts: what markup in a text would change. */
const shapeOf = (root: ShadowRoot) =>
  [...root.querySelectorAll('*')]
    .map((element) => `${element.localName}[${element.getAttributeNames()}]`)
    .join()

beforeEach(() => furnish())
afterEach(() => {
  document.querySelector('#portti')?.remove()
  document.body.replaceChildren()
})

describe('texts of the policy', () => {
  it('are shown as they stand, whatever they hold', async () => {
    expect(hostile.length).toBeGreaterThanOrEqual(60)
    const plain = stage({ policy: policyOf('harmless') })
    const shapes = (await everything(plain)).map(shapeOf)
    plain.banner.dispose()
    for (const text of hostile) {
      const made = stage({ policy: policyOf(text) })
      const roots = await everything(made)
      expect(roots.map(shapeOf), text).toEqual(shapes)
      expect(made.one('[aria-labelledby=t]').textContent).toContain(text)
      expect(made.one('dialog').textContent?.split(text).length).toBeGreaterThanOrEqual(7)
      expect(roots[1]?.textContent).toContain(text)
      made.banner.dispose()
      document.body.replaceChildren()
    }
    expect('ran' in window).toBe(false)
  })

  it('are never taken for elements, even if something else than a string got through', async () => {
    for (const text of [
      { type: 'img', props: { src: 'x' }, key: null, ref: null, constructor: undefined },
      { fi: { type: 'script', props: { children: 'x' }, constructor: undefined } },
      { fi: ['a', 'b'] },
      { fi: null },
      { fi: 7 },
      {},
    ]) {
      // The cast: `parse` would have refused it.
      const made = stage({ policy: policyOf(text as unknown as Text, '') })
      for (const root of await everything(made)) {
        expect([...root.querySelectorAll('img, script, [src], [type=img]')]).toEqual([])
        expect(root.textContent).not.toContain('[object')
      }
      made.banner.dispose()
      document.body.replaceChildren()
    }
  })
})

describe('on a page with a polluted Object.prototype', () => {
  const names = [
    'checked',
    'defaultChecked',
    'disabled',
    'hidden',
    'inert',
    'ref',
    'key',
    'onclick',
    'onClick',
    'class',
    'className',
    'style',
    'id',
    'href',
    'src',
    'role',
    'type',

    'name',
    'title',
    'open',
    'part',
    'is',
    'innerHTML',
    'textContent',
    'dangerouslySetInnerHTML',
    'children',
    'render',
    'unmount',
    'vnode',
    'event',
    'diffed',
    'state',
    'context',
    'props',
    'each',
    'extend',
    'required',
    'perService',
    'granted',
    'analytics',
    'fi',
    'radius',
    'reload',
    'capture',
    'once',
  ]
  // jsdom's own code reads inherited `value`, `get` and `set`; those are left to the browser tests.
  const values = [true, 'x', 1, () => 'x', { __html: '<img>' }, ['x']]
  const prototype = Object.prototype as unknown as Record<string, unknown>

  // Only our own drawing runs while the prototype is polluted: jsdom's selectors and events are JavaScript as well.
  it.each(values.map((value) => [typeof value, value]))('draws the same, twice (%s)', (_, value) => {
    const { scene, policy, place } = stage({ policy: policyOf('text') })
    const held = place('first').place
    const drawn = () => {
      const box = document.createElement('div')
      const inside = document.createElement('div')
      for (let time = 0; time < 2; time++) {
        draw(settings(scene, new Set(['first'])), inside)
        box.replaceChildren(
          inside,
          firstLayer(scene),
          placeholder(held, policy, scene.wording),
          reopenControl(scene),
        )
      }
      const emptied = document.createElement('div')
      draw(settings(scene, new Set()), emptied)
      draw(null, emptied)
      return [box, emptied] as const
    }
    const [expected] = drawn()
    for (const name of names) {
      Object.defineProperty(prototype, name, { value, enumerable: true, configurable: true, writable: true })
    }
    let results: ReturnType<typeof drawn>
    try {
      results = drawn()
    } finally {
      for (const name of names) delete prototype[name]
    }
    const [box, emptied] = results
    expect(box.innerHTML).toBe(expected.innerHTML)
    expect(emptied.childNodes).toHaveLength(0)
    const inputs = [...box.querySelectorAll('input')]
    expect(inputs.map((input) => [input.checked, input.disabled, input.value])).toEqual([
      [false, false, 'own'],
      [false, false, 'first'],
      [false, false, 'linkedin'],
    ])
    expect(box.querySelector('button')?.onclick).toBeNull()
  })
})
