import type { Issue, IssueCode } from './issue.ts'
import { nearest } from './nearest.ts'

/**
 * One issue as full sentences for the person who writes the policy: where, what was found, what was expected, what to do
 * next. Belongs to tools; a page prints `summary` instead.
 *
 * > /categories/1/services/0: no catalogue service is called "linkdin". Did you mean "linkedin"? Pick a name from the
 * > catalogue, or declare the service here with its provider, hosts and cookies.
 */
export function explain(issue: Issue): string {
  const { path, code, found, options } = issue
  const [what, next] = sentences[code](issue)
  const typed = found.startsWith('"') ? found.slice(1, -1) : undefined
  const near = typed !== undefined && !defaultOn.test(typed) ? nearest(typed, options) : undefined
  const guess = near === undefined ? [] : [`Did you mean "${near}"?`]
  return [`${path || 'The policy'}: ${what}`, ...guess, next].join(' ')
}

type Sentences = readonly [what: string, next: string]

const sentences: Readonly<Record<IssueCode, (issue: Issue) => Sentences>> = {
  json: ({ found }) => [
    `this cannot be read as JSON: ${found}.`,
    found.includes('<')
      ? 'It looks like a web page: check that the address of the policy is right and that the server does not answer with its error page.'
      : 'Check commas, quotes and closing brackets; an editor that follows "$schema" marks the place.',
  ],
  size: ({ found }) => [
    `the document has ${found} characters; at most 256 KB is read.`,
    'Leave out services that the site does not use, and use catalogue names instead of whole declarations.',
  ],
  type: ({ found, expected }) => [`found ${found}, expected ${expected}.`, 'Change the type of the value.'],
  missing: ({ path, expected }) => [missing(path, expected), 'Add it.'],
  key: ({ path, found, options, expected }) => {
    if (options.length && defaultOn.test(found.slice(1, -1))) {
      return [
        `${found} is not a field: nothing may be switched on before the visitor says so (CJEU C-673/17 Planet49), so a policy has no way to pre-select a category or service.`,
        'Remove it; what the site cannot work without belongs under "necessary".',
      ]
    }
    if (/^"(legal|lawful|basis|legitimate)/i.test(found)) {
      return [
        `${found} is not a field: consent is the only ground for what is not necessary (ePrivacy Directive art. 5(3)), legitimate interest is none.`,
        'Remove it.',
      ]
    }
    if (/^"(__proto__|constructor|prototype)"$/.test(found)) {
      return [
        `${found} is never a name here, because JavaScript gives it a meaning of its own.`,
        'Choose another name.',
      ]
    }
    return options.length
      ? [
          `there is no field ${found} here.`,
          `Fields that may stand at ${parentOf(path)}: ${options.join(', ')}.`,
        ]
      : [`${found} is not ${words.get(expected) ?? expected}.`, 'Change or remove it.']
  },
  value: ({ found, expected, options }) => {
    if (options.length && /shield|harbou?r/i.test(found)) {
      return [
        `found ${found}, which is no ground for a transfer any more: the Court of Justice has annulled Safe Harbor (C-362/14, 2015) and Privacy Shield (C-311/18, 16 July 2020).`,
        'Use "dpf" if the provider is certified under the EU-US Data Privacy Framework, "scc" for standard contractual clauses, or "none" until you know.',
      ]
    }
    const wanted = options.length ? `one of ${options.join(', ')}` : (words.get(expected) ?? expected)
    return [`found ${found}, expected ${wanted}.`, valueStep(found)]
  },
  range: ({ path, found, expected }) => [
    `found ${found}, expected ${expected}.`,
    path === '/renewAfterMonths'
      ? 'Asking again sooner than after six months is nagging, and an answer older than thirteen is stale: choose a whole number of months between.'
      : 'Choose a number inside these limits; 0 days is until the browser closes.',
  ],
  empty: ({ expected }) => [`this is empty, expected ${expected}.`, 'Add an entry or remove the field.'],
  service: ({ found }) => [
    `no catalogue service is called ${found}.`,
    'Pick a name from the catalogue, or declare the service here with its name, provider, transfer, hosts and cookies.',
  ],
  duplicate: ({ found }) => [
    `${found} is taken already.`,
    'Categories and services share one set of ids, and each service stands in one category: rename or remove one of them. To use a catalogue service twice, give the second an id of its own and "use".',
  ],
  reference: ({ found, options }) => [
    `${found} is neither a category nor a service of this policy that may stand here.`,
    `Declared are: ${[...new Set(options)].slice(0, 30).join(', ')}.`,
  ],
  cycle: ({ found }) => [
    `through what it needs, ${found} needs itself, so it could never be allowed.`,
    'Take one "needs" out of the circle.',
  ],
  order: ({ found, expected }) => [
    `${found} is earlier than "from", ${expected}.`,
    'Swap or correct the two days.',
  ],
  tracker: ({ found, expected }) => [
    `${found} needs consent and cannot be "necessary": its category is "${expected}", and necessary is only what the visitor asked for or what carries the transmission (Act 917/2014 § 205).`,
    'Move it to a category that the visitor is asked about.',
  ],
  children: ({ found }) => [
    `${found} has no place on a site for children: "audience" is "children", which forbids ads and demographics.`,
    'Remove it, or correct "audience".',
  ],
}

