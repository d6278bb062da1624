import { splitName } from '../../../base/file-name.ts'
import { formatOfExtension } from '../../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../../sources/formats.ts'
import type { TaskFile } from '../tasks/records.ts'

/** A file under the name that says what the client says it is. */
export function asFormat(file: TaskFile, inputFormat: string | undefined): TaskFile {
  if (inputFormat === undefined) return file
  const id = formatOfExtension(inputFormat.toLowerCase())
  const contentType = id === undefined ? file.contentType : KNOWN_FORMATS[id].mediaType
  return { ...file, filename: `${splitName(file.filename).base}.${inputFormat}`, contentType }
}
