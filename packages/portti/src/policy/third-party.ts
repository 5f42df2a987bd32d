/** Whether `host` is of another site than the page's `own`, as far as names tell: what stands above or below it is not. */
export function isThirdParty(host: string, own: string): boolean {
  const site = own.replace(/^www\./, '')
  return !`.${host}`.endsWith(`.${site}`) && !(site.endsWith(`.${host}`) && host.includes('.'))
}
