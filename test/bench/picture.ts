/** The figures as a picture: a small chart per metric, a bar per contestant, readable on light and on dark ground. */
import { metrics } from './metrics.ts'
import type { Figures, Shown } from './report.ts'

const CHARTS: readonly (readonly [metric: string, title: string])[] = [
  ['bytes-first', 'Download, kB (brotli)'],
  ['cpu', 'Processor time, first view, ms'],
  ['banner-slow', 'Slow network: banner after, ms'],
  ['accept-script', 'Accept → first script, ms at 4×'],
  ['settings', 'Settings → visible, ms at 4×'],
  ['return-cpu', 'Processor time, returning, ms'],
]

const COLUMN = 400
const LABEL = 150
const BAR = 170
const ROW = 19
const COLUMNS = 2

export function picture({ contestants, machine, rounds }: Figures): string {
  const shown = contestants.filter(({ id }) => id !== 'none' && id !== 'portti-guard')
  const height = 44 + shown.length * ROW
  const width = COLUMN * COLUMNS + 20
  const total = Math.ceil(CHARTS.length / COLUMNS) * height + 40
  const charts = CHARTS.map(([metric, title], at) => {
    const x = 20 + (at % COLUMNS) * COLUMN
    const y = 12 + Math.floor(at / COLUMNS) * height
    return `<g transform="translate(${x} ${y})">${chart(title, metric, shown)}</g>`
  })
  const words = `Medians over ${rounds.cpu ?? 0} interleaved ${rounds.cpu === 1 ? 'round' : 'rounds'}, ${machine.chromium}, ${machine.on}. Shorter is better.`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${total}" width="${width}" height="${total}" role="img" aria-labelledby="title">
<title id="title">Portti and its peers: ${CHARTS.map(([, name]) => name).join('; ')}. The figures are in the table below the picture.</title>
<style>
svg { font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif }
text { fill: #1f2328 } .t { font-weight: 600; font-size: 13px } .n { fill: #59636e } .b { fill: #9aa4af } .f { fill: #c8d0d8 } .p { fill: #0a7d55 }
.me { font-weight: 600 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .n { fill: #9198a1 } .b { fill: #6e7681 } .f { fill: #444c56 } .p { fill: #3fb98a } }
</style>
${charts.join('\n')}
<text class="n" x="20" y="${total - 14}">${words}</text>
</svg>
`
}

function chart(title: string, metric: string, shown: readonly Shown[]): string {
  const decimals = metrics.find(({ id }) => id === metric)?.decimals ?? 0
  const values = shown.map(({ medians }) => medians[metric])
  const largest = Math.max(...values.map((value) => value ?? 0))
  const rows = shown.map(({ id, name }, at) => {
    const value = values[at]
    const y = 30 + at * ROW
    const kind = id === 'portti' ? 'p' : id === 'floor' ? 'f' : 'b'
    const length = value === undefined || largest <= 0 ? 0 : Math.max(1, (Math.max(0, value) / largest) * BAR)
    const words = value === undefined ? 'cannot' : value.toFixed(decimals)
    return (
      `<text${id === 'portti' ? ' class="me"' : ''} x="${LABEL - 8}" y="${y + 11}" text-anchor="end">${name}</text>` +
      `<rect class="${kind}" x="${LABEL}" y="${y}" width="${length.toFixed(1)}" height="14" rx="2"/>` +
      `<text class="n" x="${(LABEL + length + 6).toFixed(1)}" y="${y + 11}">${words}</text>`
    )
  })
  return `<text class="t" y="14">${title}</text>${rows.join('')}`
}
