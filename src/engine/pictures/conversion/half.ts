/** Made with the first number that is asked for: most processes never have one. */
let floats: Float32Array | undefined

/** The number that 16 bits of half precision mean (IEEE 754, binary16). */
export function halfToFloat(bits: number): number {
  floats ??= Float32Array.from({ length: 65_536 }, (_, index) => valueOf(index))
  return floats[bits] ?? 0
}

/** The 16 bits of the number of half precision that is nearest to one within its range. */
export function toHalf(value: number): number {
  const size = Math.abs(value)
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 1)))
  const steps = Math.round(size * 2 ** (10 - exponent))
  // The bit before the fraction counts the exponent up by one.
  const bits = steps + (exponent + 14) * 1024
  return value < 0 ? bits | 0x8000 : bits
}

function valueOf(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
