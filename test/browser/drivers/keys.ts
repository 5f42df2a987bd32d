/** Keys that are no character, by their name in the DOM; WebDriver gives each a private code point. */
const CODES = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Meta: '\uE03D',
} as const satisfies Record<string, string>

/** A named key, or one character. */
export type Key = keyof typeof CODES | (string & {})

/** What WebDriver calls a key. */
export function keyCode(key: Key): string {
  const code = Object.hasOwn(CODES, key) ? CODES[key as keyof typeof CODES] : key // the line before proves the name
  if ([...code].length === 1) return code
  throw new Error(
    `no key is called "${key}": take a name of the DOM, such as ${Object.keys(CODES).join(', ')}`,
  )
}
