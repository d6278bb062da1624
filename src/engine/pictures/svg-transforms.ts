import { Element, isTag } from 'domhandler'
import type { Matrix } from '../../base/affine.ts'
import type { Drawing } from './svg-drawing.ts'
import { printMatrix } from './svg-matrix.ts'

/** What only CSS tells of transformations, and librsvg takes no heed of. */
const BESIDE = ['transform-origin', 'transform-box', 'translate', 'rotate', 'scale'] as const

/**
 * Has an element that is transformed around an origin, or in more than one way, be transformed by a single matrix.
 *
 * @param matrix - undefined when nobody knows it, so that all stays as it is
 */
export function placeTransformed(
  element: Element,
  matrix: Matrix | undefined,
  { styles }: Drawing,
): void {
  const style = styles.get(element)
  const { attribs } = element
  const isToldBeside =
    BESIDE.some((property) => style?.has(property)) || 'transform-origin' in attribs
  const told = style?.get('transform')
  if (matrix === undefined || style === undefined || (!isToldBeside && told === undefined)) return
  for (const property of BESIDE) style.delete(property)
  delete attribs['transform-origin']
  style.delete('transform')
  if (element.parent === null || !isTag(element.parent)) moveContent(element, matrix)
  else attribs['transform'] = printMatrix(matrix)
}

/** Of the element of the document librsvg transforms nothing. */
function moveContent(root: Element, matrix: Matrix): void {
  const { name, children } = root
  const moved = new Element(
    `${name.slice(0, name.indexOf(':') + 1)}g`,
    { transform: printMatrix(matrix) },
    Array.from(children),
  )
  for (const child of moved.children) child.parent = moved
  root.children = [moved]
  moved.parent = root
}
