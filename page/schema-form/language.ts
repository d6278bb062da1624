import type { JSONPath, Node } from 'jsonc-parser'
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'
import type { TextProblem } from './syntax.ts'

/** What is known of the texts that an editor of JSON is for. */
export interface Language {
  /** What such a text is called, for who cannot see it. */
  readonly label: string
  /** The schema of what a path leads to; undefined for what is not known. */
  readonly schemaAt: (text: Node, path: JSONPath) => JsonSchema | undefined
  /** Whether a field would make a difference beside those that are there; others are offered last. */
  readonly matters: (text: Node, path: JSONPath) => boolean
  /** All that is wrong with a text. */
  readonly problemsOf: (text: string) => readonly TextProblem[]
}
