/** A picture of a TIFF file, whose samples stand pixel by pixel. */
export interface TiffPicture {
  readonly width: number
  readonly height: number
  readonly bits: number
  readonly samples: number
  /** PhotometricInterpretation: 0 white is 0, 1 black is 0, 2 RGB, 5 CMYK. */
  readonly photometric: number
  /** SampleFormat: 1 unsigned, 2 signed, 3 float. */
  readonly format?: number
  readonly extraSamples?: readonly number[]
  /** Further fields, each of long numbers, by their tags; those that there are already they take the place of. */
  readonly fields?: Readonly<Record<number, number | readonly number[]>>
  readonly pixels: Buffer
}

interface Field {
  readonly tag: number
  readonly type: 3 | 4
  readonly values: readonly number[]
}

/** Makes an uncompressed TIFF file of one strip (TIFF 6.0), in either order of bytes; the pixels are taken as they are. */
export function tiffOf(picture: TiffPicture, order: 'II' | 'MM' = 'II'): Buffer {
  const isLittle = order === 'II'
  const { width, height, bits, samples, photometric, format, extraSamples, fields, pixels } =
    picture
  const each = (value: number): number[] => Array.from({ length: samples }, () => value)
  const usual: readonly Field[] = [
    { tag: 256, type: 4, values: [width] },
    { tag: 257, type: 4, values: [height] },
    { tag: 258, type: 3, values: each(bits) },
    { tag: 259, type: 3, values: [1] },
    { tag: 262, type: 3, values: [photometric] },
    { tag: 273, type: 4, values: [8] },
    { tag: 277, type: 3, values: [samples] },
    { tag: 278, type: 4, values: [height] },
    { tag: 279, type: 4, values: [pixels.length] },
    ...(extraSamples ? [{ tag: 338, type: 3, values: extraSamples } as const] : []),
    ...(format ? [{ tag: 339, type: 3, values: each(format) } as const] : []),
  ]
  const own = Object.entries(fields ?? {}).map(
    ([tag, value]) => ({ tag: Number(tag), type: 4, values: [value].flat() }) as const,
  )
  const others = usual.filter(({ tag }) => own.every((one) => one.tag !== tag))
  const all = [...others, ...own].toSorted((one, other) => one.tag - other.tag)
  const write = (bytes: 2 | 4, value: number): Buffer => {
    const buffer = Buffer.alloc(bytes)
    if (isLittle) buffer.writeUIntLE(value, 0, bytes)
    else buffer.writeUIntBE(value, 0, bytes)
    return buffer
  }
  const padding = pixels.length % 2
  const start = 8 + pixels.length + padding
  let end = start + 2 + 12 * all.length + 4
  const behind: Buffer[] = []
  const entries = all.map(({ tag, type, values }) => {
    const content = Buffer.concat(values.map((value) => write(type === 3 ? 2 : 4, value)))
    const head = [write(2, tag), write(2, type), write(4, values.length)]
    if (content.length <= 4)
      return Buffer.concat([...head, content, Buffer.alloc(4 - content.length)])
    behind.push(content)
    end += content.length
    return Buffer.concat([...head, write(4, end - content.length)])
  })
  return Buffer.concat([
    Buffer.from(order),
    write(2, 42),
    write(4, start),
    pixels,
    Buffer.alloc(padding),
    write(2, all.length),
    ...entries,
    write(4, 0),
    ...behind,
  ])
}
