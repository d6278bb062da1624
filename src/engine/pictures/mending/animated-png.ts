import type { ReadBytes } from '../../../sources/open-file.ts'
import { walkPngChunks } from '../headers/header.ts'
import { pngChunk } from '../headers/png-chunk.ts'

/** A picture of an animation, which may be smaller than that. */
export interface AnimationFrame {
  /** A PNG file of it, in parts. */
  readonly parts: readonly Buffer[]
  /** How much of the animation is clear at each of its sides, in pixels. */
  readonly margins: {
    readonly top: number
    readonly left: number
    readonly bottom: number
    readonly right: number
  }
}

const SIGNATURE_BYTES = 8
const FRAME_BYTES = 26

/** The number of its place among others, before the data of a frame. */
const SEQUENCE_BYTES = 4

/** What is told of the picture as a whole (PNG, third edition, 5.6); what is of the animation is left out. */
const IS_OF_ANIMATION: ReadonlySet<string> = new Set(['acTL', 'fcTL', 'fdAT'])

/**
 * Finds the first picture of an animation that the picture of the file is no part of: that is for whoever shows no animations, and
 * says so as often as not (PNG, third edition, 4.9).
 *
 * @returns undefined when the file has no such animation
 */
export function findFirstFrame(read: ReadBytes): AnimationFrame | undefined {
  if (!hasPictureBeside(read)) return undefined
  const before: Buffer[] = []
  const data: Buffer[] = []
  let header: Buffer = Buffer.alloc(0)
  let frame: Buffer | undefined
  let isBefore = true
  for (const { type, position, length } of walkPngChunks(read)) {
    if (type === 'IDAT') isBefore = false
    if (type === 'IHDR') header = read(position, length)
    else if (isBefore && !IS_OF_ANIMATION.has(type))
      before.push(pngChunk(type, read(position, length)))
    if (type === 'fcTL') {
      if (frame !== undefined) break
      frame = read(position, length)
    }
    if (type === 'fdAT' && frame !== undefined)
      data.push(read(position + SEQUENCE_BYTES, length - SEQUENCE_BYTES))
  }
  if (frame === undefined || frame.length < FRAME_BYTES || header.length < 13) return undefined
  const [width = 0, height = 0, left = 0, top = 0] = [4, 8, 12, 16].map((at) =>
    frame.readUInt32BE(at),
  )
  const [right, bottom] = [
    header.readUInt32BE(0) - left - width,
    header.readUInt32BE(4) - top - height,
  ]
  const isWithin = width > 0 && height > 0 && right >= 0 && bottom >= 0
  if (!isWithin || data.length === 0) return undefined
  const own = Buffer.from(header)
  own.writeUInt32BE(width, 0)
  own.writeUInt32BE(height, 4)
  return {
    parts: [
      read(0, SIGNATURE_BYTES),
      pngChunk('IHDR', own),
      ...before,
      ...data.map((each) => pngChunk('IDAT', each)),
      pngChunk('IEND', Buffer.alloc(0)),
    ],
    margins: { top, left, bottom, right },
  }
}

/** Whether a file is animated, and its picture is none of the animation, which would be told before its data. */
function hasPictureBeside(read: ReadBytes): boolean {
  let isAnimated = false
  for (const { type, position } of walkPngChunks(read)) {
    if (type === 'acTL') isAnimated = isCount(read(position, 4))
    if (type === 'fcTL') return false
    if (type === 'IDAT') return isAnimated
  }
  return false
}

/** Whether a number of pictures can be one; browsers show no animation of another (11.3.6.1). */
function isCount(bytes: Buffer): boolean {
  return bytes.length === 4 && bytes.readInt32BE(0) > 0
}
