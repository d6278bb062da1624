/** Colours of a picture that lie near each other, taken together: four components each, multiplied by alpha, and alpha. */
export interface ColourPoints {
  readonly components: Float64Array
  /** How many pixels each stands for. */
  readonly weights: Float64Array
}

/** Bits of a colour component by which colours are told apart, and of alpha. */
const COLOUR_BITS = 5
const ALPHA_BITS = 3

const COLOUR_SHIFT = 8 - COLOUR_BITS
const ALPHA_SHIFT = 8 - ALPHA_BITS

/**
 * Gathers the colours of a picture into some thousand points, each the mean of what it stands for. What is fully transparent
 * is left out.
 *
 * @param premultiplied - four bytes a pixel
 */
export function gatherColours(premultiplied: Uint8Array): ColourPoints {
  // Those of what is opaque come first, and most pictures have no others.
  const cells = 1 << (isOpaque(premultiplied) ? COLOUR_BITS * 3 : COLOUR_BITS * 3 + ALPHA_BITS)
  const counts = new Uint32Array(cells)
  const sums = new Float64Array(cells * 4)
  for (let at = 0; at < premultiplied.length; at += 4) {
    const red = premultiplied[at] ?? 0
    const green = premultiplied[at + 1] ?? 0
    const blue = premultiplied[at + 2] ?? 0
    const alpha = premultiplied[at + 3] ?? 0
    if (alpha === 0) continue
    const colour = (((red >> COLOUR_SHIFT) << COLOUR_BITS) | (green >> COLOUR_SHIFT)) << COLOUR_BITS
    const cell =
      (((255 - alpha) >> ALPHA_SHIFT) << (COLOUR_BITS * 3)) | colour | (blue >> COLOUR_SHIFT)
    counts[cell] = (counts[cell] ?? 0) + 1
    const sum = cell * 4
    sums[sum] = (sums[sum] ?? 0) + red
    sums[sum + 1] = (sums[sum + 1] ?? 0) + green
    sums[sum + 2] = (sums[sum + 2] ?? 0) + blue
    sums[sum + 3] = (sums[sum + 3] ?? 0) + alpha
  }
  return meansOf(counts, sums)
}

/** But for what is fully transparent. */
function isOpaque(premultiplied: Uint8Array): boolean {
  for (let at = 3; at < premultiplied.length; at += 4) {
    const alpha = premultiplied[at]
    if (alpha !== 0 && alpha !== 255) return false
  }
  return true
}

function meansOf(counts: Uint32Array, sums: Float64Array): ColourPoints {
  const used = counts.reduce((total, count) => total + (count > 0 ? 1 : 0), 0)
  const components = new Float64Array(used * 4)
  const weights = new Float64Array(used)
  let point = 0
  for (let cell = 0; cell < counts.length; cell += 1) {
    const count = counts[cell] ?? 0
    if (count === 0) continue
    weights[point] = count
    for (let part = 0; part < 4; part += 1) {
      components[point * 4 + part] = (sums[cell * 4 + part] ?? 0) / count
    }
    point += 1
  }
  return { components, weights }
}
