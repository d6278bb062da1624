import {
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib'
import { type Matrix, multiply } from '../../../base/affine.ts'
import { readTokens } from './content-tokens.ts'
import { decodeContent } from './contents.ts'

/** How large a picture is drawn where it is largest, in points. */
export interface DrawnSize {
  readonly width: number
  readonly height: number
}

/** As many forms within forms are looked into, lest somebody has made forms of forms of forms. */
const MOST_FORMS = 20_000
const MOST_LEVELS = 12

const UNCHANGED: Matrix = [1, 0, 0, 1, 0, 0]

/**
 * How large the pictures on the pages of a document are drawn, by their references. Those that something else draws are
 * not in it, such as an annotation or a pattern.
 */
export function readDrawnSizes(document: PDFDocument): Map<PDFRef, DrawnSize> {
  const { context } = document
  const sizes = new Map<PDFRef, DrawnSize>()
  let forms = 0

  function look(
    content: string,
    resources: PDFDict | undefined,
    start: Matrix,
    level: number,
  ): void {
    const objects = resources && dictionaryOf(context, resources.get(PDFName.of('XObject')))
    if (objects === undefined) return
    const kept: Matrix[] = []
    let matrix = start
    let numbers: number[] = []
    let name = ''
    for (const token of readTokens(content)) {
      if (token.kind === 'number') numbers.push(token.value)
      else if (token.kind === 'name') name = token.value
      else if (token.kind === 'operator') {
        if (token.value === 'q') kept.push(matrix)
        else if (token.value === 'Q') matrix = kept.pop() ?? start
        else if (token.value === 'cm') matrix = multiply(matrix, toMatrix(numbers) ?? UNCHANGED)
        else if (token.value === 'Do') draw(objects.get(PDFName.of(name)), resources, matrix, level)
        numbers = []
      }
    }
  }

  function draw(
    value: PDFObject | undefined,
    resources: PDFDict | undefined,
    matrix: Matrix,
    level: number,
  ): void {
    if (!(value instanceof PDFRef)) return
    const object = context.lookup(value)
    if (!(object instanceof PDFRawStream)) return
    const kind = object.dict.get(PDFName.of('Subtype'))
    if (kind === PDFName.of('Image')) {
      const [a, b, c, d] = matrix
      const known = sizes.get(value) ?? { width: 0, height: 0 }
      sizes.set(value, {
        width: Math.max(known.width, Math.hypot(a, b)),
        height: Math.max(known.height, Math.hypot(c, d)),
      })
    } else if (kind === PDFName.of('Form') && level < MOST_LEVELS && forms < MOST_FORMS) {
      forms += 1
      const own = dictionaryOf(context, object.dict.get(PDFName.of('Resources'))) ?? resources
      const given = context.lookup(object.dict.get(PDFName.of('Matrix')))
      const numbers = given instanceof PDFArray ? given.asArray() : []
      const placed = toMatrix(numbers.map((each) => numberOf(context, each)))
      look(decodeContent(object) ?? '', own, multiply(matrix, placed ?? UNCHANGED), level + 1)
    }
  }

  for (const page of document.getPages()) {
    const { node } = page
    const contents = node.Contents()
    const streams =
      contents instanceof PDFArray
        ? contents.asArray().map((each) => context.lookup(each))
        : [contents]
    const content = streams
      .map((each) => (each instanceof PDFRawStream ? decodeContent(each) : ''))
      .join('\n')
    look(content, node.Resources(), UNCHANGED, 0)
  }
  return sizes
}

function dictionaryOf(context: PDFContext, value: PDFObject | undefined): PDFDict | undefined {
  const object = context.lookup(value)
  return object instanceof PDFDict ? object : undefined
}

function numberOf(context: PDFContext, value: PDFObject): number {
  const object = context.lookup(value)
  return object instanceof PDFNumber ? object.asNumber() : Number.NaN
}

function toMatrix(numbers: readonly number[]): Matrix | undefined {
  const [a, b, c, d, e, f] = numbers.slice(-6)
  const six = [a, b, c, d, e, f]
  if (!six.every((each) => Number.isFinite(each))) return undefined
  return [a ?? 1, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f ?? 0]
}
