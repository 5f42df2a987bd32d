/**
 * Gives `target` a property of its own; one may delete it again. Returns whether: where everything is frozen nothing is put. On a
 * page whose objects all inherit a `get` the descriptor may not.
 */
export const put = (target: object, key: string, value: unknown): boolean =>
  Reflect.defineProperty(target, key, {
    __proto__: null,
    configurable: true,
    writable: true,
    value,
  } as PropertyDescriptor)
