/** A point of the plane, reused as the result of functions that run once a pixel. */
export type Slope = { x: number; y: number }

/** @returns a seeded source of numbers in [0, 1), the same on every machine */
export function random(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** @returns 32 well mixed bits for a point of the integer lattice */
export function hashBits(x: number, y: number, seed: number): number {
  let bits = (Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 362437)) | 0
  bits = Math.imul(bits ^ (bits >>> 13), 1274126177)
  bits = Math.imul(bits ^ (bits >>> 15), 2246822519)
  return bits ^ (bits >>> 16)
}

/** @returns a number in [0, 1) for a point of the integer lattice */
export function hash(x: number, y: number, seed: number): number {
  return (hashBits(x, y, seed) >>> 0) / 4294967296
}

/** @returns value noise in [0, 1) with a smooth second derivative */
export function noise(x: number, y: number, seed: number): number {
  const column = Math.floor(x)
  const row = Math.floor(y)
  const u = x - column
  const v = y - row
  const su = u * u * u * (u * (u * 6 - 15) + 10)
  const sv = v * v * v * (v * (v * 6 - 15) + 10)
  const a = hash(column, row, seed)
  const b = hash(column + 1, row, seed)
  const c = hash(column, row + 1, seed)
  const d = hash(column + 1, row + 1, seed)
  return a + (b - a) * su + (c - a) * sv + (a - b - c + d) * su * sv
}

/** Writes the gradient of `noise` into `slope`. */
export function noiseSlope(x: number, y: number, seed: number, slope: Slope): void {
  const column = Math.floor(x)
  const row = Math.floor(y)
  const u = x - column
  const v = y - row
  const su = u * u * u * (u * (u * 6 - 15) + 10)
  const sv = v * v * v * (v * (v * 6 - 15) + 10)
  const du = 30 * u * u * (u * (u - 2) + 1)
  const dv = 30 * v * v * (v * (v - 2) + 1)
  const a = hash(column, row, seed)
  const b = hash(column + 1, row, seed)
  const c = hash(column, row + 1, seed)
  const k = a - b - c + hash(column + 1, row + 1, seed)
  slope.x = du * (b - a + k * sv)
  slope.y = dv * (c - a + k * su)
}

/** @returns fractal noise in [0, 1]: octaves turned against each other, each half as strong as the one before */
export function fractal(x: number, y: number, seed: number, octaves: number): number {
  let sum = 0
  let weight = 0.5
  let total = 0
  let u = x
  let v = y
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += weight * noise(u, v, seed + octave)
    total += weight
    weight *= 0.5
    const turned = u * 1.62 + v * 1.18
    v = v * 1.62 - u * 1.18
    u = turned
  }
  return sum / total
}

/** @returns `value` kept between 0 and 1 */
export function unit(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value
}

/** @returns 0 below `from`, 1 above `to` and an S-curve between */
export function smoothstep(from: number, to: number, value: number): number {
  const t = unit((value - from) / (to - from))
  return t * t * (3 - 2 * t)
}

/** @returns the value `share` of the way from `from` to `to` */
export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share
}
