/** The page that all contestants share: an ordinary article, the same bytes for everybody but for their own lines. */

import type { Contestant } from './contestants/contestant.ts'
import { analyticsPath, type Held, type Task } from './task.ts'

/** Writes down what ran and when; a released script calls it. */
const diary = '<script>var diary=[];function ran(id){diary.push([id,performance.now()])}</script>'

const style =
  // The scroll bar is there from the start: a page that is painted half done would move when it comes.
  '<style>html{overflow-y:scroll}body{margin:0 auto;max-width:60rem;padding:1rem;font:1.1rem/1.6 sans-serif}img{width:100%;height:auto}nav a{margin-right:1rem}</style>'

const words =
  'Mallilan verstaalla tehdään huonekaluja kotimaisesta koivusta. Jokainen tuoli kootaan käsin, hiotaan kolmesti ja öljytään pellavaöljyllä ennen kuin se lähtee matkaan.'

/** A site has a way back to the question in its footer, whoever asks; Portti draws no button of its own for it then. */
const footer = '<footer><a href="#portti">Evästeasetukset</a></footer>'

const article = `<header><nav>${['Etusivu', 'Tuotteet', 'Verstas', 'Yhteys'].map((name) => `<a href="/${name.toLowerCase()}">${name}</a>`).join('')}</nav><h1>Koivusta, käsin, kiireettä</h1></header><main><img src="/kuva.svg" width="1200" height="420" alt="Verstas">${Array.from({ length: 12 }, (_, n) => `<section><h2>${n + 1}. työvaihe</h2><p>${words}</p><ul><li>Hionta</li><li>Liimaus</li><li>Öljy</li></ul></section>`).join('')}`

export function page({ head, hold, end }: Contestant, task: Task): string {
  const scripts = task.held.filter(({ kind }) => kind !== 'frame')
  const frames = task.held.filter(({ kind }) => kind === 'frame')
  const held = (list: readonly Held[]) => list.map(hold).join('')
  return (
    `<!doctype html><html lang="fi"><head><meta charset="utf-8">${head?.(task) ?? ''}<meta name="viewport" content="width=device-width"><title>Mallila</title>${style}${diary}</head>` +
    `<body>${article}${held(frames)}</main>${footer}${held(scripts)}${end?.(task) ?? ''}</body></html>`
  )
}

/**
 * The largest thing to see on the page; it should stay the largest contentful paint. With its grain, since a browser takes a picture
 * of less than 0.05 bits for each of its pixels for a background, which counts for nothing.
 */
export const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 420"><rect width="1200" height="420" fill="#d8c7a3"/><g fill="none" stroke="#bfa97c">${Array.from(
  { length: 84 },
  (_, line) => `<path d="M0 ${line * 5}q300 ${(line * 7) % 23} 600 0t600 ${(line * 5) % 11}"/>`,
).join(
  '',
)}</g><path d="M60 360h1080M180 360V140h200v220M640 360V90h320v270" fill="none" stroke="#5b4a2f" stroke-width="18"/></svg>`

/** What the trackers' hosts answer. */
export const trackerFiles: Readonly<Record<string, { readonly type: string; readonly body: string }>> = {
  [analyticsPath]: { type: 'text/javascript', body: "ran('laskuri')" },
  '/mainos.js': { type: 'text/javascript', body: "ran('mainos')" },
  '/video.html': { type: 'text/html', body: '<!doctype html><title>Video</title>' },
}
