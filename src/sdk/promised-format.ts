import type { Source } from '@adobe/asset-compute-sdk'
import * as z from 'zod/mini'
import type { FailureCode } from '../base/errors.ts'
import { OperationError } from '../base/operation-error.ts'
import { formatOfExtension, formatOfMediaType } from '../sources/format-lookup.ts'
import { type FormatGroup, type FormatId, KNOWN_FORMATS } from '../sources/formats.ts'
import { identifySource } from '../sources/identify.ts'
import type { Content } from '../sources/signatures.ts'
import { RenditionError } from './rendition-error.ts'

/** The failures of a source that is of no kind which a worker takes, and the groups of those that it does. */
const TAKEN: Readonly<Partial<Record<FailureCode, readonly FormatGroup[]>>> = {
  source_no_picture: ['picture', 'page', 'office'],
  source_no_text: ['page', 'office', 'text'],
  source_no_metadata: ['picture', 'page', 'office', 'text', 'video', 'audio'],
  source_no_media: ['video', 'audio'],
  source_no_office: ['office'],
  source_no_archive: ['archive'],
}

const text = z.catch(z.optional(z.string()), undefined)

/** In test mode there is a name in place of a URL; AEM, and the SDK before it, have other names for the media type. */
const calledSchema = z.union([
  z.pipe(
    z.string(),
    z.transform((url) => ({
      url,
      name: undefined,
      mimetype: undefined,
      mimeType: undefined,
      type: undefined,
    })),
  ),
  z.object({ url: text, name: text, mimetype: text, mimeType: text, type: text }),
])

/** What somebody says that a source is, and by what. */
interface Promised {
  readonly by: 'name' | 'media type'
  readonly format: FormatId
}

/**
 * Says of a source that it is damaged, if it is called what a worker takes and its content is something else: then whoever
 * has sent it has to mend that file, and need not look for another worker.
 *
 * @param called - the source of the parameters, with what somebody calls it
 * @returns the error that it is then; else the one that is given
 */
export async function blamePromise(
  error: unknown,
  source: Pick<Source, 'path'> | undefined,
  called: unknown,
): Promise<unknown> {
  if (!(error instanceof OperationError) || source === undefined) return error
  const { code }: OperationError = error
  const groups = TAKEN[code]
  if (groups === undefined) return error
  const promised = readPromises(called)
  const { content } = await identifySource(source.path)
  if (promised.some(({ format }) => isContent(format, content))) return error
  const [first, ...others] = promised.filter(({ format }) =>
    groups.includes(KNOWN_FORMATS[format].group),
  )
  if (first === undefined) return error
  const by = others.length > 0 ? 'name and media type' : first.by
  const { title } = KNOWN_FORMATS[first.format]
  const sentence = `By its ${by} the source is of the format ${title}, but its content is not.`
  return new RenditionError('SourceCorrupt', sentence, { cause: error })
}

function readPromises(called: unknown): readonly Promised[] {
  const { success, data } = z.safeParse(calledSchema, called)
  if (!success) return []
  const { url = '', name, mimetype, mimeType, type } = data
  const path = name || (URL.parse(url)?.pathname ?? url)
  const [mediaType = ''] = (mimetype ?? mimeType ?? type ?? '').split(';')
  const [, extension = ''] = /\.(\w+)$/.exec(path) ?? []
  const byName = formatOfExtension(extension.toLowerCase())
  const byType = formatOfMediaType(mediaType.trim().toLowerCase())
  return [
    ...(byName === undefined ? [] : [{ by: 'name', format: byName } as const]),
    ...(byType === undefined ? [] : [{ by: 'media type', format: byType } as const]),
  ]
}

/** Whether a content may be of a format: texts are told apart by their names alone, and documents by what is in them. */
function isContent(format: FormatId, content: Content | undefined): boolean {
  if (content === undefined) return false
  const { group } = KNOWN_FORMATS[format]
  if (content === 'package' || content === 'compound') return group === 'office'
  return content === format || (group === 'text' && KNOWN_FORMATS[content].group === 'text')
}
