import path from 'node:path'
import { getExtension } from 'hono/utils/mime'
import { formatOfMediaType } from '../../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../../sources/formats.ts'
import type { DevtoolRequest } from '../api.ts'
import { cleanFileName } from '../files/file-name.ts'

/** What the file of a rendition is called: as its instructions say, or after the source. */
export function renditionFileName(request: DevtoolRequest, position: number): string {
  const { instructions, file } = request.renditions[position] ?? {}
  const given = typeof instructions?.['name'] === 'string' ? instructions['name'] : ''
  const name = cleanFileName(given)
  if (name !== undefined) return name
  const fmt = instructions?.['fmt']
  const extension =
    typeof fmt === 'string' && /^\w{1,16}$/.test(fmt) ? fmt : extensionOfType(file?.type ?? '')
  const stem = request.source === undefined ? '' : `${path.parse(request.source.name).name}-`
  return `${stem}rendition-${position}${extension === undefined ? '' : `.${extension}`}`
}

/** The usual extension of a media type: of the formats of the service, or else the one that hono knows. */
function extensionOfType(type: string): string | undefined {
  const format = formatOfMediaType(type)
  return format === undefined ? getExtension(type) : KNOWN_FORMATS[format].extensions[0]
}
