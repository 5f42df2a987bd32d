/**
 * The shape of a policy, written once: `parse` reads policies with it, and `schema` prints it as JSON Schema.
 *
 * A type is a short text, because every visitor is sent it. `*` in front: a list; `+`: one that is not empty. `a/b`: an
 * `a` if it is text, else a `b`. `a>b`: an object with `a` as keys and `b` as values. `x|y`: one of these words.
 * Otherwise it is the name of an entry here, and that is
 * - a pattern for text,
 * - least, most and step of a number,
 * - `true` for yes or no, or
 * - the fields of an object, `name:type` each. `?`: may be absent. A name alone is its own type.
 *
 * The names of entries are shown to people as what was expected. The patterns mean the same with and without the flag
 * `u`, which JSON Schema adds.
 */
export const types: Readonly<Record<string, string | RegExp | readonly number[] | true>> = {
  policy:
    '$schema?:text controller authority? languages?:+language renewAfterMonths?:months afterWithdraw?:reload|offer gpc?:boolean cookie? reopen?:auto|always|never audience?:everyone|children unlisted?:allow|hold theme? texts?:language>key>text aliases?:manager>key>known categories:+category',
  controller: 'name:text/language>text email? address?:text/language>text privacyNotice:link/language>link',
  authority: 'name:text/language>text url:link/language>link',
  cookie: 'domain?:host',
  theme:
    'background?:color text?:color accent?:color scheme?:auto|light|dark dark?:colors radius?:length font?',
  colors: 'background?:color text?:color accent?:color',
  category:
    'id:categoryId title?:text/language>text description?:text/language>text needs?:sibling/*sibling gpc?:boolean perService?:boolean services:*named/service',
  service:
    'id use?:catalogued name?:text/language>text description?:text/language>text provider? transfer? urls?:*url cookies?:*cookieFact storage?:*storageFact kept?:text/language>text from?:day until?:day',
  provider: 'name:text country role:processor|controller|joint privacyNotice:web/language>web',
  transfer: 'ground:eea|adequacy|dpf|scc|none country?',
  cookieFact: 'name days purpose:text/language>text host?',
  storageFact: 'in:localStorage|sessionStorage|indexedDB|cacheStorage name purpose:text/language>text days?',

  boolean: true,
  text: /\S/,
  // `portti` is the service of our own cookie; the last two mean something to JavaScript.
  categoryId: /^(?!(portti|constructor|prototype)$)[a-z\d][a-z\d-]*$/,
  id: /^(?!(necessary|portti|constructor|prototype)$)[a-z\d][a-z\d-]*$/,
  // These four name something that `parse` looks up: a catalogue service whose id is taken here, a catalogue service, a
  // category, a category or service.
  named: /./,
  catalogued: /./,
  sibling: /./,
  known: /./,
  manager: /^(klaro|cookiebot|onetrust|usercentrics|orejime)$/,
  key: /^(?!(__proto__|constructor|prototype)$)\S/,
  language: /^[a-z]{2,3}(-[A-Za-z\d]{2,8})*$/,
  months: [6, 13, 1],
  days: [0, 99999],
  // `parse` also looks whether the month has such a day.
  day: /^\d{4}-\d\d-\d\d$/,
  country: /^[A-Z]{2}$/,
  email: /^[^\s@<>?&"]+@[^\s@<>?&"]+$/,
  // No white space or control character, so that the scheme tested here is the one that browsers see.
  link: /^((https?|mailto|tel):|(?![A-Za-z][A-Za-z\d+.-]*:))[^\s\p{Cc}]+$/u,
  web: /^https?:\/\/[^\s\p{Cc}]+$/u,
  host: /^[a-z\d-]+(\.[a-z\d-]+)*$/,
  url: /^(\*\.)?[a-z\d-]+(\.[a-z\d-]+)*(\/[^\s#*]*)?$/,
  name: /^[^*]+\*?$/,
  color: /^(#[\da-fA-F]{3,8}|[a-zA-Z]+|((rgb|hsl)a?|hwb|(ok)?l(ab|ch))\([\da-z\s.,%/-]+\))$/,
  length: /^(0|\d{1,4}(\.\d{1,4})?(px|r?em|%))$/,
  font: /^[\w\s,'"-]+$/,
}

/** Categories that have wordings; others need a title. */
export const knownCategories =
  'necessary functional analytics clicks demographics measure social media ads'.split(' ')

/** What a service must say that the catalogue does not know; and one of the second at least. */
export const ownFields = ['name', 'provider', 'transfer'] as const
export const ownTraces = ['urls', 'cookies', 'storage'] as const
