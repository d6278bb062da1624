import * as z from 'zod/mini'

/** A schema of what is there and has at least one character. */
export function text(what: string): z.ZodMiniType<string> {
  return z.string(what).check(z.minLength(1, what))
}

/**
 * Refuses options that have none of some members, or several of them.
 *
 * @returns a check that says `an object with …`
 */
export function oneOf<T extends object>(...names: readonly (keyof T & string)[]) {
  return z.refine<T>(
    (options) => names.filter((name) => options[name] !== undefined).length === 1,
    `an object with one of ${names.join(' and ')}`,
  )
}
