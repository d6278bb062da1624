import { splitName } from '../../../base/file-name.ts'
import { PICTURE_FORMATS, TEXT_FORMATS } from '../../../contract/actions.ts'
import { formatOfExtension, isFormatId } from '../../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../../sources/formats.ts'
import type { InputFile } from '../tasks/input-file.ts'
import { TaskError } from '../tasks/task-error.ts'
import type { Converter } from './converter.ts'

/** What the engine's own pictures and texts are made in, whatever the file: it says itself what is wrong with that. */
const TRIED: ReadonlySet<string> = new Set([...PICTURE_FORMATS, ...TEXT_FORMATS, 'pdf'])

/** Says why nothing makes a format of a file; all else that does comes before it. */
export const NO_CONVERTER: Converter = {
  pairs: () => [],
  makes: (_file, outputFormat) => !TRIED.has(outputFormat),
  reads: () => [],
  wishes(file, { output_format: fmt }) {
    throw unmade(file, fmt)
  },
}

function unmade({ filename, content }: InputFile, fmt: string): TaskError {
  const named = formatOfExtension(splitName(filename).extension.slice(1).toLowerCase())
  const id = content !== undefined && isFormatId(content) ? content : named
  const to = formatOfExtension(fmt)
  const wanted = to === undefined ? fmt.toUpperCase() : KNOWN_FORMATS[to].title
  if (content === undefined && named !== undefined) {
    const { title } = KNOWN_FORMATS[named]
    const message = `${filename} is a damaged or incomplete ${title} file, or none at all, so that no ${wanted} can be made of it.`
    return new TaskError('SOURCE_CORRUPT', message)
  }
  if (id === undefined) {
    const message = `${filename} is of no format that is known here, so that no ${wanted} can be made of it.`
    return new TaskError('SOURCE_UNSUPPORTED', message)
  }
  const message = `${filename} is ${KNOWN_FORMATS[id].title}, of which no ${wanted} is made here; GET /v2/operations lists what is.`
  return new TaskError('RENDITION_FORMAT_UNSUPPORTED', message)
}
