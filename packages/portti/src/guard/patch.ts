/**
 * Puts our question before a built-in of the page. A `Proxy` of it, so that its name, its length, its text, its prototype
 * and what stands on it stay the browser's own, and `new` and `instanceof` too.
 */

/** Any function; TypeScript knows nothing of what a page passes. */
export type Native = (...args: readonly unknown[]) => unknown

/** Called in place of `native`; what it returns the page gets. */
export type Trap = (native: Native, self: unknown, args: unknown[]) => unknown

const { apply, construct, defineProperty, getOwnPropertyDescriptor } = Reflect

/** Calls a built-in as the page would have. */
export const pass = (native: Native, self: unknown, args: readonly unknown[]): unknown =>
  apply(native, self, args)

export interface Patches {
  /** A method, or with `part` the getter or setter of a property. What is not there stays so. */
  method(owner: object | undefined, key: PropertyKey, trap: Trap, part?: 'get' | 'set'): void
  /** A constructor; `trap` gets no `this`. */
  maker(owner: object, key: string, trap: Trap): void
  /** Puts back what nobody has replaced since. */
  undo(): void
}

export function createPatches(): Patches {
  const undo: (() => void)[] = []

  function replace(
    owner: object | undefined,
    key: PropertyKey,
    part: 'value' | 'get' | 'set',
    wrap: (native: Native) => Native,
  ) {
    const found = owner && getOwnPropertyDescriptor(owner, key)
    const native = found?.[part]
    if (!owner || typeof native !== 'function' || !found?.configurable) return undefined
    const ours = wrap(native)
    defineProperty(owner, key, { ...found, [part]: ours })
    undo.push(() => {
      const now = getOwnPropertyDescriptor(owner, key)
      if (now?.[part] === ours) defineProperty(owner, key, { ...now, [part]: native })
    })
    return ours
  }

  return {
    method(owner, key, trap, part) {
      replace(owner, key, part ?? 'value', (native) => new Proxy(native, { apply: trap }))
    },
    maker(owner, key, trap) {
      const ours = replace(
        owner,
        key,
        'value',
        (native) =>
          new Proxy(native, {
            construct: (target, args, made) =>
              // The cast: what a constructor makes is an object.
              trap((...given) => construct(target, given, made), undefined, args) as object,
          }),
      )
      // The cast: `prototype` and `constructor` are what every constructor has.
      const { prototype } = (ours ?? {}) as { prototype?: object }
      if (prototype) replace(prototype, 'constructor', 'value', () => ours as Native)
    },
    undo() {
      for (const back of undo) back()
    },
  }
}
