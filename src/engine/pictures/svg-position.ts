import type { Point } from '../../base/affine.ts'
import { toSignedPixels } from './svg-lengths.ts'
import type { Box } from './svg-outlines.ts'

/** The sides that a place may be told by, and along which axis they are; the middle is along both. */
const SIDES: Readonly<Record<string, { readonly axis?: 0 | 1; readonly share: string }>> = {
  left: { axis: 0, share: '0%' },
  right: { axis: 0, share: '100%' },
  top: { axis: 1, share: '0%' },
  bottom: { axis: 1, share: '100%' },
  center: { share: '50%' },
}

/**
 * Reads a place within a box, by sides, lengths and per cent (CSS Values 4, section 9): of one word the other is the middle.
 *
 * @returns undefined when it is none
 */
export function readPosition(text: string, { x, y, width, height }: Box): Point | undefined {
  const [first = 'center', second = 'center', third, fourth] = text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (third !== undefined && fourth !== undefined) {
    const left = awayFrom(first, second, width)
    const top = awayFrom(third, fourth, height)
    return left === undefined || top === undefined ? undefined : [x + left, y + top]
  }
  const isTurned = SIDES[first]?.axis === 1 || SIDES[second]?.axis === 0
  const [across, down] = isTurned ? [second, first] : [first, second]
  const left = toSignedPixels(SIDES[across]?.share ?? across, width)
  const top = toSignedPixels(SIDES[down]?.share ?? down, height)
  return left === undefined || top === undefined ? undefined : [x + left, y + top]
}

function awayFrom(side: string, length: string, whole: number): number | undefined {
  const away = toSignedPixels(length, whole)
  if (away === undefined) return undefined
  return side === 'right' || side === 'bottom' ? whole - away : away
}
