/** The banner: a region at the bottom that asks, and waits as long as it takes. */
import { fill } from '../locales/messages.ts'
import { type Child, h } from './element.ts'
import { askedOf, partnersOf, type Scene } from './scene.ts'

export function firstLayer(scene: Scene): HTMLElement {
  const { policy, gpc, wording, note } = scene
  const { messages, text } = wording
  const asked = askedOf(scene)
  const count = partnersOf(scene)
  const partners = String(count)
  const signalled = gpc ? asked.filter((category) => category.gpc) : []

  return (
    <section class="c b" part="banner" aria-labelledby="t">
      <div class="s">
        <h2 id="t">{messages.bannerTitle}</h2>
        {note && <p>{messages[note]}</p>}
        {lapsed(scene)}
        <p>
          {fill(count ? messages.bannerBody : messages.bannerBodyOwn, {
            controller: text(policy.controller.name),
            purposes: wording.purposes(asked),
            settings: messages.settings,
            partners,
          })}
        </p>
        {signalled.length > 0 && <p>{fill(messages.gpc, { purposes: wording.purposes(signalled) })}</p>}
        <p class="l">
          <a href={text(policy.controller.privacyNotice)}>{messages.privacyNotice}</a>
          {count > 0 && (
            <button type="button" class="a" data-portti-action="settings">
              {fill(messages.partners, { n: partners })}
            </button>
          )}
        </p>
      </div>
      <div class="g">
        {button('reject', messages.rejectAll)}
        {button('accept', messages.acceptAll)}
        {button('settings', messages.openSettings)}
      </div>
    </section>
  )
}

/** All buttons look the same: no answer is easier to see than another. */
export const button = (action: string, label: string): HTMLElement => (
  <button type="button" part="button" data-portti-action={action}>
    {label}
  </button>
)

/** Why an earlier answer is asked for again. */
function lapsed({ $decision, policy, wording }: Scene): Child {
  const decision = $decision.get()
  if (decision.kind !== 'lapsed') return
  const { changed, expired } = wording.messages
  const changes = decision.changed.flatMap((id) => policy.categories.get(id) ?? [])
  return <p>{decision.why === 'expired' ? expired : fill(changed, { changes: wording.purposes(changes) })}</p>
}
