import { OperationError } from '../../base/operation-error.ts'
import { type PathPiece, pathBounds, readClip } from '../../engine/layers/clip-path.ts'
import type { Point, Rectangle } from '../../engine/layers/composition.ts'
import { COMMANDS } from '../commands/commands.ts'
import { valueOf } from '../commands/value-of.ts'
import { RequestError } from '../request-error.ts'
import type { Settings } from '../sort-commands.ts'

/**
 * Reads the rectangle that a text flows into; undefined when there is none (r-textflowpath).
 *
 * @throws {@link RequestError} for what is no path, and for one that is no rectangle
 */
export function readFlow(settings: Settings): Rectangle | undefined {
  const path = valueOf(settings, COMMANDS.textFlowPath)
  if (path === undefined || path.trim() === '') return undefined
  const pieces = readPieces(path)
  const corners = pieces.flatMap(({ points }) => points)
  const isOfLines = pieces.every(
    ({ kind }, index) => (kind === 'M') === (index === 0) && kind !== 'C',
  )
  if (isOfLines && isRectangle(corners)) return pathBounds(pieces)
  throw new RequestError(
    'textFlowPath= must be one rectangle with upright sides, such as M10,10L90,10L90,50L10,50Z.',
    'textFlowPath',
  )
}

function readPieces(path: string): readonly PathPiece[] {
  try {
    return readClip({ path, keeps: 'inside' }).pieces
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    throw new RequestError(`textFlowPath= cannot be read: ${error.message}`, 'textFlowPath')
  }
}

/** Whether four corners, of which the first may come again at the end, have sides that are level and upright in turn. */
function isRectangle(points: readonly Point[]): boolean {
  const [first, , , , again] = points
  if (first === undefined || points.length < 4 || points.length > 5) return false
  if (again && (again.x !== first.x || again.y !== first.y)) return false
  const corners = points.slice(0, 4)
  const sides = corners.map(({ x, y }, index) => {
    const next = corners[(index + 1) % 4] ?? first
    if (x === next.x) return y === next.y ? 'none' : 'upright'
    return y === next.y ? 'level' : 'aslant'
  })
  return /^(?:level upright level upright|upright level upright level)$/.test(sides.join(' '))
}
