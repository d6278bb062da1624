import { apply, type Matrix } from '../../meaning/matrix.ts'

const XYZ_TO_SRGB: Matrix = [
  [3.2404542, -1.5371385, -0.4985314],
  [-0.969266, 1.8760108, 0.041556],
  [0.0556434, -0.2040259, 1.0572252],
]

/** Turns colours of CIE 1931 under D65 into the light of sRGB, in place. */
export function turnXyz(first: Float32Array, second: Float32Array, third: Float32Array): void {
  for (let at = 0; at < first.length; at += 1) {
    const xyz = [first[at] ?? 0, second[at] ?? 0, third[at] ?? 0] as const
    ;[first[at], second[at], third[at]] = apply(XYZ_TO_SRGB, xyz)
  }
}
