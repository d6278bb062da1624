import { quoteBash } from '../../copy-as/literals.ts'
import { type CopiedImage, formatOf, withoutPresets } from './copied-image.ts'

/** Extensions where they are not what `fmt` calls the format. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  jpeg: 'jpg',
  pjpeg: 'jpg',
  png8: 'png',
  jpeg2000: 'jp2',
}

/**
 * The picture as a command that makes it without the service. There are no presets then, so that they are put in.
 *
 * @throws {RequestError} when a preset is not there
 */
export function copyCommand(image: CopiedImage): string {
  const query = withoutPresets(image)
  const { format } = formatOf(query)
  const name = image.file.replace(/^.*\//, '').replace(/\.\w+$/, '')
  const target = query === '' ? image.file : `${image.file}?${query}`
  return `npm run image -- ${quoteBash(target)} ${quoteBash(`${name}-view.${EXTENSIONS[format] ?? format}`)}`
}
