export type Engine = 'chromium' | 'firefox' | 'webkit'
export function installed(): Engine[]
export function missing(): Engine[]
export function packagesOf(engines: readonly Engine[]): string[]