const valueStep = (found: string): string => {
  if (/^"\s*(javascript|data|vbscript|blob):/i.test(found)) {
    return 'Such an address could run code on the page; link to a page instead.'
  }
  return /^"\s|\s"$/.test(found) ? 'Take away the space at its beginning or end.' : 'Correct the value.'
}

/** Keys that would pre-select something. */
const defaultOn = /^(default|enabled?$|on$|required|opt-?out|(pre)?(selected|checked|ticked))/i

/** What the types of `shape.ts` that are patterns look like. */
const words: ReadonlyMap<string, string> = new Map([
  ['text', 'a text that is not empty'],
  ['id', 'an id of a-z, 0-9 and "-" that is not "necessary" or "portti"'],
  ['categoryId', 'an id of a-z, 0-9 and "-" that is not "portti"'],
  ['key', 'a name'],
  ['manager', 'klaro, cookiebot, onetrust, usercentrics or orejime'],
  ['named', 'a catalogue service'],
  ['catalogued', 'a catalogue service'],
  ['sibling', 'a category'],
  ['known', 'a category or service'],
  ['language', 'a language such as "fi" or "sv-FI"'],
  ['day', 'a day that exists, such as "2026-11-01"'],
  ['country', 'a country code of two capital letters, such as "FI"'],
  ['email', 'an e-mail address'],
  ['link', 'a link without spaces: https:, mailto:, tel: or relative to this site'],
  ['web', 'an https: address without spaces'],
  ['host', 'a host such as "www.yritys.example", in small letters and without https://'],
  ['url', 'a host such as "*.yritys.example", perhaps with a path, in small letters and without https://'],
  ['name', 'a name, with "*" at its end only'],
  ['color', 'one CSS colour, such as "#0a5" or "rgb(0 85 170)"'],
  ['length', 'one CSS length, such as "8px"'],
  ['font', 'a list of font names'],
])

const missing = (path: string, expected: string): string => {
  const field = path.slice(path.lastIndexOf('/') + 1)
  if (/^\/categories\/\d+\/title$/.test(path)) {
    return 'a category of your own has no wording in Portti, so its "title" is missing.'
  }
  if (/\/services\/\d+$/.test(path))
    return `a service declared here needs ${expected}, so that it can be recognised and cleared.`
  if (/\/services\/\d+\/(name|provider|transfer)$/.test(path)) {
    return `"${field}" is missing; a service that the catalogue does not know must be declared whole.`
  }
  return `"${field}" is missing, expected ${expected}.`
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || 'the top of the policy'
