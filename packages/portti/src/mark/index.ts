/** The entry `portti/mark`: turns pages that nobody marked into marked ones, in Node and at the edge. */
export { createMarker, type MarkOptions, mark, markStream } from './mark.ts'
export type { Marked, Marker } from './marker.ts'
