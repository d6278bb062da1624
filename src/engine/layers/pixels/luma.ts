/** What each component adds to the lightness of a pixel, by ITU-R BT.601. */
export const LUMA = { red: 0.299, green: 0.587, blue: 0.114 } as const

/** The lightness of the pixel whose red is at an index, in whole steps from 0 to 255. */
export function lightnessAt(pixels: Uint8Array, at: number): number {
  const red = pixels[at] ?? 0
  const green = pixels[at + 1] ?? 0
  const blue = pixels[at + 2] ?? 0
  return ((red * 299 + green * 587 + blue * 114 + 500) / 1000) | 0
}
