/** Stands where held content would: says whose it is, and lets it in once, always, or not at all. */
import type { Place } from '../gate/place.ts'
import { fill } from '../locales/messages.ts'
import type { Policy } from '../policy/policy.ts'
import { h } from './element.ts'
import { button } from './first-layer.tsx'
import type { Wording } from './wording.ts'

export function placeholder(
  place: Place,
  policy: Policy,
  { messages, text, title, list }: Wording,
): HTMLElement {
  const { services, link, kind } = place
  const vendor = list(
    services.length
      ? services.map(({ name }) => text(name))
      : place.categories.flatMap((id) => policy.categories.get(id) ?? []).map(title),
  )
  const away = link && (
    <a class="o" href={link.href} target="_blank" rel="noopener noreferrer" data-portti-action="link">
      {link.does === 'share' ? fill(messages.share, { vendor }) : messages.embedOpen}
    </a>
  )
  const small = kind === 'widget'
  if (place.retired) return <div class="e">{away}</div>

  const name = fill(messages.embedTitle, { vendor })
  const body = [
    <p>{messages.embedBody}</p>,
    services.some(({ provider }) => provider.role === 'joint') && <p>{messages.embedJoint}</p>,
  ]
  const buttons = (
    <div class="k">
      {small && away}
      {button('once', messages.embedOnce)}
      {button('always', fill(messages.embedAlways, { vendor }))}
      {!small && away}
    </div>
  )
  return (
    <div class={small ? 'e' : 'e f'} part="placeholder" role="group" aria-labelledby="n">
      {small
        ? [
            buttons,
            <details>
              <summary id="n">{name}</summary>
              {body}
            </details>,
          ]
        : [<h2 id="n">{name}</h2>, body, buttons]}
    </div>
  )
}

/** Inline style of the host; a frame's place and size are added to it. */
export function boxOf({ kind, retired }: Place): string {
  const style = 'all:initial;font-family:inherit;max-width:100%;display:'
  if (kind === 'widget' || retired) return `${style}inline-block;margin:2px;vertical-align:middle`
  if (kind === 'block') return `${style}block;width:100%`
  // What is out of sight need not be laid out; a low frame gets the room that the buttons need.
  return `${style}inline-block;overflow:hidden;min-height:9em;content-visibility:auto`
}
