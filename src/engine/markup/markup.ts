import { rm } from 'node:fs/promises'
import * as z from 'zod/mini'
import { OperationError } from '../../base/operation-error.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { type IdentifiedSource, identifySource } from '../../sources/identify.ts'
import { createThread } from '../../tasks/thread.ts'
import { type Operation, onlySource, startEach } from '../operation.ts'
import { readPdfOutline, writePdfPositions, writePdfTags } from '../pdf/pdf.ts'
import { textKindOf } from '../text/text-kind.ts'
import type { MarkupTask, MarkupWork } from './markup-task.ts'

const options = z.object({
  to: z.enum(['md', 'html']),
  /** What opens an encrypted source. */
  password: z.optional(z.string()),
})

/** What markup is made of a document with. */
export type MarkupOptions = Readonly<z.infer<typeof options>>

const LONGEST_MS = 60_000

/** As much memory as an idle thread may keep, in bytes. */
const MOST_HELD_BYTES = 160_000_000

const { run: work } = createThread<MarkupWork>({
  module: new URL('./markup-thread.ts', import.meta.url),
  longestMs: LONGEST_MS,
  mostHeldBytes: MOST_HELD_BYTES,
})

const MEDIA_TYPES = {
  md: KNOWN_FORMATS.markdown.mediaType,
  html: KNOWN_FORMATS.html.mediaType,
} as const

/**
 * Makes Markdown or HTML of the text of a document: its headings, lists, tables and links, for who searches it and has it read. A
 * picture is the words that stand for it, unless it is on the web. That of a picture is empty.
 */
export const markup: Operation<MarkupOptions> = {
  options,
  run(job) {
    const { path, name, mediaType: mimetype } = onlySource(job)
    const identified = identifySource(path, { name, mimetype })
    identified.catch(() => undefined)
    return startEach(job, 'markup', async ({ to, password }, outputPath) => {
      const readingPath = `${outputPath}.reading`
      try {
        const request = { source: await identified, password, readingPath }
        const { subject, remarks: unread } = await prepare(request, job.signal)
        const told = await convert({ subject, to, outputPath }, job.signal)
        const remarks = [...unread, ...told]
        return [{ path: outputPath, mediaType: MEDIA_TYPES[to], charset: 'utf-8', remarks }]
      } catch (error) {
        await rm(outputPath, { force: true })
        throw error
      } finally {
        await rm(readingPath, { force: true })
      }
    })
  },
}

/** @returns what is converted, and what of it could not be read, a sentence each */
async function prepare(
  {
    source,
    password,
    readingPath,
  }: { source: IdentifiedSource; password: string | undefined; readingPath: string },
  signal: AbortSignal,
): Promise<{ subject: MarkupTask['subject']; remarks: readonly string[] }> {
  if (source.start.length === 0 && source.content === undefined) {
    throw new OperationError('source_empty', {})
  }
  const read = textKindOf(source)
  if (read !== 'PDF') return { subject: { kind: 'document', source, read, password }, remarks: [] }
  const file = { path: source.path, password }
  const tagged = await writePdfTags(file, readingPath, signal)
  const remarks = tagged ?? (await writePdfPositions(file, readingPath, signal))
  const { bookmarks } = await readPdfOutline(file, signal)
  return tagged === undefined
    ? { subject: { kind: 'pages', positionsPath: readingPath, bookmarks }, remarks }
    : { subject: { kind: 'tags', tagsPath: readingPath, bookmarks }, remarks }
}

/** @returns what could not be read, a sentence each */
async function convert(task: MarkupTask, signal: AbortSignal): Promise<readonly string[]> {
  const outcome = await work(task, signal).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      throw new OperationError('source_out_of_memory', { task: 'text' }, { cause: error })
    }
    throw error
  })
  if (outcome === undefined) {
    throw new OperationError('source_too_slow', { task: 'text', seconds: LONGEST_MS / 1000 })
  }
  if (outcome.outcome === 'written') return outcome.remarks
  const { code, fields, cause } = outcome.failure
  throw new OperationError(code, fields, { cause })
}
