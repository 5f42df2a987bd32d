/** Addresses that work with no tracker: a widget's share link, or its content on the provider's own site. */

const allowed = ['http:', 'https:', 'mailto:', 'tel:']

/** `address` as a full URL if its scheme is harmless. */
export function safeLink(address: string, base: string): string | undefined {
  try {
    const { protocol, href } = new URL(address, base)
    return allowed.includes(protocol) ? href : undefined
  } catch {
    return undefined
  }
}

/**
 * Fills in a link of the catalogue (see `Widget`): `{a|b}` is the first value that is there, encoded; `{+a}` stands as it
 * is. If a name has no value there is no link.
 */
export function expandLink(
  template: string,
  value: (name: string) => string | null | undefined,
): string | undefined {
  let complete = true
  const link = template.replace(/\{(\+?)([^{}]+)\}/g, (_, raw: string, names: string) => {
    const found = names.split('|').map(value).find(Boolean)
    if (!found) complete = false
    return found ? (raw ? found : encodeURIComponent(found.replace(/\p{Cs}/gu, '\ufffd'))) : ''
  })
  return complete ? link : undefined
}
