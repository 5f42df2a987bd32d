/**
 * What browsers send on their own account, seen in Chromium 156 and Firefox 153 with every switch off that would stop
 * it. Kept narrow: pages do ask `fonts.googleapis.com` and `accounts.google.com/gsi`, and that must be seen.
 */
const OWN = [
  /^(update|safebrowsing|content-autofill|optimizationguide-pa|edgedl|android\.clients)\.googleapis\.com\//,
  /^[\w-]+-pa\.googleapis\.com\//,
  /^edgedl\.me\.gvt1\.com\//,
  /^accounts\.google\.com\/(ListAccounts|RotateBoundCookies)/,
  /^clients\d\.google\.com\//,
  /^([\w-]+\.)*mozilla\.(com|net|org)\//,
  /^([\w-]+\.)*firefox\.com\//,
]

/** Whether a request is the browser's own business. `path` starts with a slash. */
export function isBrowserOwn(host: string, path: string): boolean {
  return OWN.some((pattern) => pattern.test(host + path))
}

/** Hosts that a browser connects to on its own account, even without asking them anything; no page of ours knows them. */
const OWN_HOSTS =
  /^(accounts\.google\.com|clients\d\.google\.com|edgedl\.me\.gvt1\.com|([\w-]+-pa|update|safebrowsing|content-autofill|edgedl|android\.clients)\.googleapis\.com|([\w-]+\.)*(mozilla\.(com|net|org)|firefox\.com))$/

export const isBrowserOwnHost = (host: string): boolean => OWN_HOSTS.test(host)
