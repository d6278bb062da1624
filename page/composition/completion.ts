/** What can be written at a place of a composition, and what that is which is written there. */
import { findNodeAtLocation, getLocation, type JSONPath, type Location } from 'jsonc-parser'
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'
import { strings } from '../strings.ts'
import { firstValue } from './fields.ts'
import { allows, matters, membersOf, schemaAt, valuesOf } from './schema.ts'
import { readTree } from './syntax.ts'

const words = strings.composition

/** Something that can be written. */
export interface Suggestion {
  readonly label: string
  /** What it is, in a sentence or two; empty when that goes without saying. */
  readonly info: string
  readonly insert: string
  /** Where in `insert` the cursor belongs. */
  readonly cursor: number
  /** Whether it makes a difference to the format of the rendition. */
  readonly matters: boolean
}

/** What can be written in place of a piece of text. */
export interface Suggestions {
  readonly from: number
  readonly to: number
  readonly options: readonly Suggestion[]
}

/** What can be written at an offset; undefined where nothing is known. */
export function completeAt(text: string, offset: number): Suggestions | undefined {
  const tree = readTree(text)
  if (tree === undefined) return undefined
  const location = getLocation(text, offset)
  const within = insideRendition(location.path)
  if (within === undefined || within.length === 0) return undefined
  const rendition = location.path.slice(0, location.path.length - within.length)
  const fmtNode = findNodeAtLocation(tree, [...rendition, 'fmt'])
  const fmt: unknown = fmtNode?.value
  const range = replaced(text, offset, location)
  if (!location.isAtPropertyKey) {
    const schema = schemaAt(within)
    return schema && { ...range, options: valuesOf(schema).map(toValue) }
  }
  const parent = within.slice(0, -1)
  const schema = schemaAt(parent)
  if (schema === undefined) return undefined
  const written = findNodeAtLocation(tree, location.path.slice(0, -1))?.children ?? []
  const names = new Set(
    written
      .filter((each) => offset < each.offset || offset > each.offset + each.length)
      .map((each): unknown => each.children?.[0]?.value),
  )
  const after = text.slice(range.to)
  const ending = { hasColon: /^\s*:/.test(after), needsComma: /^\s*"/.test(after) }
  const options = Object.entries(membersOf(schema))
    .filter(([name]) => !names.has(name))
    .map(([name, property]) => ({
      label: name,
      info: explain(property),
      ...keyText(name, parent, ending),
      matters: parent.length > 0 || matters(name, fmt),
    }))
  return { ...range, options }
}

/** What is written at an offset; undefined when nothing is known of it. */
export function describeAt(
  text: string,
  offset: number,
): { from: number; to: number; info: string } | undefined {
  const tree = readTree(text)
  if (tree === undefined) return undefined
  const { path, previousNode } = getLocation(text, offset)
  const within = insideRendition(path)
  if (within === undefined || within.length === 0 || previousNode === undefined) return undefined
  const { offset: from, length } = previousNode
  if (offset < from || offset > from + length) return undefined
  const schema = schemaAt(within)
  const info = schema === undefined ? '' : explain(schema)
  return info === '' ? undefined : { from, to: from + length, info }
}

/** The path inside of the rendition that a path leads into; undefined when it leads into none. */
function insideRendition(path: JSONPath): JSONPath | undefined {
  const [first, ...rest] = path
  if (typeof first === 'number') return rest
  const [second, ...others] = rest
  return first === 'renditions' && typeof second === 'number' ? others : undefined
}

/** The token under the cursor, or the word before it. */
function replaced(text: string, offset: number, { previousNode }: Location) {
  if (
    previousNode !== undefined &&
    previousNode.offset <= offset &&
    offset <= previousNode.offset + previousNode.length
  ) {
    return { from: previousNode.offset, to: previousNode.offset + previousNode.length }
  }
  const [word] = /[\w.#-]*$/.exec(text.slice(0, offset)) ?? ['']
  return { from: offset - word.length, to: offset }
}

function keyText(
  name: string,
  parent: JSONPath,
  { hasColon, needsComma }: { hasColon: boolean; needsComma: boolean },
): { insert: string; cursor: number } {
  const key = JSON.stringify(name)
  if (hasColon) return { insert: key, cursor: key.length }
  const value = emptyValue([...parent, name])
  const insert = `${key}: ${value}${needsComma ? ',' : ''}`
  const isOpen = value === '""' || value === '{}' || value === '[]'
  return { insert, cursor: key.length + 2 + (isOpen ? 1 : value.length) }
}

/** What is there to be filled in: a number nobody can guess. */
function emptyValue(path: JSONPath): string {
  const [name = ''] = path
  const first = path.length === 1 ? firstValue(String(name)) : ''
  return first === '' && allows(schemaAt(path) ?? {}, 'number') ? '' : JSON.stringify(first)
}

function toValue(value: unknown): Suggestion {
  const insert = JSON.stringify(value)
  return { label: String(value), info: '', insert, cursor: insert.length, matters: true }
}

function explain(schema: JsonSchema): string {
  const { description = '', minimum, maximum, default: usual } = schema
  const bounds = words.between(minimum, maximum)
  const usually = usual === undefined ? '' : words.usually(JSON.stringify(usual))
  return [description, bounds, usually].filter((part) => part !== '').join(' ')
}
