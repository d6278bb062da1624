import { attributeOf, type Element } from '../../element.ts'
import { toNumber } from '../measures.ts'
import type { PathSpace } from './path-writer.ts'

/** The space that the places of a shape are in; undefined where nothing is said. */
export function readViewBox(shape: Element): PathSpace | undefined {
  const [left, top, width, height] = (attributeOf(shape, 'viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(toNumber)
  if (left === undefined || top === undefined || width === undefined || height === undefined) {
    return undefined
  }
  return { left, top, width, height }
}
