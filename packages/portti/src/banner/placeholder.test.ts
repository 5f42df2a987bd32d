// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fill } from '../locales/messages.ts'
import { declared, furnish, stage, textsOf } from './stage.ts'

const policy = {
  ...declared,
  categories: [...declared.categories, { id: 'media', services: ['youtube'] }],
}
const link = { href: 'https://www.youtube.com/watch?v=1', does: 'open' } as const

beforeEach(() => furnish())
afterEach(() => document.body.replaceChildren())

describe('a placeholder', () => {
  it.each(['fi', 'sv', 'en'])(
    'is a named group that says whose content it holds and what that would learn, in %s',
    (language) => {
      const { root, host } = stage({ policy, language }).place('youtube')
      const messages = textsOf(language)
      const group = root.querySelector('[role=group]')
      const name = root.querySelector(`#${group?.getAttribute('aria-labelledby')}`)
      expect(name?.localName).toBe('h2')
      expect(name?.textContent).toBe(fill(messages.embedTitle, { vendor: 'YouTube' }))
      expect(group?.textContent).toContain(messages.embedBody)
      expect(host.lang).toBe(language)
    },
  )

  it('lets the content in once or always, and only when its buttons are pressed', () => {
    const { root, place } = stage({ policy }).place('youtube')
    root.querySelector<HTMLElement>('p')?.click()
    root.querySelector<HTMLElement>('h2')?.click()
    expect(place.once).not.toHaveBeenCalled()
    root.querySelector<HTMLElement>('[data-portti-action=once]')?.click()
    expect(place.once).toHaveBeenCalledOnce()
    expect(place.always).not.toHaveBeenCalled()
    root.querySelector<HTMLElement>('[data-portti-action=always]')?.click()
    expect(place.always).toHaveBeenCalledOnce()
  })

  it('says who answers for it together with the site', () => {
    const { place } = stage({ policy })
    expect(place('linkedin').root.textContent).toContain(textsOf('fi').embedJoint)
    expect(place('youtube').root.textContent).not.toContain(textsOf('fi').embedJoint)
  })

  it('has a link that leaves without a trace, if there is one', () => {
    const { place } = stage({ policy })
    expect(place('youtube').root.querySelector('a')).toBeNull()
    const anchor = place('youtube', { link }).root.querySelector('a')
    expect([anchor?.href, anchor?.target, anchor?.rel]).toEqual([link.href, '_blank', 'noopener noreferrer'])
    expect(anchor?.dataset.porttiAction).toBe('link')
  })

  it('is a share link, buttons and the rest on demand where a small widget was', () => {
    const { root } = stage({ policy }).place('linkedin', {
      kind: 'widget',
      link: { href: 'https://www.linkedin.com/share', does: 'share' },
    })
    const actions = [...root.querySelectorAll('[data-portti-action]')].map((one) =>
      one.getAttribute('data-portti-action'),
    )
    expect(actions).toEqual(['link', 'once', 'always'])
    expect(root.querySelector('a')?.textContent).toBe('Jaa: LinkedIn')
    expect(root.querySelector('details')?.textContent).toContain(textsOf('fi').embedBody)
    expect(root.querySelector('details')?.open).toBe(false)
  })

  it('is nothing but its link when the vendor has ended it', () => {
    const { root } = stage({ policy }).place('facebook', {
      kind: 'widget',
      retired: true,
      link: { ...link, does: 'share' },
    })
    expect([...root.querySelectorAll('a, button, p')].map(({ localName }) => localName)).toEqual(['a'])
  })

  it('names the categories where no service is known', () => {
    const { root } = stage({ policy }).place('', { services: [], categories: ['ads', 'gone'] })
    expect(root.querySelector('h2')?.textContent).toContain('Kohdennettu mainonta ja asiakassegmentit')
  })

  it('stands in a line like a frame, and never broader than its place, or is as broad as that', () => {
    const { place } = stage({ policy })
    expect(place('youtube').host.style).toMatchObject({ display: 'inline-block', maxWidth: '100%' })
    expect(place('facebook', { kind: 'block' }).host.style).toMatchObject({
      display: 'block',
      width: '100%',
    })
  })

  it('changes its language with the page, and is empty and quiet when it is taken away', () => {
    const { banner, place } = stage({ policy })
    const { root, host, end, place: held } = place('youtube')
    banner.setLanguage('en', textsOf('en'))
    const once = root.querySelector<HTMLElement>('[data-portti-action=once]')
    expect(once?.textContent).toBe('Load once')
    expect(host.lang).toBe('en')
    end()
    expect(root.querySelector('button')).toBeNull()
    once?.click()
    expect(held.once).not.toHaveBeenCalled()
    banner.setLanguage('fi', textsOf('fi'))
    expect(root.querySelector('button')).toBeNull()
  })

  it('can be drawn again on the same host', () => {
    const { banner, place } = stage({ policy })
    const { root, end, place: held } = place('youtube')
    end()
    banner.drawPlace(held)
    expect(root.querySelectorAll('[data-portti-action=once]')).toHaveLength(1)
  })
})
