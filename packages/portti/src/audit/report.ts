/** What was found, as text for a console: what it is, where, and what to do next. Pure. */
import type { Found } from './audit.ts'
import type { Why } from './classify.ts'

const headings: Readonly<Record<Why, string>> = {
  early:
    'Declared, but it came without a yes. Mark it (type="text/plain" data-service="…", or data-src), or put data-guard on the tag:',
  undeclared:
    'Known to the catalogue, but not declared. Add the service to the policy, or take it off the page:',
  unlisted:
    'Known to nobody. Declare a service with these urls, cookies or storage, or name hosts that need no consent in data-allow:',
}

/** @returns Nothing to do: one line. Else a part for each kind of fault, the worst first, with a line for each that was found. */
export function report(found: readonly Found[]): string {
  // The cast: its keys are exactly these.
  const parts = (Object.keys(headings) as Why[]).flatMap((why) => {
    const lines = found.filter((one) => one.why === why).map(line)
    return lines.length > 0 ? [[headings[why], ...lines].join('\n')] : []
  })
  return parts.length > 0
    ? `portti audit: found ${found.length} that the policy does not cover.\n\n${parts.join('\n\n')}`
    : 'portti audit: found nothing so far that the policy does not cover.'
}

const line = ({ what, name, service, example }: Found): string =>
  `  ${[what, name, service && `(${service})`, example].filter(Boolean).join(' ')}`
