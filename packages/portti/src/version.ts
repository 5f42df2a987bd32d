declare const PORTTI_VERSION: string | undefined

/** The version of this package; the build fills it in. */
export const version: string = typeof PORTTI_VERSION === 'string' ? PORTTI_VERSION : 'source'
