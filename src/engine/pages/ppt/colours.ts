/** Colours of a slide by their numbers, six hexadecimal digits each: the ground, texts, shadows, titles, fills and accents. */
export type Scheme = readonly string[]

/** What slides without a scheme have. */
export const USUAL_SCHEME: Scheme = [
  'FFFFFF',
  '000000',
  '808080',
  '000000',
  'BBE0E3',
  '333399',
  '009999',
  '99CC00',
]

/** Reads a scheme of colours ([MS-PPT] 2.4.17). */
export function readScheme(data: Buffer): Scheme {
  return USUAL_SCHEME.map((usual, index) =>
    data.length >= index * 4 + 3
      ? data.toString('hex', index * 4, index * 4 + 3).toUpperCase()
      : usual,
  )
}

/** What a colour of a shape says of how it is to be read ([MS-ODRAW] 2.2.2). */
const OF_SCHEME = 0x08
const OF_SYSTEM = 0x10

/** The colour of a shape; undefined for one that only the system knows. */
export function shapeColour(value: number, scheme: Scheme): string | undefined {
  const kind = value >>> 24
  if (kind & OF_SCHEME) return scheme[value & 0xff]
  return kind & OF_SYSTEM ? undefined : bytesOf(value)
}

/** What a colour of a text has instead of the number of one of the scheme ([MS-PPT] 2.12.2). */
const IS_RGB = 0xfe

/** The colour of letters; undefined for none. */
export function textColour(value: number, scheme: Scheme): string | undefined {
  const index = value >>> 24
  return index === IS_RGB ? bytesOf(value) : scheme[index]
}

/** Red is the lowest byte. */
function bytesOf(value: number): string {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff]
    .map((each) => each.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
}
