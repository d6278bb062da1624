import type { LetterColour } from '../../typesetting/text-content.ts'
import { toNumbers } from './number.ts'
import type { Gradient } from './page.ts'

type Stop = Gradient['stops'][number]

/** Writes a gradient as a shading, which goes on in its first and last colour (ISO 32000-1, 8.7.4.5). */
export function writeShading({ kind, from, to, stops }: Gradient): string {
  const radius = Math.hypot(to[0] - from[0], to[1] - from[1])
  const [type, places] =
    kind === 'linear' ? [2, [...from, ...to]] : [3, [...from, 0, ...from, radius]]
  return `<</ShadingType ${type}/ColorSpace/DeviceRGB/Coords[${toNumbers(places)}]/Extend[true true]/Function ${writeFunction(stops)}>>`
}

const BLACK: LetterColour = { red: 0, green: 0, blue: 0, alpha: 255 }

function writeFunction(stops: readonly Stop[]): string {
  const first = stops[0] ?? { at: 0, colour: BLACK }
  const last = stops.at(-1) ?? first
  const all = [{ at: 0, colour: first.colour }, ...stops, { at: 1, colour: last.colour }]
  const pieces = all.slice(1).map((stop, index) => writeBetween(all[index] ?? stop, stop))
  const bounds = all.slice(1, -1).map(({ at }) => Math.min(1, Math.max(0, at)))
  return `<</FunctionType 3/Domain[0 1]/Functions[${pieces.join('')}]/Bounds[${toNumbers(bounds)}]/Encode[${pieces.map(() => '0 1').join(' ')}]>>`
}

function writeBetween(from: Stop, to: Stop): string {
  return `<</FunctionType 2/Domain[0 1]/C0[${partsOf(from)}]/C1[${partsOf(to)}]/N 1>>`
}

function partsOf({ colour: { red, green, blue } }: Stop): string {
  return toNumbers([red / 255, green / 255, blue / 255])
}
