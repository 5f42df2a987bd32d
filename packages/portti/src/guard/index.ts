export type { Guard } from '../gate/guarded.ts'
export { guard } from './start.ts'
