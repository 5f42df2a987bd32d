/** What is measured, one line each; the table, the picture and the limits all name these. */

export interface Metric {
  readonly id: string
  readonly title: string
  readonly unit: 'ms' | 'kB' | 'B' | '' | '%' | 'µs'
  /** `none`: the page with nothing that manages it is taken off, in the same round. */
  readonly over?: 'none'
  readonly decimals?: number
}

/** Sizes of the page that the scale parts are made with. */
export const HELD = [1, 10, 100, 1000, 5000] as const
export const FRAMES = [2, 100] as const
export const SERVICES = [10, 100, 1000, 5000] as const
export const INSERTED = [10_000, 50_000] as const

export const bytes: readonly Metric[] = [
  { id: 'bytes-first', title: 'bytes, first view, brotli', unit: 'kB', decimals: 1 },
  { id: 'bytes-first-gzip', title: '… gzip', unit: 'kB', decimals: 1 },
  { id: 'bytes-first-raw', title: '… raw', unit: 'kB', decimals: 1 },
  { id: 'bytes-all', title: 'bytes with the settings open, brotli', unit: 'kB', decimals: 1 },
  { id: 'bytes-all-gzip', title: '… gzip', unit: 'kB', decimals: 1 },
  { id: 'bytes-all-raw', title: '… raw', unit: 'kB', decimals: 1 },
  { id: 'requests-first', title: 'requests, first view', unit: '' },
  { id: 'requests-settings', title: 'requests more for the settings', unit: '' },
  { id: 'requests-returning', title: 'requests, returning (not from cache)', unit: '' },
]

export const visit: readonly Metric[] = [
  { id: 'cpu', title: 'CPU+ of the first view', unit: 'ms', over: 'none', decimals: 1 },
  { id: 'longest', title: 'longest task (CPU)', unit: 'ms', decimals: 1 },
  { id: 'banner', title: 'banner visible, 4× slowdown', unit: 'ms' },
  { id: 'banner-slow', title: 'banner visible, slow network', unit: 'ms' },
  { id: 'shift', title: 'layout shift', unit: '', decimals: 3 },
  { id: 'elements', title: 'DOM elements added', unit: '', over: 'none' },
  { id: 'heap', title: 'heap added', unit: 'kB', over: 'none' },
  { id: 'accept-script', title: 'accept → first released script, 4×', unit: 'ms', decimals: 1 },
  { id: 'accept-paint', title: 'accept → next paint, 4×', unit: 'ms' },
  { id: 'settings', title: 'settings → visible, 4×', unit: 'ms' },
  { id: 'return-cpu', title: 'returning: CPU+', unit: 'ms', over: 'none', decimals: 1 },
  { id: 'return-request', title: 'returning: analytics requested after', unit: 'ms' },
]

export const heldMetrics: readonly Metric[] = HELD.flatMap((count): Metric[] => [
  {
    id: `held-${count}-load`,
    title: `${count} held: CPU+ of the load`,
    unit: 'ms',
    over: 'none',
    decimals: 1,
  },
  { id: `held-${count}-accept`, title: `${count} held: CPU of the accept`, unit: 'ms', decimals: 1 },
  { id: `held-${count}-wall`, title: `${count} held: accept → the last has run`, unit: 'ms' },
  { id: `held-${count}-longest`, title: `${count} held: longest task after accept`, unit: 'ms' },
])

export const frameMetrics: readonly Metric[] = FRAMES.map((count) => ({
  id: `frames-${count}`,
  title: `${count} held frames: CPU+ of the load`,
  unit: 'ms',
  over: 'none',
  decimals: 1,
}))

export const serviceMetrics: readonly Metric[] = SERVICES.flatMap((count): Metric[] => [
  { id: `services-${count}`, title: `${count} cookies: CPU+ of the first view`, unit: 'ms', over: 'none' },
  { id: `services-${count}-settings`, title: `${count} cookies: settings → visible`, unit: 'ms' },
])

export const insertedMetrics: readonly Metric[] = INSERTED.map((count) => ({
  id: `inserted-${count}`,
  title: `page inserts ${count} nodes: CPU`,
  unit: 'ms',
}))

export const metrics: readonly Metric[] = [
  ...bytes,
  ...visit,
  ...heldMetrics,
  ...frameMetrics,
  ...serviceMetrics,
  ...insertedMetrics,
]
