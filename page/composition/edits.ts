/** Changes of the list of renditions in a composition's text. */
import { findNodeAtLocation, type Node } from 'jsonc-parser'
import { readTree } from '../schema-form/syntax.ts'
import { append, setField } from '../schema-form/text-edits.ts'

/** Where the list of renditions is in the text: nowhere else than at its root, or in its field `renditions`. */
type Base = readonly string[]

/** Puts a rendition at the end of the list. */
export function addRendition(text: string, base: Base, rendition: object): string {
  return append(text, [...base], rendition)
}

/** Puts a copy of a rendition behind it, written as it is. */
export function duplicateRendition(text: string, base: Base, index: number): string {
  const node = renditionNode(text, base, index)
  if (node === undefined) return text
  const end = node.offset + node.length
  const [blanks] = /\s*$/.exec(text.slice(0, node.offset)) ?? ['']
  return `${text.slice(0, end)},${blanks}${text.slice(node.offset, end)}${text.slice(end)}`
}

/** Takes a rendition out of the list. */
export function removeRendition(text: string, base: Base, index: number): string {
  return setField(text, [...base, index], undefined)
}

/** Exchanges a rendition with the one after it. */
export function swapWithNext(text: string, base: Base, index: number): string {
  const one = renditionNode(text, base, index)
  const other = renditionNode(text, base, index + 1)
  if (one === undefined || other === undefined) return text
  const between = text.slice(one.offset + one.length, other.offset)
  return [
    text.slice(0, one.offset),
    text.slice(other.offset, other.offset + other.length),
    between,
    text.slice(one.offset, one.offset + one.length),
    text.slice(other.offset + other.length),
  ].join('')
}

function renditionNode(text: string, base: Base, index: number): Node | undefined {
  const tree = readTree(text)
  return tree && findNodeAtLocation(tree, [...base, index])
}
