/**
 * Script texts and addresses under Trusted Types: one policy called `portti`, made only when a held script is let run. A
 * site that does not allow the name keeps its gated scripts shut; everything else works.
 */
interface Policy {
  createScript(text: string): string
  createScriptURL(url: string): string
  createHTML(markup: string): string
}
interface Factory {
  createPolicy(name: string, rules: Policy): Policy
}

const asIs: Policy = {
  createScript: (text) => text,
  createScriptURL: (url) => url,
  createHTML: (markup) => markup,
}
let policy: Policy | undefined
let told = false

function current(): Policy {
  if (policy) return policy
  const { trustedTypes } = globalThis as { trustedTypes?: Factory }
  try {
    policy = trustedTypes?.createPolicy('portti', asIs) ?? asIs
  } catch {
    policy = asIs
  }
  return policy
}

/** Runs `work`; nothing comes back, and the console says why, if the page's Trusted Types refuse it. */
export function trust<R>(work: () => R): R | undefined {
  try {
    return work()
  } catch {
    if (!told)
      console.warn(
        'portti: this page enforces Trusted Types without our policy, so gated scripts stay held. Add "portti" to the trusted-types directive.',
      )
    told = true
    return undefined
  }
}
trust.script = (text: string): string => current().createScript(text)
trust.markup = (markup: string): string => current().createHTML(markup)
trust.url = (url: string): string => current().createScriptURL(url)
