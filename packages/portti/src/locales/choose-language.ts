/**
 * The offered language that suits best: the first wanted one that is offered, itself or under a shorter or longer name
 * (`fi-FI` finds `fi`, `en` finds `en-GB`: BCP 47, the lookup of RFC 4647 section 3.4). If none suits, the first offered.
 *
 * @param wanted Language tags, most wanted first; what is missing, empty or nonsense is passed over.
 * @param offered Never empty; the answer is one of these, as it stands.
 */
export function chooseLanguage(
  wanted: readonly (string | null | undefined)[],
  offered: readonly string[],
): string {
  for (const tag of wanted) {
    // 35 characters hold every real tag (RFC 5646 section 4.4.1); a page's own attribute may hold anything.
    const parts = subtags((tag ?? '').slice(0, 35))
    for (let length = parts.length; length && parts[0]; length--) {
      const found = offered.find((language) => {
        const candidate = subtags(language)
        return parts.slice(0, length).every((part, index) => part === candidate[index])
      })
      if (found !== undefined) return found
    }
  }
  return offered[0] ?? ''
}

function subtags(tag: string): readonly string[] {
  return tag.trim().toLowerCase().split(/[-_]/)
}
