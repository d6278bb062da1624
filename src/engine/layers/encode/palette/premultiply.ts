import type { Rgba } from '../../composition.ts'

/** The components of a colour as much as its alpha lets be seen of them, and alpha: by these, colours are compared. */
export function premultiply({ red, green, blue, alpha }: Rgba): readonly number[] {
  return [(red * alpha) / 255, (green * alpha) / 255, (blue * alpha) / 255, alpha]
}

/** The same of all pixels, four bytes each, in their place. */
export function premultiplyPixels(rgba: Uint8Array): void {
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] ?? 0
    if (alpha === 255) continue
    for (let part = at; part < at + 3; part += 1) {
      rgba[part] = ((rgba[part] ?? 0) * alpha) / 255 + 0.5
    }
  }
}
