import { writeFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { OperationError } from '../../base/operation-error.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { type IdentifiedSource, identifySource } from '../../sources/identify.ts'
import { type Operation, onlySource, startEach } from '../operation.ts'
import { readPdfInfo } from '../pdf/pdf.ts'
import { metadata } from './metadata.ts'
import type { Tags } from './read-tags.ts'
import { tellSigned } from './tell-signed.ts'

const reading = z.object({
  /** What opens an encrypted PDF. */
  password: z.optional(z.string()),
})

const writing = z.object({
  /** Texts by plain names, such as `Title`; an empty one takes away what there is. */
  texts: z.record(z.string(), z.string()),
})

/** How a source is read. */
export type TagReadingOptions = Readonly<z.infer<typeof reading>>

/** What a copy of a source says of itself. */
export type TagWritingOptions = Readonly<z.infer<typeof writing>>

/** Makes one flat object of JSON of what a source says of itself. */
export const tags: Operation<TagReadingOptions> = {
  options: reading,
  run(job) {
    const { path } = onlySource(job)
    return startEach(job, 'tags', async ({ password }, jsonPath) => {
      const source = await identifySource(path)
      const pdf = source.content === 'pdf' ? await askPdfium(source, password, job.signal) : {}
      // ExifTool takes twenty seconds to find that it cannot read one.
      if ('Encryption' in pdf) await writeFile(jsonPath, `${JSON.stringify(pdf, undefined, 2)}\n`)
      else await metadata.readTags({ source, known: pdf, jsonPath }, job.signal)
      return [{ path: jsonPath, mediaType: KNOWN_FORMATS.json.mediaType, charset: 'utf-8' }]
    })
  },
}

/** Makes a copy of a source that says other things of itself. */
export const tagsCopy: Operation<TagWritingOptions> = {
  options: writing,
  run(job) {
    const { path } = onlySource(job)
    return startEach(job, 'copy', async ({ texts }, outputPath) => {
      const source = await identifySource(path)
      // ExifTool takes a minute to find that it cannot write one.
      if (
        source.content === 'pdf' &&
        'Encryption' in (await askPdfium(source, undefined, job.signal))
      ) {
        throw new OperationError('source_locked', { title: KNOWN_FORMATS.pdf.title })
      }
      const { mediaType } = await metadata.writeTags({ source, texts, outputPath }, job.signal)
      return [{ path: outputPath, mediaType, ...(await tellSigned(source, job.signal)) }]
    })
  },
}

/**
 * What PDFium knows better than ExifTool: as many pages as can be drawn, and of an encrypted document all that is told. One
 * that nobody has given a password for still has what can be told of it without.
 */
async function askPdfium(
  { path, start }: IdentifiedSource,
  password: string | undefined,
  signal: AbortSignal,
): Promise<Tags> {
  const [, version] = /%PDF-(\d\.\d)/.exec(Buffer.from(start).toString('latin1')) ?? []
  const encrypted = {
    FileType: KNOWN_FORMATS.pdf.title,
    FileTypeExtension: 'pdf',
    MIMEType: KNOWN_FORMATS.pdf.mediaType,
    ...(version !== undefined && { PDFVersion: Number(version) }),
  }
  try {
    const { pages, isEncrypted, texts } = await readPdfInfo({ path, password }, signal)
    if (!isEncrypted) return { PageCount: pages }
    const { CreationDate, ModDate, ...others } = texts
    const dates = { CreateDate: toDate(CreationDate), ModifyDate: toDate(ModDate) }
    return {
      ...encrypted,
      Encryption: 'Standard',
      PageCount: pages,
      ...others,
      ...Object.fromEntries(Object.entries(dates).filter(hasValue)),
    }
  } catch (error) {
    if (password !== undefined || !(error instanceof OperationError)) throw error
    const { code }: OperationError = error
    if (code === 'source_encrypted') return { ...encrypted, Encryption: 'Standard' }
    if (code === 'source_encryption_unknown') return { ...encrypted, Encryption: 'Unknown' }
    throw error
  }
}

function hasValue(entry: [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined
}

/** A date of PDF (ISO 32000-1, 7.9.4) as ExifTool prints it; undefined when it is none. */
function toDate(date = ''): string | undefined {
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', zone = ''] =
    /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(Z|[+-]\d\d'?\d\d)?/.exec(date) ?? []
  if (year === undefined) return undefined
  const offset = zone.replace(/^(.\d\d)'?(\d\d)$/, '$1:$2')
  return `${year}:${month}:${day} ${hour}:${minute}:${second}${offset}`
}
