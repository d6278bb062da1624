import { createHash } from 'node:crypto'
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from '@cantoo/pdf-lib'

/** Objects that refer to equal ones become equal themselves, then those that refer to them, and so on. */
const MOST_ROUNDS = 8

/** What only things have that are somewhere: pages, annotations, fields, bookmarks, parts of the structure. */
const OWN_PLACE = [
  'Parent',
  'P',
  'Kids',
  'Prev',
  'Next',
  'First',
  'Rect',
  'FT',
  'ByteRange',
  'OCGs',
]
const OWN_KINDS = ['Catalog', 'Page', 'Pages', 'OCG', 'OCMD', 'StructElem', 'StructTreeRoot', 'Sig']

const TYPE = PDFName.of('Type')

/** Has all that refers to equal objects refer to one of them, and removes the others. */
export function shareEqual(document: PDFDocument): void {
  const { context } = document
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const known = new Map<string, PDFRef>()
    const replaced = new Map<PDFRef, PDFRef>()
    for (const [ref, object] of context.enumerateIndirectObjects()) {
      if (!isShareable(object)) continue
      const key = keyOf(object)
      const first = known.get(key)
      if (first === undefined) known.set(key, ref)
      else replaced.set(ref, first)
    }
    if (replaced.size === 0) return
    for (const ref of replaced.keys()) context.delete(ref)
    for (const [, object] of context.enumerateIndirectObjects()) redirect(object, replaced)
  }
}

function isShareable(object: PDFObject): boolean {
  if (object instanceof PDFRawStream) return hasNoPlace(object.dict)
  if (object instanceof PDFDict) return hasNoPlace(object)
  return object instanceof PDFArray
}

function hasNoPlace(dictionary: PDFDict): boolean {
  const type = dictionary.get(TYPE)
  return (
    !OWN_KINDS.some((kind) => type === PDFName.of(kind)) &&
    !OWN_PLACE.some((name) => dictionary.has(PDFName.of(name)))
  )
}

function keyOf(object: PDFObject): string {
  const hash = createHash('sha256')
  if (object instanceof PDFRawStream) {
    hash.update(object.dict.toString()).update('\0').update(object.getContents())
  } else {
    hash.update(object.toString())
  }
  return hash.digest('base64')
}

function redirect(object: PDFObject, replaced: ReadonlyMap<PDFRef, PDFRef>): void {
  if (object instanceof PDFStream) return redirect(object.dict, replaced)
  if (object instanceof PDFDict) {
    for (const [name, value] of object.entries()) {
      const other = value instanceof PDFRef ? replaced.get(value) : undefined
      if (other === undefined) redirect(value, replaced)
      else object.set(name, other)
    }
  } else if (object instanceof PDFArray) {
    for (const [index, value] of object.asArray().entries()) {
      const other = value instanceof PDFRef ? replaced.get(value) : undefined
      if (other === undefined) redirect(value, replaced)
      else object.set(index, other)
    }
  }
}
