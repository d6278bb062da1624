import { takeColour } from '../../../src/image-serving/colour.ts'

/** What a browser shows of a colour; black where it is none. */
export function hexOf(text: string): string {
  const taken = takeColour(text.split(','))
  if (!taken) return '#000000'
  const { type, components } = taken.colour
  const [one = 0, two = 0, three = 0, four = 0] = components
  const bytes =
    type === 'rgb'
      ? [one, two, three]
      : type === 'gray'
        ? [one, one, one].map((percent) => (percent * 255) / 100)
        : [one, two, three].map((ink) => 255 * (1 - ink / 100) * (1 - four / 100))
  return `#${bytes.map((byte) => Math.round(byte).toString(16).padStart(2, '0')).join('')}`
}
