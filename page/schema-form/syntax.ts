/** A text as JSON: what it says, where in it, and where it is none. */
import {
  findNodeAtLocation,
  type JSONPath,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import { strings } from '../strings.ts'

const words = strings.composition
const sentences: Readonly<Record<string, string>> = words.syntax

/** More arrays and objects in each other than anybody means; a reader of JSON would run out of stack. */
const DEEPEST = 100

/** What opens and closes, and texts, in which nothing does. */
const BRACKETS = /"(?:[^"\\\n]|\\.)*"?|[[\]{}]/g

/** Something that is wrong, and where in the text. */
export interface TextProblem {
  /** One sentence. */
  readonly message: string
  readonly offset: number
  readonly length: number
  /** It hinders nothing, and is only worth a look. */
  readonly isRemark?: true
}

/** A problem of a text that can be read, and which value it is about. */
export interface ValueProblem extends TextProblem {
  /** Leads from the whole to what is wrong, or to what is missing. */
  readonly path: readonly PropertyKey[]
  /** It is about one of two members of one name, which only the JSON shows. */
  readonly isDoubled?: true
}

/** Reads as much of a text as is JSON; undefined when nothing is, or when it is nested too deep. */
export function readTree(text: string): Node | undefined {
  return isTooDeep(text) ? undefined : parseTree(text, [])
}

/** Says where a text is no JSON. What comes behind that place may be meant otherwise, and nothing is said of it. */
export function findSyntaxProblem(text: string): TextProblem | undefined {
  if (isTooDeep(text)) return { message: words.tooDeep, offset: 0, length: 1 }
  const errors: ParseError[] = []
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  const [first] = errors
  if (first === undefined) return undefined
  return {
    message: sentences[printParseErrorCode(first.error)] ?? words.noJson,
    offset: Math.min(first.offset, Math.max(0, text.length - 1)),
    length: Math.max(1, first.length),
  }
}

/**
 * Where in a text something is that a path leads to. Of what is missing, or written inside of a text, it is where it would
 * belong: the opening of what is there.
 */
export function locate(
  tree: Node | undefined,
  path: readonly PropertyKey[],
): { offset: number; length: number } {
  const known: JSONPath = path.map((step) => (typeof step === 'number' ? step : String(step)))
  const node = tree && findNodeAtLocation(tree, known)
  if (node !== undefined) return node
  const parent = tree && nearest(tree, known)
  if (parent === undefined) return { offset: 0, length: 1 }
  return parent.children === undefined ? parent : { offset: parent.offset, length: 1 }
}

/** The members that an object has twice, of which readers take the last, so that a form could not show the other. */
export function findDoubledMembers(tree: Node | undefined): readonly ValueProblem[] {
  return tree === undefined ? [] : doubledWithin(tree, [])
}

function doubledWithin(
  { type, children = [] }: Node,
  path: readonly (string | number)[],
): readonly ValueProblem[] {
  if (type === 'array')
    return children.flatMap((child, index) => doubledWithin(child, [...path, index]))
  if (type !== 'object') return []
  const members = children.flatMap(({ children: [key, value] = [] }) =>
    key === undefined ? [] : [{ key, value, name: String(key.value) }],
  )
  const doubled = [...Map.groupBy(members, ({ name }) => name).values()].flatMap(
    ([first, ...others]) =>
      first === undefined || others.length === 0
        ? []
        : [
            {
              message: words.doubled(first.name),
              path: [...path, first.name],
              offset: first.key.offset,
              length: first.key.length,
              isDoubled: true as const,
            },
          ],
  )
  return [
    ...doubled,
    ...members.flatMap(({ name, value }) => (value ? doubledWithin(value, [...path, name]) : [])),
  ]
}

/** Line and column of an offset, both counted from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

function nearest(tree: Node, path: JSONPath): Node {
  return path.length === 0
    ? tree
    : (findNodeAtLocation(tree, path.slice(0, -1)) ?? nearest(tree, path.slice(0, -1)))
}

function isTooDeep(text: string): boolean {
  let depth = 0
  for (const [token] of text.matchAll(BRACKETS)) {
    if (token === '{' || token === '[') depth += 1
    if (token === '}' || token === ']') depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}
