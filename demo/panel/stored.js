/** What the page can see of its own cookies and storage: `{ name, where }`, names only. */
export function readStored() {
  const cookies = document.cookie.split('; ').filter(Boolean)
  return [
    ...cookies.map((cookie) => ({ name: cookie.split('=')[0], where: 'cookie' })),
    ...keys('localStorage'),
    ...keys('sessionStorage'),
  ]
}

function keys(where) {
  try {
    return Object.keys(window[where]).map((name) => ({ name, where }))
  } catch {
    // Blocked by the browser: then nothing is stored there.
    return []
  }
}
