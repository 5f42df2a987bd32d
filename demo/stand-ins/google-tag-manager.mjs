/** gtm.js with a container that holds one Analytics tag, which asks for `analytics_storage` before it fires. */
import { page, script } from './reply.mjs'

/** Container → what is in it. */
const containers = { 'GTM-TASSU26': 'G-TASSU2026' }

export default [
  {
    host: 'www.googletagmanager.com',
    path: '/gtm.js',
    reply: ({ url }) => {
      const id = url.searchParams.get('id') ?? ''
      return script('gtm.js', container, {
        id,
        tag: Object.hasOwn(containers, id) ? containers[id] : undefined,
      })
    },
  },
  { host: 'www.googletagmanager.com', path: '/ns.html', reply: () => page({ title: 'ns', body: '' }) },
]

/** Runs in the page. */
function container({ id, tag }) {
  window.dataLayer ||= []
  const queue = window.dataLayer
  window.google_tag_manager = { ...window.google_tag_manager, [id]: { dataLayer: queue } }
  let allowed = true
  let started = false
  let fired = false

  function read(entry) {
    if (entry?.event === 'gtm.js') started = true
    if (Object.prototype.toString.call(entry) === '[object Arguments]' && entry[0] === 'consent') {
      const answer = entry[2]?.analytics_storage
      if (answer) allowed = answer !== 'denied'
    }
  }

  function fire() {
    if (!tag || !started || !allowed || fired) return
    fired = true
    const loader = document.createElement('script')
    loader.async = true
    loader.src = `https://www.googletagmanager.com/gtag/js?id=${tag}&cx=c`
    document.head.append(loader)
    command('js', new Date())
    command('config', tag)
  }

  function command() {
    // biome-ignore lint/complexity/noArguments: the queue takes nothing else.
    queue.push(arguments)
  }

  Array.from(queue).forEach(read)
  const push = queue.push
  queue.push = (...entries) => {
    const length = push.apply(queue, entries)
    entries.forEach(read)
    fire()
    return length
  }
  fire()
}
