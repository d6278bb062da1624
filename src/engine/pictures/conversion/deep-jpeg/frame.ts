import type { Size } from '../../dimensions.ts'

/** What a frame says of a component (ITU-T T.81, B.2.2). */
export interface Component {
  readonly id: number
  /** How many samples of it there are across and down where the least has one. */
  readonly across: number
  readonly down: number
  /** Which table its coefficients have been divided by. */
  readonly quantization: number
}

/** How a picture is coded. */
export interface Frame extends Size {
  /** The last byte of the marker that begins it. */
  readonly marker: number
  /** Bits a sample. */
  readonly precision: number
  readonly components: readonly Component[]
}

/** The samples of one component, in rows. */
export interface Plane extends Size {
  readonly samples: Uint16Array
}

/** Reads the segment of a frame; undefined when it is no sound one. */
export function readFrame(marker: number, content: Buffer): Frame | undefined {
  const count = content[5] ?? 0
  if (content.length < 6 + 3 * count || count === 0) return undefined
  const components = Array.from({ length: count }, (_, index) => {
    const [id = 0, factors = 0, quantization = 0] = content.subarray(6 + 3 * index)
    return { id, across: factors >> 4, down: factors & 15, quantization }
  })
  const isSound = components.every(
    ({ across, down }) => across >= 1 && across <= 4 && down >= 1 && down <= 4,
  )
  const [height, width] = [content.readUInt16BE(1), content.readUInt16BE(3)]
  if (!isSound || width === 0 || height === 0) return undefined
  return { marker, precision: content.readUInt8(0), width, height, components }
}

/** The most samples that any of the components has across and down. */
export function greatestFactors({ components }: Frame): { across: number; down: number } {
  return {
    across: Math.max(...components.map(({ across }) => across)),
    down: Math.max(...components.map(({ down }) => down)),
  }
}
