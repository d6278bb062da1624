import type { Element } from 'domhandler'
import type { Drawing } from './svg-drawing.ts'
import { toSignedPixels } from './svg-lengths.ts'
import { lengthAlong } from './svg-outlines.ts'

/**
 * Has the dashes of a shape be as long as they are, where its length is told as another than it is (SVG 2, section 9.6.1).
 */
export function scaleDashes(element: Element, drawing: Drawing): void {
  const told = Number(element.attribs['pathLength'])
  const outlines = told > 0 ? drawing.outlinesOf(element) : undefined
  const style = drawing.styles.get(element)
  if (outlines === undefined || style === undefined) return
  const factor = lengthAlong(outlines) / told
  const dashes = drawing.inherited(element, 'stroke-dasharray') ?? 'none'
  const offset = drawing.inherited(element, 'stroke-dashoffset') ?? '0'
  const lengths = dashes === 'none' ? [] : dashes.trim().split(/[\s,]+/)
  const [away, ...scaled] = [offset, ...lengths].map((each) => {
    const length = toSignedPixels(each, Number.NaN)
    return length === undefined ? Number.NaN : length * factor
  })
  if (away === undefined || [away, ...scaled].some(Number.isNaN)) return
  delete element.attribs['pathLength']
  if (scaled.length === 0) return
  style.set('stroke-dasharray', scaled.map(plain).join(' '))
  style.set('stroke-dashoffset', plain(away))
}

function plain(length: number): string {
  return String(Number(length.toFixed(4)))
}
