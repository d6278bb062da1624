/** Changes of a composition's text that leave the rest of it as it was written: unknown fields, blanks and lines. */
import {
  applyEdits,
  type FormattingOptions,
  findNodeAtLocation,
  type JSONPath,
  modify,
  type Node,
} from 'jsonc-parser'
import { readTree } from './syntax.ts'

/** Where the list of renditions is in the text: nowhere else than at its root, or in its field `renditions`. */
type Base = readonly string[]

/** What is inserted is laid out as the first indented line of the text is. */
function formattingOf(text: string): FormattingOptions {
  const [, blanks = '  '] = /\n([ \t]+)\S/.exec(text) ?? []
  return { insertSpaces: !blanks.startsWith('\t'), tabSize: blanks.length, eol: '\n' }
}

/**
 * Sets a field, or takes it out.
 *
 * @param path - from the whole to the field
 * @param value - undefined takes it out
 */
export function setField(text: string, path: JSONPath, value: unknown): string {
  return applyEdits(text, modify(text, path, value, { formattingOptions: formattingOf(text) }))
}

/** Puts a rendition at the end of the list. */
export function addRendition(text: string, base: Base, rendition: object): string {
  return applyEdits(
    text,
    modify(text, [...base, -1], rendition, {
      formattingOptions: formattingOf(text),
      isArrayInsertion: true,
    }),
  )
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
