import type { Declared } from './svg-cascade.ts'
import { endOfBrackets } from './svg-styles.ts'
import { hasVariables } from './what-svg-has.ts'

/** The longest value that comes of variables within variables, in characters. */
const LONGEST_VALUE = 10_000

/** Values by the names of variables, which begin with two hyphens. */
export type Variables = ReadonlyMap<string, string>

/**
 * Puts values in the place of variables (CSS Custom Properties Level 1), of which librsvg knows nothing: what has none would be black.
 *
 * @param own - what is declared of an element
 * @param inherited - the variables of what it is in
 * @returns what is declared of it without variables, and those that it has
 */
export function resolveVariables(
  own: Declared,
  inherited: Variables,
): { readonly resolved: Map<string, string>; readonly variables: Variables } {
  const variables = defineVariables(own, inherited)
  const resolved = new Map<string, string>()
  for (const [property, value] of own) {
    if (property.startsWith('--')) continue
    const result = hasVariables(value) ? substitute(value, (name) => variables.get(name)) : value
    if (result !== undefined) resolved.set(property, result)
  }
  return { resolved, variables }
}

/** The variables that an element has: its own, which may be made of others of it, and those of what it is in. */
function defineVariables(own: Declared, inherited: Variables): Variables {
  const told = new Map([...own].filter(([property]) => property.startsWith('--')))
  if (told.size === 0) return inherited
  const all = new Map(inherited)
  const open = new Set<string>()
  const define = (name: string): string | undefined => {
    const value = told.get(name)
    if (value === undefined) return all.get(name)
    // What is made of itself has no value, nor has what is made of that.
    if (open.has(name)) return undefined
    open.add(name)
    const result = substitute(value, define)
    told.delete(name)
    if (result === undefined) all.delete(name)
    else all.set(name, result)
    return result
  }
  // Whoever is defined is none of them any more.
  for (const name of Array.from(told.keys())) define(name)
  return all
}

/**
 * A value with those of variables in their place.
 *
 * @returns undefined when a variable has no value and nothing is said that stands for it
 */
function substitute(
  value: string,
  valueOf: (name: string) => string | undefined,
): string | undefined {
  let result = ''
  let rest = value
  for (;;) {
    const start = rest.search(/var\(\s*--/)
    if (start === -1) break
    const inside = start + 'var('.length
    const end = endOfBrackets(rest, inside)
    if (end === undefined) return undefined
    const [, name = '', otherwise] =
      /^\s*(--[^\s,)]+)\s*(?:,([^]*))?$/.exec(rest.slice(inside, end)) ?? []
    const used =
      valueOf(name) ?? (otherwise === undefined ? undefined : substitute(otherwise, valueOf))
    if (used === undefined) return undefined
    result += rest.slice(0, start) + used.trim()
    rest = rest.slice(end + 1)
    if (result.length > LONGEST_VALUE) return undefined
  }
  return result + rest
}
