import { existsSync } from 'node:fs'
import { readFile, rename } from 'node:fs/promises'
import type { Rendition, Source } from '@adobe/asset-compute-sdk'
import { THUMBHASH } from '../contract/event.ts'
import type { Job, JobSource, Operation, OutputFile } from '../engine/operation.ts'
import { KNOWN_FORMATS } from '../sources/formats.ts'
import { reportOf } from './progress-report.ts'
import { openNamed } from './reach.ts'
import { describe, remark } from './remarks.ts'
import { RenditionError } from './rendition-error.ts'

/** A job of which the options are still to be read. */
export type PreparedJob = Omit<Job<unknown>, 'wanted'>

/**
 * What an operation needs of an activation; its progress is that of the rendition. Its files come into the folder of all renditions, which the SDK clears.
 *
 * @param tell - is told of what has been done; nobody unless given
 */
export function prepareJob(
  rendition: Pick<Rendition, 'directory'>,
  sources: readonly JobSource[],
  tell: (sentence: string) => void = () => undefined,
): PreparedJob {
  const report = reportOf(rendition)
  return {
    sources,
    folder: rendition.directory,
    fetch: openNamed,
    // Nothing of the SDK tells a callback that its activation is given up: the process is killed then.
    signal: new AbortController().signal,
    progress(done, sentence) {
      tell(sentence)
      report(done)
    },
  }
}

/**
 * Starts an operation for each of some renditions. One whose instructions cannot be read fails by itself.
 *
 * @param read - makes options of the instructions of a rendition
 * @returns one promise a rendition, of its file; nobody has to wait for it
 */
export function startJob<Options>(
  operation: Operation<Options>,
  job: PreparedJob,
  renditions: readonly Readonly<Record<string, unknown>>[],
  read: (instructions: Readonly<Record<string, unknown>>) => Options,
): readonly Promise<OutputFile>[] {
  const wanted: Options[] = []
  const places = renditions.map((instructions) => {
    try {
      return { ok: true, index: wanted.push(read(instructions)) - 1 } as const
    } catch (error) {
      return { ok: false, error } as const
    }
  })
  const made = wanted.length === 0 ? [] : operation.run({ ...job, wanted })
  const files = places.map(async (place) => {
    if (!place.ok) throw place.error
    const [file] = (await made[place.index]) ?? []
    if (file === undefined) throw new RangeError('the operation has made no file')
    return file
  })
  void Promise.allSettled(files)
  return files
}

/** Puts a file where the SDK wants that of a rendition, and says what it is and what could not be done. */
export async function deliver(file: OutputFile, rendition: Rendition): Promise<void> {
  remark(rendition, file.remarks ?? [])
  if (file.mediaType === KNOWN_FORMATS.thumbhash.mediaType) {
    // So that a page has it without another request.
    const hash = await readFile(file.path, 'latin1')
    describe(rendition, () => ({ [THUMBHASH]: hash }))
  }
  await rename(file.path, rendition.path)
  await rendition.setContentType(file.mediaType, file.charset ?? 'binary')
}

/** Has the one file of a rendition made, and delivers it. */
export async function makeRendition<Options>(
  operation: Operation<Options>,
  job: PreparedJob,
  options: Options,
  rendition: Rendition,
): Promise<void> {
  const [file] = startJob(operation, job, [rendition.instructions], () => options)
  if (file !== undefined) await deliver(await file, rendition)
}

/**
 * The file of a source.
 *
 * @param what - what cannot be made without it, such as "An image rendition"
 * @throws {@link RenditionError} SourceUnsupported when the request has no source, SourceCorrupt when that is empty
 */
export function requireSource(source: Source | undefined, what: string): string {
  if (source === undefined) {
    throw new RenditionError('SourceUnsupported', `${what} needs a source; the request has none.`)
  }
  // The SDK fails a download that fails, but makes no file of one that brings no bytes.
  if (!existsSync(source.path))
    throw new RenditionError('SourceCorrupt', 'The source file is empty.')
  return source.path
}
