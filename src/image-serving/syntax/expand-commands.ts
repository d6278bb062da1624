import { findDefaultMacro } from '../default-macros.ts'
import { RequestError } from '../request-error.ts'
import { type Piece, splitCommands } from './split-commands.ts'

/** A command with its macros and variables put in; the value is still encoded. */
export interface PlainCommand {
  readonly name: string
  readonly value: string | undefined
}

/** What macros a catalogue has, besides those that all have; their names are not case-sensitive. */
export type FindMacro = (name: string) => string | undefined

/** The most commands that a request may have once its macros are put in: they may be nested. */
const MOST_COMMANDS = 1000
const DEEPEST_MACRO = 8

/** The most letters that a value may have once its variables are put in. */
const LONGEST_VALUE = 64 * 1024

/** Variables by their names in small letters, as they are written: encoded. */
export type Variables = ReadonlyMap<string, string>

/**
 * Puts the commands of macros in their places, where what comes later wins (r-is-http-command-macros).
 *
 * @throws {@link RequestError} when there is no such macro, or too much comes of them
 */
export function expandMacros(query: string, findMacro: FindMacro): readonly Piece[] {
  const pieces: Piece[] = []
  const expand = (text: string, depth: number): void => {
    for (const piece of splitCommands(text)) {
      if (piece.kind === 'macro') {
        const commands = findMacro(piece.name) ?? findDefaultMacro(piece.name)
        if (commands === undefined) {
          throw new RequestError(`There is no preset or macro called ${piece.name}.`)
        }
        if (depth === DEEPEST_MACRO) {
          throw new RequestError(
            `Macros are nested more than ${DEEPEST_MACRO} deep at ${piece.name}.`,
          )
        }
        expand(commands, depth + 1)
      } else pieces.push(piece)
      if (pieces.length > MOST_COMMANDS) {
        throw new RequestError(
          `A request may have ${MOST_COMMANDS} commands, and this one has more.`,
        )
      }
    }
  }
  expand(query, 0)
  return pieces
}

/**
 * Puts variables into the values of the commands behind their definitions. What a variable brings is not looked at for others, and
 * what names none stays as it is; `layer` and `effect` take none (r-is-http-substitution-variables).
 *
 * @param known - those that are defined already
 * @returns the commands, and all variables there are at the end
 */
export function expandVariables(
  pieces: readonly Piece[],
  known: Variables,
): { readonly commands: readonly PlainCommand[]; readonly variables: Variables } {
  const variables = new Map(known)
  const commands: PlainCommand[] = []
  for (const piece of pieces) {
    if (piece.kind === 'variable') {
      variables.set(piece.name.toLowerCase(), nameObject(piece.value, variables))
    }
    if (piece.kind === 'command') {
      const { name, value } = piece
      const taken = value === undefined || /^(?:layer|effect)$/i.test(name)
      commands.push({ name, value: taken ? value : substitute(value, variables) })
    }
  }
  return { commands, variables }
}

/** The object of the path is put in wherever it is named, into the values of variables as well. */
function nameObject(value: string, variables: Variables): string {
  const object = variables.get('object')
  return object === undefined ? value : substitute(value, new Map([['object', object]]))
}

/**
 * Puts variables in place of their names between `$`.
 *
 * @throws {@link RequestError} when more comes of it than a value may have
 */
export function substitute(text: string, variables: Variables): string {
  let whole = ''
  let at = 0
  for (;;) {
    const opened = text.indexOf('$', at)
    const closed = opened === -1 ? -1 : text.indexOf('$', opened + 1)
    if (closed === -1) break
    const value = variables.get(text.slice(opened + 1, closed).toLowerCase())
    // A `$` that closes no name may open the next.
    whole += value === undefined ? text.slice(at, closed) : text.slice(at, opened) + value
    at = value === undefined ? closed : closed + 1
  }
  whole += text.slice(at)
  if (whole.length > LONGEST_VALUE) {
    throw new RequestError(
      `A value may have ${LONGEST_VALUE} letters with its variables, and one has more.`,
    )
  }
  return whole
}
