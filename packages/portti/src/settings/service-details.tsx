/** What is told of one service: who provides it, where the data goes, and what is kept on the device. */
import { lifetime } from '../locales/lifetime.ts'
import { fill } from '../locales/messages.ts'
import type { Service } from '../policy/policy.ts'
import { type Children, h } from './h.ts'
import type { SettingsScene } from './scene.ts'
import type { SettingsWording } from './wording.ts'

/** @param open Whether it is unfolded. Long tables are not built before. */
export function serviceDetails(
  service: Service,
  { wording, policy }: SettingsScene,
  open: boolean,
): Children {
  const { messages, text, country } = wording
  const { id, provider, transfer, kept, until, description } = service
  // The site itself has no name here; the part about rights tells the rest of it.
  const { name } = provider
  const lines = () => [
    description && text(description),
    name && messages.roles[provider.role],
    name &&
      fill(messages.transfers[transfer.ground], { country: country(transfer.country ?? provider.country) }),
    kept && `${messages.kept}: ${text(kept)}`,
    Number.isFinite(until) && fill(messages.until, { date: wording.date(until - 1) }),
  ]
  return (
    <details data-portti-service={id}>
      <summary>
        {`${messages.provider}: ${name ? `${name}, ${country(provider.country)}` : text(policy.controller.name)}`}
      </summary>
      {open && [
        <ul>
          {lines().map((line) => line && <li>{line}</li>)}
          {name && (
            <li>
              <a href={text(provider.privacyNotice)} target="_blank" rel="noopener noreferrer">
                {fill(messages.vendorPrivacy, { vendor: name })}
              </a>
            </li>
          )}
        </ul>,
        table(service, wording),
      ]}
    </details>
  )
}

function table({ cookies, storage }: Service, { messages, language, purpose }: SettingsWording): Children {
  const heads = [
    messages.tableName,
    messages.tableKind,
    messages.tableParty,
    messages.tablePurpose,
    messages.tableLifetime,
  ]
  const rows = [...cookies, ...storage].map((fact) => [
    fact.name,
    'in' in fact ? messages.kindStorage : messages.kindCookie,
    'host' in fact && fact.host ? `${messages.partyThird} (${fact.host})` : messages.partyFirst,
    purpose(fact.purpose),
    lifetime(fact.days, messages, language, 'in' in fact ? fact.in : undefined),
  ])
  if (!rows.length) return
  // Narrow screens lay the cells out as blocks, which takes the table roles away unless they are spelt out.
  return (
    <table role="table">
      <caption>{messages.tableCaption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {heads.map((head) => (
            <th scope="col" role="columnheader">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((cells) => (
          <tr role="row">
            {cells.map((cell, at) =>
              at ? (
                <td role="cell" data-h={heads[at]}>
                  {cell}
                </td>
              ) : (
                <th scope="row" role="rowheader">
                  {cell}
                </th>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
