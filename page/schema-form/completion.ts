/** What can be written at a place of a JSON text, and what that is which is written there. */

import { findNodeAtLocation, getLocation, type Location } from 'jsonc-parser'
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'
import { strings } from '../strings.ts'
import { allows, firstValue, membersOf, valuesOf } from './json-schema.ts'
import type { Language } from './language.ts'
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
  /** Whether it makes a difference to what is there. */
  readonly matters: boolean
}

/** What can be written in place of a piece of text. */
export interface Suggestions {
  readonly from: number
  readonly to: number
  readonly options: readonly Suggestion[]
}

type Known = Pick<Language, 'schemaAt' | 'matters'>

/** What can be written at an offset; undefined where nothing is known. */
export function completeAt(
  text: string,
  offset: number,
  { schemaAt, matters }: Known,
): Suggestions | undefined {
  const tree = readTree(text)
  if (tree === undefined) return undefined
  const location = getLocation(text, offset)
  const range = replaced(text, offset, location)
  if (!location.isAtPropertyKey) {
    const schema = schemaAt(tree, location.path)
    return schema && { ...range, options: valuesOf(schema).map(toValue) }
  }
  const parent = location.path.slice(0, -1)
  const schema = schemaAt(tree, parent)
  if (schema === undefined) return undefined
  const written = findNodeAtLocation(tree, parent)?.children ?? []
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
      ...keyText(name, property, ending),
      matters: matters(tree, [...parent, name]),
    }))
  return { ...range, options }
}

/** What is written at an offset; undefined when nothing is known of it. */
export function describeAt(
  text: string,
  offset: number,
  { schemaAt }: Pick<Known, 'schemaAt'>,
): { from: number; to: number; info: string } | undefined {
  const tree = readTree(text)
  if (tree === undefined) return undefined
  const { path, previousNode } = getLocation(text, offset)
  if (previousNode === undefined) return undefined
  const { offset: from, length } = previousNode
  if (offset < from || offset > from + length) return undefined
  const schema = schemaAt(tree, path)
  const info = schema === undefined ? '' : explain(schema)
  return info === '' ? undefined : { from, to: from + length, info }
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
  schema: JsonSchema,
  { hasColon, needsComma }: { hasColon: boolean; needsComma: boolean },
): { insert: string; cursor: number } {
  const key = JSON.stringify(name)
  if (hasColon) return { insert: key, cursor: key.length }
  const value = emptyValue(schema)
  const insert = `${key}: ${value}${needsComma ? ',' : ''}`
  const isOpen = value === '""' || value === '{}' || value === '[]'
  return { insert, cursor: key.length + 2 + (isOpen ? 1 : value.length) }
}

/** What is there to be filled in: a number nobody can guess. */
function emptyValue(schema: JsonSchema): string {
  const first = firstValue(schema)
  return first === '' && allows(schema, 'number') ? '' : JSON.stringify(first)
}

function toValue(value: unknown): Suggestion {
  const insert = JSON.stringify(value)
  return { label: String(value), info: '', insert, cursor: insert.length, matters: true }
}

/** What a value of a schema is, in a sentence or two. */
function explain(schema: JsonSchema): string {
  const { description = '', minimum, maximum, default: usual } = schema
  const bounds = words.between(minimum, maximum)
  const usually = usual === undefined ? '' : words.usually(JSON.stringify(usual))
  return [description, bounds, usually].filter((part) => part !== '').join(' ')
}
