import type { Rgba } from '../../composition.ts'

/** The 216 colours whose components are multiples of 51, which screens of 256 colours had in common. */
export const WEB_PALETTE: readonly Rgba[] = cube()

/** The brightnesses that a multiple of 51 does not have, in the ramps of the system palette, brightest first. */
const RAMP = [0xee, 0xdd, 0xbb, 0xaa, 0x88, 0x77, 0x55, 0x44, 0x22, 0x11]

/** The 256 colours of the system palette of Mac OS: those of the web, and ramps of red, green, blue and grey between them. */
export const MAC_PALETTE: readonly Rgba[] = [
  ...WEB_PALETTE,
  ...RAMP.map((level) => opaque(level, 0, 0)),
  ...RAMP.map((level) => opaque(0, level, 0)),
  ...RAMP.map((level) => opaque(0, 0, level)),
  ...RAMP.map((level) => opaque(level, level, level)),
]

function cube(): Rgba[] {
  const levels = [255, 204, 153, 102, 51, 0]
  return levels.flatMap((red) =>
    levels.flatMap((green) => levels.map((blue) => opaque(red, green, blue))),
  )
}

function opaque(red: number, green: number, blue: number): Rgba {
  return { red, green, blue, alpha: 255 }
}
