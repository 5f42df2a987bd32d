/**
 * tarteaucitron 1.34, its minified files beside each other as it loads them by itself: main file, services, language, style
 * sheet. It knows no held markup: a service is a function of the site's, so each service puts in what the page holds for it.
 */
import type { Held, Task } from '../task.ts'
import { site } from '../task.ts'
import { type Contestant, escaped, json } from './contestant.ts'

export const tarteaucitron: Contestant = {
  id: 'tarteaucitron',
  name: 'tarteaucitron',
  package: 'tarteaucitronjs',
  files: Object.fromEntries(
    [
      'tarteaucitron.min.js',
      'tarteaucitron.services.min.js',
      'lang/tarteaucitron.fi.min.js',
      'css/tarteaucitron.min.css',
    ].map((file) => [`/tac/${file}`, `tarteaucitronjs/${file}`]),
  ),
  head: (task) =>
    `<script>var tarteaucitronForceLanguage='fi',tarteaucitronUseMin=true</script><script src="/tac/tarteaucitron.min.js"></script>` +
    `<script>${start(task)}</script>`,
  hold: (held) =>
    held.kind === 'frame'
      ? `<div class="tac_iframe" url="${escaped(held.src)}" width="560" height="315" title="Video"></div>`
      : '',
  ui: {
    accept: '#tarteaucitronPersonalize2',
    settings: '#tarteaucitronCloseAlert',
    opened: '#tarteaucitronAllAllowed2, #tarteaucitronAllAllowed',
  },
  notes: ['its own cookie is written before any answer'],
}

function start({ services, held }: Task): string {
  const options = {
    privacyUrl: site.privacyNotice,
    bodyPosition: 'bottom',
    hashtag: '#tarteaucitron',
    cookieName: 'tarteaucitron',
    orientation: 'bottom',
    groupServices: true,
    showAlertSmall: false,
    cookieslist: false,
    showIcon: false,
    adblocker: false,
    DenyAllCta: true,
    AcceptAllCta: true,
    highPrivacy: true,
    handleBrowserDNTRequest: false,
    removeCredit: true,
    moreInfoLink: false,
    useExternalCss: false,
    useExternalJs: false,
    mandatory: true,
    googleConsentMode: false,
    bingConsentMode: false,
    pianoConsentMode: false,
  }
  // Frames are its own service `iframe`.
  const frames = held.some(({ kind }) => kind === 'frame')
  const added = services
    .map((service) => {
      const code = held.filter(({ service: id }) => id === service.id).map(insert)
      return `add(${json(service.id)},${json(types[service.category])},${json(service.name)},${json(service.cookies)},function(){${code.join(';')}});`
    })
    .join('')
  return (
    `tarteaucitron.init(${json(options)});var jobs=tarteaucitron.job=tarteaucitron.job||[];` +
    'function add(key,type,name,cookies,js){tarteaucitron.services[key]={key:key,type:type,name:name,needConsent:true,cookies:cookies,js:js,fallback:function(){}};jobs.push(key)}' +
    'function put(code){var s=document.createElement("script");s.text=code;document.body.appendChild(s)}' +
    `window.addEventListener('tac.root_available',function(){${added}${frames ? "jobs.push('iframe');" : ''}});`
  )
}

const types = { analytics: 'analytic', ads: 'ads', media: 'video' } as const

function insert(held: Held): string {
  if (held.kind === 'external') return `tarteaucitron.addScript(${json(held.src)})`
  return held.kind === 'inline' ? `put(${json(held.code)})` : ''
}
