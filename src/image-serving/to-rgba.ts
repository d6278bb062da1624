import type { Rgba } from '../engine/layers/composition.ts'
import type { Colour } from './colour.ts'

/**
 * A colour as sRGB. Gray is the same in all three; CMYK is converted as Image Serving does without colour management: what
 * ink and black leave of the paper.
 */
export function toRgba({ type, components, alpha }: Colour): Rgba {
  const [first = 0, second = 0, third = 0, black = 0] = components
  const opacity = Math.round(alpha * 255)
  if (type === 'rgb') return { red: first, green: second, blue: third, alpha: opacity }
  if (type === 'gray') {
    const level = Math.round(first * 2.55)
    return { red: level, green: level, blue: level, alpha: opacity }
  }
  const level = (ink: number): number => Math.round(255 * (1 - ink / 100) * (1 - black / 100))
  return { red: level(first), green: level(second), blue: level(third), alpha: opacity }
}
