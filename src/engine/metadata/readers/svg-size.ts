import { toLengthInPixels } from '../../css-length.ts'
import type { XmlElement } from '../xml/element.ts'
import type { SourceMetadata } from './source-metadata.ts'

/** The size of a drawing in pixels of CSS; its viewBox where it has no lengths of its own. */
export function readSvgSize({ attributes }: XmlElement): SourceMetadata['size'] {
  const find = (name: string): string => attributes.find((each) => each.name === name)?.value ?? ''
  const [, , viewWidth = 0, viewHeight = 0] = find('viewBox')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const [ownWidth, ownHeight] = [toLengthInPixels(find('width')), toLengthInPixels(find('height'))]
  const ratio = viewHeight / viewWidth
  const width = Math.round(ownWidth ?? (ownHeight ? ownHeight / ratio : viewWidth))
  const height = Math.round(ownHeight ?? (ownWidth ? ownWidth * ratio : viewHeight))
  const isSize = [width, height].every((side) => Number.isSafeInteger(side) && side > 0)
  return isSize ? { width, height } : undefined
}
