export interface Request {
  readonly method?: string
  /** Without a port. */
  readonly host: string
  /** With its query. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: string
}

export interface Reply {
  readonly status: number
  /** `set-cookie` is a list. */
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body: string | Uint8Array
}

/** What the vendor's host would answer; nothing if no stand-in plays it. */
export declare function answer(request: Request): Reply | undefined
/** Whether a stand-in plays this address. `path` has no query. */
export declare function answers(host: string, path: string): boolean
/** Whether any address of `host` is played. */
export declare function plays(host: string): boolean
