/**
 * Puts our question before a built-in of a window. A `Proxy` of it, so that its name, its length, its text, its prototype and
 * what stands on it stay the browser's own, and `new` and `instanceof` too.
 */

/** A window: a frame has built-ins of its own. */
export type Realm = Window & typeof globalThis
/** Any function; TypeScript knows nothing of what a page passes. */
export type Native = (...args: readonly unknown[]) => unknown
/** Called in place of `native`; what it returns the page gets. */
export type Trap<Self> = (native: Native, self: Self, args: unknown[]) => unknown

const { apply, construct, defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect
/** Calls a built-in as the page would have. */
export const pass: (native: Native, self: unknown, args: readonly unknown[]) => unknown = apply

interface TrustedTypes {
  isHTML(value: unknown): boolean
  isScriptURL(value: unknown): boolean
  readonly emptyHTML: unknown
}
// TypeScript does not know them.
const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes }

/** Whether it is a text of Trusted Types, which a page may have to hand on as it is, and which never changes. */
export const isTrusted = (value: unknown): boolean =>
  trustedTypes !== undefined && (trustedTypes.isHTML(value) || trustedTypes.isScriptURL(value))

/** No text at all, where nothing but a text of Trusted Types will do. */
export const emptyHTML = trustedTypes?.emptyHTML

/** Makes a text of an argument, as the browser would: an object may say another one the next time it is asked. */
export function settle(args: unknown[], at = 0): void {
  const given = args[at]
  if (Object(given) === given && !isTrusted(given)) args[at] = String(given)
}

export interface Patches {
  /** A method of an interface (or on it), or with `part` the getter or setter of a property. What is not there stays so. */
  method<Self>(owner: string, key: string, trap: Trap<Self>, part?: 'get' | 'set'): void
  /** Gives an interface a property of its own that it inherits or answers for by name, so that `method` finds it. */
  makeOwn(owner: string, key: string, property: PropertyDescriptor | undefined): void
  /** A constructor; `trap` is given what makes one. */
  maker(key: string, trap: (make: Native, args: unknown[]) => unknown): void
}

/** @param undo Gets what puts each built-in back, if nobody has replaced it since. */
export function createPatches(realm: Realm, undo: (() => void)[]): Patches {
  // The cast: a window by the names of its interfaces.
  const interfaces = realm as unknown as Record<string, { prototype?: object } | undefined>

  function replace(
    owner: object | undefined,
    key: string,
    part: 'value' | 'get' | 'set',
    trap: ProxyHandler<Native>,
  ) {
    const found = owner && getOwnPropertyDescriptor(owner, key)
    const native = found?.[part]
    if (!owner || typeof native !== 'function' || !found?.configurable) return undefined
    const ours = new Proxy(native as Native, trap)
    defineProperty(owner, key, { ...found, [part]: ours })
    undo.push(() => {
      const now = getOwnPropertyDescriptor(owner, key)
      if (now?.[part] === ours) defineProperty(owner, key, { ...now, [part]: native })
    })
    return ours
  }

  return {
    method<Self>(owner: string, key: string, trap: Trap<Self>, part: 'value' | 'get' | 'set' = 'value') {
      // The cast: a built-in checks its `this` itself, and throws if we pass it on.
      const { prototype } = interfaces[owner] ?? {}
      replace(prototype && key in prototype ? prototype : owner ? interfaces[owner] : realm, key, part, {
        apply: trap as Trap<unknown>,
      })
    },
    makeOwn(owner, key, property) {
      const { prototype } = interfaces[owner] ?? {}
      if (!prototype || !property || getOwnPropertyDescriptor(prototype, key)) return
      defineProperty(prototype, key, property)
      undo.push(() => deleteProperty(prototype, key))
    },
    maker(key, trap) {
      const ours = replace(realm, key, 'value', {
        // The cast: what a constructor makes is an object.
        construct: (native, args, made) => trap((...given) => construct(native, given, made), args) as object,
      })
      const { prototype } = (ours ?? {}) as { prototype?: object }
      if (prototype)
        defineProperty(prototype, 'constructor', { value: ours, configurable: true, writable: true })
    },
  }
}
