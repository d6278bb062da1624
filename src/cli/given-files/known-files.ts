import path from 'node:path'
import { formatOfExtension } from '../../sources/format-lookup.ts'
import { type FormatGroup, KNOWN_FORMATS } from '../../sources/formats.ts'
import type { Meant } from './find-files.ts'

const SHOWN: readonly FormatGroup[] = ['picture', 'page', 'office', 'video']

/** What people mean by a folder of which they want renditions. */
export const PICTURES_AND_DOCUMENTS: Meant = {
  isMeant(name) {
    const group = groupOf(name)
    return group !== undefined && SHOWN.includes(group)
  },
  what: 'picture, document or video',
}

/** What people mean by a folder that they want converted. */
export const KNOWN_FILES: Meant = {
  isMeant: (name) => groupOf(name) !== undefined,
  what: 'file of a format that is known here',
}

function groupOf(name: string): FormatGroup | undefined {
  const format = formatOfExtension(path.extname(name).slice(1).toLowerCase())
  return format === undefined ? undefined : KNOWN_FORMATS[format].group
}
