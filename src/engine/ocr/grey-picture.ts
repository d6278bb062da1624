/** A picture in shades of grey, row by row without padding. */
export interface GreyPicture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** By how many degrees something is turned, clockwise. */
export type Turn = 0 | 90 | 180 | 270

/** Makes a picture of RGB grey, as ITU-R BT.601 weighs colours. */
export function toGrey(width: number, height: number, rgb: Uint8Array): GreyPicture {
  const pixels = new Uint8Array(width * height)
  for (let at = 0, from = 0; at < pixels.length; at += 1, from += 3) {
    pixels[at] =
      ((rgb[from] ?? 0) * 77 + (rgb[from + 1] ?? 0) * 150 + (rgb[from + 2] ?? 0) * 29) >> 8
  }
  return { width, height, pixels }
}

/** Turns a picture. */
export function turnPicture(picture: GreyPicture, turn: Turn): GreyPicture {
  if (turn === 0) return picture
  const { width, height, pixels } = picture
  if (turn === 180) return { width, height, pixels: pixels.toReversed() }
  const turned = new Uint8Array(pixels.length)
  for (let y = 0, from = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, from += 1) {
      const to = turn === 90 ? x * height + height - 1 - y : (width - 1 - x) * height + y
      turned[to] = pixels[from] ?? 0
    }
  }
  return { width: height, height: width, pixels: turned }
}

/** Writes a picture as PGM, which every reader of pictures knows and nobody has to compress. */
export function writePgm({ width, height, pixels }: GreyPicture): Uint8Array {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), pixels])
}
