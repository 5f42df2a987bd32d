/** What the stand-ins answer with: scripts, pages, pictures, empty answers, and the cookies that go with them. */

/**
 * @typedef {{ method: string, url: URL, headers: Record<string, string | undefined>, body: string }} Request
 * @typedef {{ status: number, headers: Record<string, string | string[]>, body: string | Uint8Array }} Reply
 * @typedef {{ host: string | RegExp, path: string | RegExp, reply: (request: Request) => Reply }} Route
 */

/** One `Set-Cookie` line of a host that is embedded elsewhere. `days` 0 is until the browser closes. */
export function cookie(name, value, days, domain) {
  const age = days > 0 ? `; Max-Age=${Math.round(days * 86400)}` : ''
  return `${name}=${value}; Domain=${domain}; Path=/${age}; SameSite=None; Secure`
}

/**
 * A script. `run` is written here as an ordinary function and sent as its source text, so it must not use anything from
 * around it; it gets `options`, and `keep(name, value, days)`, which writes a cookie on the widest domain that takes it.
 * Each execution leaves `name` in `window.__ran`.
 */
export function script(name, run, options = {}, cookies = []) {
  return {
    status: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-store',
      ...setting(cookies),
    },
    body: `/* Stand-in for ${name}: does what the vendor's own script does, as far as a page can tell. */
(function () {
  (window.__ran = window.__ran || []).push(${JSON.stringify(name)});
  (${run})(${JSON.stringify(options)}, ${keep});
})();
`,
  }
}

/** A page to be shown in a frame. `body` is HTML, `css` its own style. */
export function page({ title, body, css = '', lang = 'fi', cookies = [] }) {
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...setting(cookies) },
    body: `<!doctype html>
<html lang="${lang}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${base}${css}</style>
${body}
`,
  }
}

/** A transparent picture of one pixel. */
export function pixel(cookies = []) {
  return {
    status: 200,
    headers: { 'content-type': 'image/gif', 'cache-control': 'no-store', ...setting(cookies) },
    body: Uint8Array.from(atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'), (char) =>
      char.charCodeAt(0),
    ),
  }
}

/** Nothing, as beacons get. */
export function empty(cookies = []) {
  return {
    status: 204,
    headers: { 'access-control-allow-origin': '*', 'cache-control': 'no-store', ...setting(cookies) },
    body: '',
  }
}

/** `text` for use in HTML, also in attributes. */
export function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

const setting = (cookies) => (cookies.length > 0 ? { 'set-cookie': cookies } : {})

const base = `
*{box-sizing:border-box}
html{color-scheme:light;font:15px/1.45 system-ui,sans-serif;color:#1b1f24;background:#fff}
body{margin:0}
.note{display:inline-block;font-size:11px;line-height:1;padding:4px 7px;border-radius:99px;background:#fff3c4;color:#5c4400}
`

/** Runs in the page. A cookie that is there with this value already counts as taken, which is as good. */
function keep(name, value, days) {
  const labels = /^[\d.]+$|:/.test(location.hostname) ? [] : location.hostname.split('.')
  const age = days > 0 ? `; max-age=${Math.round(days * 86400)}` : ''
  const domains = labels.map((_, at) => labels.slice(-1 - at).join('.')).map((domain) => `; domain=${domain}`)
  for (const domain of [...domains, '']) {
    // biome-ignore lint/suspicious/noDocumentCookie: this is what vendors' scripts do.
    document.cookie = `${name}=${value}; path=/${age}; samesite=lax${domain}`
    if (document.cookie.split('; ').includes(`${name}=${value}`)) return
  }
}
