export interface Site {
  readonly id: string
  readonly name: string
  /** The site's own name, for tests that play the whole internet. */
  readonly host: string
  /** Folder with its files; ends with a slash. */
  readonly root: string
  readonly notes: string
}

export declare const sites: readonly Site[]
/** A site that nobody marked. */
export declare const unmarked: Site
export declare const spa: Site
export declare const start: Site
/** The file for `path` (no query) on `site`; nothing for a path that leads out of it. It need not exist. */
export declare function locate(site: Site, path: string): string | undefined
/** Media type by the ending of a file's name. */
export declare function typeOf(file: string): string
