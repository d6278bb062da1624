/**
 * Stands for what a module exports, be it an object, a function or a class, and loads it when it is first used: read, called,
 * made an instance of, or asked whether something is one. Its keys cannot be listed.
 *
 * @param load - is called once, unless it throws
 */
export function createLateModule(load: () => unknown): object {
  let loaded: { readonly exported: unknown } | undefined
  function exported(): object {
    loaded ??= { exported: load() }
    return Object(loaded.exported)
  }
  function called(): CallableFunction {
    const value = exported()
    if (typeof value !== 'function') throw new TypeError('What was required is not a function')
    return value
  }
  // Only a function can be called, or made an instance of.
  return new Proxy(function late(): void {}, {
    apply: (_late, self, given) => Reflect.apply(called(), self, given),
    construct: (_late, given) => Reflect.construct(called(), given),
    get: (_late, key) => Reflect.get(exported(), key),
    has: (_late, key) => Reflect.has(exported(), key),
    set: (_late, key, value) => Reflect.set(exported(), key, value),
    getPrototypeOf: () => Reflect.getPrototypeOf(exported()),
  })
}
