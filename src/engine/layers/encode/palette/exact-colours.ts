import type { Rgba } from '../../composition.ts'
import type { IndexedPicture } from './indexed-picture.ts'

/**
 * Indexes a picture that has few colours, which all stay what they are.
 *
 * @param rgba - four bytes a pixel
 * @param first - colours that come first in the palette, whether the picture has them or not
 * @param most - how many colours there may be
 * @returns undefined when there are more
 */
export function indexExactly(
  rgba: Uint8Array,
  first: readonly Rgba[],
  most: number,
): Pick<IndexedPicture, 'indices' | 'colours'> | undefined {
  const colours: Rgba[] = []
  const places = new Map<number, number>()
  const add = (key: number, colour: Rgba): number => {
    const place = colours.length
    places.set(key, place)
    colours.push(colour)
    return place
  }
  for (const colour of first) {
    const key = keyOf(colour.red, colour.green, colour.blue, colour.alpha)
    if (!places.has(key)) add(key, colour)
  }
  const indices = new Uint8Array(rgba.length / 4)
  let [lastKey, lastPlace] = [-1, 0]
  for (let at = 0; at < indices.length; at += 1) {
    const from = at * 4
    const [red = 0, green = 0, blue = 0, alpha = 0] = [
      rgba[from],
      rgba[from + 1],
      rgba[from + 2],
      rgba[from + 3],
    ]
    const key = keyOf(red, green, blue, alpha)
    if (key !== lastKey) {
      lastKey = key
      lastPlace = places.get(key) ?? add(key, { red, green, blue, alpha })
      if (colours.length > most) return undefined
    }
    indices[at] = lastPlace
  }
  return { indices, colours }
}

/** What is transparent has no colour. */
function keyOf(red: number, green: number, blue: number, alpha: number): number {
  return alpha === 0 ? 0 : ((red * 256 + green) * 256 + blue) * 256 + alpha
}
