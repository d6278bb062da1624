import type { Catalogue } from '../../../image-serving/catalogue.ts'
import { decodeValue } from '../../../image-serving/syntax/decode-value.ts'
import {
  expandMacros,
  expandVariables,
  type PlainCommand,
} from '../../../image-serving/syntax/expand-commands.ts'

/** What of a request is read before anything is looked up: what it asks for, and how that is to be written. */
export interface RequestKind {
  /** In small letters: `img`, `props`, … */
  readonly kind: string
  /** Behind it: `json`, … */
  readonly options: readonly string[]
  /** The value of another command, decoded, whether or not pictures have such a command. */
  readonly valueOf: (name: string) => string | undefined
  readonly commands: readonly PlainCommand[]
}

/**
 * Reads what a request asks for.
 *
 * @throws {@link RequestError} when macros of it are not there or bring too much
 */
export function readRequestKind(query: string, catalogue: Catalogue): RequestKind {
  const { commands } = expandVariables(expandMacros(query, catalogue.findMacro), new Map())
  const valueOf = (name: string): string | undefined => {
    const last = commands.findLast((each) => each.name.trim().toLowerCase() === name)
    return last?.value === undefined ? undefined : decodeValue(last.value).trim()
  }
  const [kind = '', ...options] = (valueOf('req') ?? 'img').split(',').map((each) => each.trim())
  return { kind: kind.toLowerCase(), options, valueOf, commands }
}
