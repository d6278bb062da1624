/**
 * Stands for what a module exports, be it an object, a function or a class, and loads it when it is first used: read, called,
 * made an instance of, or asked whether something is one.
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
  // Only a function can be called, or made an instance of; this one has no members of its own that must stay.
  return new Proxy(
    Function.prototype.bind.call(function late(): void {}, undefined),
    {
      apply: (_late, self, given) => Reflect.apply(called(), self, given),
      construct: (_late, given) => Reflect.construct(called(), given),
      get: (_late, key) => Reflect.get(exported(), key),
      has: (_late, key) => Reflect.has(exported(), key),
      ownKeys: () => Reflect.ownKeys(exported()),
      getOwnPropertyDescriptor(_late, key) {
        const descriptor = Reflect.getOwnPropertyDescriptor(exported(), key)
        // What is no member of the function behind cannot be said to stay.
        return descriptor && { ...descriptor, configurable: true }
      },
      set: (_late, key, value) => Reflect.set(exported(), key, value),
      getPrototypeOf: () => Reflect.getPrototypeOf(exported()),
    },
  )
}
