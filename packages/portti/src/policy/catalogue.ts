import type { ServiceFacts } from './service-facts.ts'

/** Services that a policy may name, by id. Comes in as an argument: the facts lie a layer above. */
export type Catalogue = ReadonlyMap<string, ServiceFacts>
