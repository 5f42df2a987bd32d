/** The settings: every purpose and service with its switch, and what the law wants told. Built when it is opened. */

import { askedOf, coveredBy } from '../banner/scene.ts'
import { fill } from '../locales/messages.ts'
import type { Category, Service } from '../policy/policy.ts'
import { type Children, h } from './h.ts'
import type { SettingsScene } from './scene.ts'
import { serviceDetails } from './service-details.tsx'

/** @param opened Ids of the services whose facts are unfolded. */
export function settings(scene: SettingsScene, opened: ReadonlySet<string>): Children {
  const { policy, gpc, allows, wording } = scene
  const { messages } = wording
  const asked = askedOf(scene)
  const required = [...policy.categories.values()].filter((category) => category.required)
  const signalled = gpc ? asked.filter((category) => category.gpc) : []
  const granted = asked.some(
    ({ id, services }) => allows(id) || services.some((service) => allows(service.id)),
  )

  return (
    <dialog className="c" part="dialog" aria-labelledby="h">
      <div className="s">
        <h2 id="h" tabIndex={-1}>
          {messages.settings}
        </h2>
        <p>{messages.intro}</p>
        {signalled.length > 0 && <p>{fill(messages.gpc, { purposes: wording.purposes(signalled) })}</p>}
        {[...required, ...asked].map((category) => purpose(category, scene, opened))}
        {rights(scene)}
        {granted && <p>{button('withdraw', messages.withdraw)}</p>}
      </div>
      <div className="g">
        {button('reject', messages.rejectAll)}
        {button('accept', messages.acceptAll)}
        {button('save', messages.save)}
        {button('close', messages.close)}
      </div>
    </dialog>
  )
}

function purpose(category: Category, scene: SettingsScene, opened: ReadonlySet<string>): Children {
  const { id, required } = category
  const { messages, title, description } = scene.wording
  return (
    <section className="u" key={id}>
      <h3>
        {required ? row(title(category), messages.alwaysOn) : toggle(id, title(category), scene, `d-${id}`)}
      </h3>
      <p id={`d-${id}`}>{description(category)}</p>
      {coveredBy(category, scene).map((service) => (
        <div className="v" key={service.id}>
          <h4>
            {hasOwnSwitch(service, category, scene)
              ? toggle(service.id, scene.wording.text(service.name), scene)
              : scene.wording.text(service.name)}
          </h4>
          {serviceDetails(service, scene, opened.has(service.id))}
        </div>
      ))}
    </section>
  )
}

/** The same look as in the banner. */
const button = (action: string, label: string): Children => (
  <button type="button" part="button" data-portti-action={action}>
    {label}
  </button>
)

/** Where services are answered one by one, or one was at its placeholder. */
const hasOwnSwitch = (
  { id }: Service,
  { required, perService, services }: Category,
  { $decision }: SettingsScene,
): boolean => !required && ((perService && services.length > 1) || Object.hasOwn($decision.get().choice, id))

const row = (title: string, state: string): Children => (
  <span className="w">
    <span>{title}</span>
    <small>{state}</small>
  </span>
)

/** The switch remembers by itself what the visitor does; drawing again leaves it alone. */
const toggle = (
  id: string,
  title: string,
  { allows, wording }: SettingsScene,
  description?: string,
): Children => (
  <label className="w">
    <span>{title}</span>
    <input
      type="checkbox"
      role="switch"
      part="switch"
      value={id}
      defaultChecked={allows(id)}
      aria-describedby={description}
    />
    <small className="y" aria-hidden="true">
      {wording.messages.on}
    </small>
    <small className="n" aria-hidden="true">
      {wording.messages.off}
    </small>
  </label>
)

function rights({ policy, $decision, wording }: SettingsScene): Children {
  const { messages, text, date } = wording
  const { controller, authority } = policy
  const decision = $decision.get()
  return (
    <section className="u">
      <h3>{messages.rights}</h3>
      <p>{messages.rightsBody}</p>
      <ul>
        <li>
          {fill(messages.controller, { name: text(controller.name) })}
          {controller.address && `, ${text(controller.address)}`}
        </li>
        {controller.email && (
          <li>
            <a href={`mailto:${controller.email}`}>{fill(messages.contact, { email: controller.email })}</a>
          </li>
        )}
        <li>
          <a href={text(controller.privacyNotice)}>{messages.privacyNotice}</a>
        </li>
        <li>
          <a href={authority ? text(authority.url) : 'https://tietosuoja.fi/'} rel="noopener noreferrer">
            {fill(messages.complaint, { authority: authority ? text(authority.name) : messages.authority })}
          </a>
        </li>
        {decision.kind !== 'unasked' && (
          <li>
            {fill(messages.given, { date: date(decision.at) })}{' '}
            <button type="button" className="a" data-portti-action="receipt">
              {messages.receipt}
            </button>
          </li>
        )}
      </ul>
    </section>
  )
}
