import type { XmlElement } from '../xml/element.ts'
import type { SourceMetadata } from './metadata.ts'

/** Pixels of one unit, by CSS Values and Units 4, section 6.2. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
}

/** The size of a drawing in pixels of CSS; its viewBox where it has no lengths of its own. */
export function readSvgSize({ attributes }: XmlElement): SourceMetadata['size'] {
  const find = (name: string): string => attributes.find((each) => each.name === name)?.value ?? ''
  const [, , viewWidth = 0, viewHeight = 0] = find('viewBox')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const [ownWidth, ownHeight] = [lengthOf(find('width')), lengthOf(find('height'))]
  const ratio = viewHeight / viewWidth
  const width = Math.round(ownWidth ?? (ownHeight ? ownHeight / ratio : viewWidth))
  const height = Math.round(ownHeight ?? (ownWidth ? ownWidth * ratio : viewHeight))
  const isSize = [width, height].every((side) => Number.isSafeInteger(side) && side > 0)
  return isSize ? { width, height } : undefined
}

function lengthOf(text: string): number | undefined {
  const [, digits, unit = ''] = /^\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? []
  const pixels = UNITS[unit.toLowerCase()]
  return digits === undefined || pixels === undefined ? undefined : Number(digits) * pixels
}
