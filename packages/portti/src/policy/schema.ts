import type { Catalogue } from './catalogue.ts'
import { knownCategories, ownFields, ownTraces, types } from './shape.ts'

/** A JSON Schema, or a part of one. */
export type Schema = { readonly [keyword: string]: unknown }

/**
 * The shape that `parse` reads, as JSON Schema (2020-12) with descriptions, for editors. For Node only.
 *
 * What it cannot say, `parse` alone finds: the codes in `beyondSchema`.
 */
export function schema(catalogue: Catalogue): Schema {
  const used = new Set<string>()
  const of = (type: string): Schema => schemaOf(type, catalogue, used)
  const body = of('policy')
  const definitions: Record<string, Schema> = {}
  // Defining one may use others; a Set visits those as well.
  for (const name of used) definitions[name] = definitionOf(name, catalogue, of)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Portti consent policy',
    ...body,
    $defs: Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** Issues that a policy may have although it follows the schema. */
export const beyondSchema = [
  'json',
  'size',
  'duplicate',
  'reference',
  'cycle',
  'order',
  'tracker',
  'children',
] as const

function schemaOf(type: string, catalogue: Catalogue, used: Set<string>): Schema {
  const of = (inner: string) => schemaOf(inner, catalogue, used)
  const [, list, name = '', sign, rest = ''] = /^([*+]?)([^/>]*)(.?)(.*)/.exec(type) ?? []
  if (list) return { type: 'array', items: of(type.slice(1)), ...(list === '+' && { minItems: 1 }) }
  if (sign === '/') {
    const other = of(rest)
    // One text per language: not for no language.
    return { anyOf: [of(name), rest.includes('>') ? { ...other, minProperties: 1 } : other] }
  }
  if (sign) return { type: 'object', propertyNames: of(name), additionalProperties: of(rest) }
  if (name.includes('|')) return { enum: name.split('|') }
  if (name === 'boolean') return { type: 'boolean' }
  if (name === 'policy') return objectOf(name, of)
  used.add(name)
  return { $ref: `#/$defs/${name}` }
}

function definitionOf(name: string, catalogue: Catalogue, of: (type: string) => Schema): Schema {
  const entry = types[name]
  const ids = [...catalogue.keys()]
  if (name === 'named' || name === 'catalogued') {
    return { description: 'A service that Portti knows.', enum: ids }
  }
  if (name === 'sibling')
    return { type: 'string', description: 'The id of a category of this policy.', examples: knownCategories }
  if (name === 'known')
    return { type: 'string', description: 'The id of a category or service of this policy.' }
  if (name === 'day') return { type: 'string', format: 'date', pattern: patternOf(entry) }
  if (name === 'categoryId') {
    return {
      description: 'A category that Portti has wordings for, or an id of your own with a "title".',
      anyOf: [{ enum: knownCategories }, { type: 'string', pattern: patternOf(entry) }],
    }
  }
  if (entry instanceof RegExp) return { type: 'string', pattern: patternOf(entry), ...examples[name] }
  if (typeof entry === 'string') {
    const object = objectOf(name, of)
    if (name === 'category') {
      const own = { properties: { id: { not: { enum: knownCategories } } }, required: ['id'] }
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      return { ...object, if: own, then: { required: ['title'] } }
    }
    if (name !== 'service') return object
    const whole = ownTraces.map((field) => ({ required: [field], properties: { [field]: { minItems: 1 } } }))
    return {
      ...object,
      if: {
        not: { anyOf: [{ required: ['use'] }, { properties: { id: { enum: ids } }, required: ['id'] }] },
      },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { required: ownFields, anyOf: whole },
    }
  }
  // What is left are numbers: least, most and step.
  const [minimum, maximum, step] = entry as readonly number[]
  return { type: step === 1 ? 'integer' : 'number', minimum, maximum }
}

const patternOf = (entry: unknown): string => (entry as RegExp).source

function objectOf(name: string, of: (type: string) => Schema): Schema {
  const properties: Record<string, Schema> = {}
  const required: string[] = []
  for (const field of `${types[name]}`.split(' ')) {
    const [key = '', type = key] = field.split(':')
    const plain = key.replace('?', '')
    const description = descriptions[`${name}.${plain}`]
    properties[plain] = { ...(description && { description }), ...of(type.replace('?', '')) }
    if (plain === key) required.push(key)
  }
  return { type: 'object', properties, ...(required.length && { required }), additionalProperties: false }
}

const examples: Readonly<Record<string, Schema>> = {
  color: { examples: ['#0a5c6b', 'rgb(10 92 107)', 'teal'] },
  country: { examples: ['FI', 'SE', 'IE', 'US'], description: 'ISO 3166-1 alpha-2.' },
  font: { examples: ['Georgia, serif'] },
  host: { examples: ['www.yritys.example'] },
  language: { examples: ['fi', 'sv', 'en'] },
  length: { examples: ['8px', '0.5rem'] },
  manager: {
    description:
      'klaro: data-name. cookiebot: data-cookieconsent. onetrust: class optanon-category-*. usercentrics: data-usercentrics. orejime: data-purpose of a template.',
  },
  link: { description: 'https:, mailto:, tel: or relative to the site.', examples: ['/tietosuoja'] },
  name: { description: 'The exact name, or with a trailing * how names begin.', examples: ['_ga', '_ga_*'] },
  url: { examples: ['*.acme.example', 'www.partner.example/px'] },
  web: { examples: ['https://acme.example/privacy'] },
}

const descriptions: Readonly<Record<string, string>> = {
  'policy.$schema': 'This schema, so that editors complete and check the policy.',
  'policy.controller': 'Who decides about the data (GDPR art. 4(7)); shown to the visitor.',
  'policy.authority': 'Where to complain. Default: the Finnish Data Protection Ombudsman.',
  'policy.languages': 'Languages of the site, most important first. Default: fi, sv, en.',
  'policy.renewAfterMonths': 'How many months an answer, yes or no, is valid: 6 to 13. Default: 12.',
  'policy.afterWithdraw':
    'When something that runs cannot be stopped: reload the page, or offer to. Default: reload.',
  'policy.gpc': 'Whether Global Privacy Control switches ads and demographics off. Default: true.',
  'policy.cookie': 'Our own cookie, which keeps the answer.',
  'policy.reopen':
    'Our own small settings button. auto: on pages that have no settings link of their own. Default: auto.',
  'policy.audience': 'children forbids ads and demographics. Default: everyone.',
  'policy.unlisted':
    'What the guard does with third parties that neither the policy nor the catalogue knows. Default: allow.',
  'policy.theme': 'Colours and shapes, each also a custom property --portti-….',
  'policy.texts': 'Own wordings: language, name of the text, text with the same {tokens}.',
  'policy.aliases': 'Marks of other consent managers that pages still carry, and the id here that they mean.',
  'policy.categories':
    'What the visitor is asked about, in this order. "necessary" is always there and never asked.',
  'controller.name': 'Legal name.',
  'controller.email': 'For questions about data protection.',
  'controller.address': 'Postal address.',
  'controller.privacyNotice': 'The privacy notice of the site, or one per language.',
  'authority.name': 'Name of the supervisory authority.',
  'authority.url': 'Where it says how to complain.',
  'cookie.domain': 'Shares the answer with all sub-domains. Default: this host only.',
  'theme.scheme': 'auto follows the visitor. Default: auto.',
  'theme.dark': 'Colours while the visitor prefers dark.',
  'theme.radius': 'Corner radius.',
  'theme.font': 'Font families. Default: those of the page.',
  'category.title': 'Needed for categories of your own.',
  'category.description': 'What it is for, in one or two sentences.',
  'category.needs': 'Categories that must be allowed as well.',
  'category.gpc': 'Whether Global Privacy Control switches it off. Default: true for ads and demographics.',
  'category.perService': 'Whether each service has its own switch. Default: true for social and media.',
  'category.services': 'Names of services that Portti knows, or services declared here.',
  'service.id': 'Unique among categories and services.',
  'service.use': 'A service that Portti knows; the other fields replace its own, one by one.',
  'service.provider': 'The company behind it.',
  'service.transfer': 'Whether and why data may leave the EU and EEA.',
  'service.urls': 'Its hosts: a host, *. for sub-domains, and perhaps a path that addresses begin with.',
  'service.cookies': 'Its cookies.',
  'service.storage': 'What it keeps in the browser besides cookies.',
  'service.kept': 'How long the provider keeps the data.',
  'service.from': 'First day on which it may run.',
  'service.until': 'Last day on which it may run.',
  'provider.name': 'Legal name.',
  'provider.role': 'Works for the site, for itself, or decides together with the site (GDPR art. 26 and 28).',
  'provider.privacyNotice': 'Its privacy notice, or one per language.',
  'transfer.ground':
    'eea: stays there. adequacy: decision on the country. dpf: EU-US Data Privacy Framework, certified companies only. scc: standard contractual clauses. none: you must clear this up.',
  'transfer.country': 'Where to. Default: the country of the provider.',
  'cookieFact.days': 'Lifetime in days; 0 is until the browser closes; a fraction is less than a day.',
  'cookieFact.purpose':
    'Your own words, or one of: visitor, visit, login, security, routing, setting, choice, test, throttle, campaign, conversion, ads, statistics, segment.',
  'cookieFact.host': 'The foreign host that it belongs to. Default: the site.',
  'storageFact.purpose': 'As of a cookie.',
  'storageFact.days': 'As of a cookie. Default: does not expire by itself.',
}
