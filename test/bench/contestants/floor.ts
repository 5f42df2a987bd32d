/**
 * A banner written by hand for this one page, about 1 kB, with no library: what asking costs at the least. It has three
 * buttons, settings with a switch per category, a cookie, and it releases scripts and frames. It does not withdraw, list
 * services, move focus, clear cookies or look at anything that arrives later.
 */
import { categories, site } from '../task.ts'
import { categoryTexts, texts } from '../texts.ts'
import { type Contestant, escaped } from './contestant.ts'
import { none } from './none.ts'

const style =
  '#kysy{position:fixed;inset:auto 0 0;padding:1rem;background:#fff;color:#111;border-top:2px solid;font:1rem/1.5 sans-serif}' +
  '#kysy button{padding:.6rem 1rem;margin:0 .5rem 0 0;font:inherit}#kysy label{display:block}'

const markup =
  `<section id="kysy" aria-label="${texts.title}" hidden><h2>${texts.title}</h2><p>${texts.body} <a href="${site.privacyNotice}">${texts.privacyNotice}</a></p>` +
  `<div hidden>${categories.map((id) => `<label><input type="checkbox" value="${id}"> ${escaped(categoryTexts[id].title)}: ${escaped(categoryTexts[id].body)}</label>`).join('')}<p><button value="s">${texts.save}</button></p></div>` +
  `<button value="r">${texts.rejectAll}</button><button value="a">${texts.acceptAll}</button><button value="o">${texts.openSettings}</button></section>`

const script = `(()=>{const k=document.getElementById('kysy'),d=k.querySelector('div'),b=[...d.querySelectorAll('input')]
const go=c=>{for(const e of document.querySelectorAll('[data-category]'))if(c.includes(e.dataset.category)){
if(e.content)e.replaceWith(e.content);else{const s=document.createElement('script');s.async=false;if(e.dataset.src)s.src=e.dataset.src;s.text=e.text;e.replaceWith(s)}}}
const m=/(?:^|; )kysy=([^;]*)/.exec(document.cookie);if(m)return go(m[1].split('.'))
k.hidden=false
k.onclick=({target:{value:v}})=>{if(v=='o'){d.hidden=false;return}if(!'ars'.includes(v||'-'))return
const c=b.filter(i=>v=='a'||v=='s'&&i.checked).map(i=>i.value)
document.cookie='kysy='+c.join('.')+';path=/;max-age=31536000;samesite=lax';go(c);k.remove()}})()`

export const floor: Contestant = {
  id: 'floor',
  name: 'hand-written, 1 kB',
  head: () => `<style>${style}</style>`,
  hold: none.hold,
  end: () => `${markup}<script>${script}</script>`,
  ui: { accept: '#kysy [value=a]', settings: '#kysy [value=o]', opened: '#kysy input' },
  cannot: { services: 'lists no services' },
  notes: ['no withdrawal, no list of services, no clearing, nothing that arrives later'],
}
