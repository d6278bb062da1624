import type { MediaOptions } from './options.ts'

/** Width and height in pixels. */
export interface FrameSize {
  readonly width: number
  readonly height: number
}

/** The size of the pictures of a source, as they are shown. */
export interface ShownSize extends FrameSize {
  /** Whether the pixels that are stored are those that are shown. */
  readonly isSquare: boolean
}

/** How the pictures of a video get their size: scaled to one, then cut or filled up to another. */
export interface Framing {
  /** Undefined when pictures stay as large as they are. */
  readonly scale: FrameSize | undefined
  readonly crop: FrameSize | undefined
  readonly pad: FrameSize | undefined
  /** What comes of it. */
  readonly size: FrameSize
}

type Wanted = Pick<MediaOptions, 'width' | 'height' | 'fit'>

/**
 * Plans the size of pictures.
 *
 * @param even - whether both sides have to be, since colours have half the resolution. A picture that keeps its size loses
 *   its last row or column then, and any other is scaled to the even size next to the one that was asked for.
 */
export function planFrame(
  source: ShownSize,
  { width, height, fit = 'max' }: Wanted,
  even: boolean,
): Framing {
  const whole = (side: number): number =>
    even ? Math.max(2, 2 * Math.round(side / 2)) : Math.max(1, Math.round(side))
  const times = (factor: number): FrameSize => ({
    width: whole(source.width * factor),
    height: whole(source.height * factor),
  })
  const kept = (): Framing => {
    const size = {
      width: even ? source.width - (source.width % 2) : source.width,
      height: even ? source.height - (source.height % 2) : source.height,
    }
    if (!source.isSquare || size.width === 0 || size.height === 0) {
      const scale = { width: whole(source.width), height: whole(source.height) }
      return scaled(scale)
    }
    const isWhole = size.width === source.width && size.height === source.height
    return { scale: undefined, crop: isWhole ? undefined : size, pad: undefined, size }
  }
  const across = width === undefined ? Number.POSITIVE_INFINITY : width / source.width
  const down = height === undefined ? Number.POSITIVE_INFINITY : height / source.height
  const inside = Math.min(across, down)
  if (inside === Number.POSITIVE_INFINITY) return kept()
  if (fit === 'max') return inside >= 1 ? kept() : scaled(times(inside))
  // With one side alone there is nothing to distort, cut or fill up.
  if (width === undefined || height === undefined) return scaled(times(inside))
  const box = { width: whole(width), height: whole(height) }
  if (fit === 'scale') return scaled(box)
  if (fit === 'pad') {
    const { width: inner, height: innerHeight } = times(inside)
    const scale = { width: Math.min(inner, box.width), height: Math.min(innerHeight, box.height) }
    return { scale, crop: undefined, pad: box, size: box }
  }
  const { width: outer, height: outerHeight } = times(Math.max(across, down))
  const scale = { width: Math.max(outer, box.width), height: Math.max(outerHeight, box.height) }
  return { scale, crop: box, pad: undefined, size: box }
}

function scaled(size: FrameSize): Framing {
  return { scale: size, crop: undefined, pad: undefined, size }
}
