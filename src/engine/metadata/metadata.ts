import { mkdtemp, rename, rm } from 'node:fs/promises'
import { OperationError } from '../../base/operation-error.ts'
import { createThread } from '../../tasks/thread.ts'
import type { XmpExtraction } from './extract-xmp.ts'
import type { TagReading } from './read-tags.ts'
import type { MetadataOutcome, MetadataRequest, MetadataWork } from './task.ts'
import { type Done, resultIn } from './tools.ts'
import type { TagWriting } from './write-tags.ts'
import type { PacketWriting } from './write-xmp.ts'

/** Reads and writes metadata. */
export interface Metadata {
  /** Loads ExifTool before the first source, which would wait for it otherwise. */
  readonly warm: () => void
  /**
   * Writes what a source says of itself as one document of XMP: its own packet as it is, what that leaves unsaid from
   * Exif, IPTC, the properties of the document and so on, and `dc:format`, `tiff:ImageWidth` and `tiff:ImageLength` of
   * the file as it really is.
   *
   * @returns the media type of the source, and what could not be read of it
   * @throws {@link OperationError} when the source is damaged, takes too much, or is nothing that metadata are read from,
   *   or when a password was given that does not open it
   */
  readonly extractXmp: (
    job: XmpExtraction & { readonly xmpPath: string },
    signal?: AbortSignal,
  ) => Promise<Done>
  /**
   * Writes a copy of a source in which a packet takes the place of its own. Pictures and pages stay as they are.
   *
   * @returns the media type of the source, which is that of the copy as well, and what became of its signature
   * @throws {@link OperationError} when the packet is no XMP, when the source is damaged, encrypted or takes too much, or
   *   when files of its kind cannot have a packet
   */
  readonly writeXmp: (
    job: PacketWriting & { readonly outputPath: string },
    signal?: AbortSignal,
  ) => Promise<Done>
  /**
   * Writes what a source says of itself as one flat object of JSON: names of ExifTool to texts, numbers and truth values.
   * Lists are texts with commas, and files of several pictures have `PageCount` or `FrameCount` in it.
   *
   * @returns the media type of the source, and what could not be read of it
   * @throws {@link OperationError} when the source is damaged, takes too much, or is nothing that metadata are read from,
   *   or when a password was given that does not open it
   */
  readonly readTags: (
    job: TagReading & { readonly jsonPath: string },
    signal?: AbortSignal,
  ) => Promise<Done>
  /**
   * Writes a copy of a source with other texts under some plain names, such as `Title`, wherever its readers look for
   * them. All else stays as it is.
   *
   * @returns the media type of the source, which is that of the copy as well, and what became of its signature
   * @throws {@link OperationError} when files of its kind have no place for a name, or the source is damaged, encrypted or
   *   takes too much
   */
  readonly writeTags: (
    job: TagWriting & { readonly outputPath: string },
    signal?: AbortSignal,
  ) => Promise<Done>
}

/** Far more than the largest of sources takes. */
const LONGEST_MS = 60_000

/** As much memory as an idle thread may keep, in bytes: the compiled Perl, and what a few runs have left. */
const MOST_HELD_BYTES = 400_000_000

const THREAD = new URL('./metadata-thread.ts', import.meta.url)

/**
 * Has metadata read and written in a {@link createThread thread} of its own.
 *
 * @param options.thread - the module that runs in the thread
 * @param options.longestMs - the time limit of one job
 */
export function createMetadata({ thread = THREAD, longestMs = LONGEST_MS } = {}): Metadata {
  const { run: work, warm } = createThread<MetadataWork>({
    module: thread,
    longestMs,
    mostHeldBytes: MOST_HELD_BYTES,
  })

  async function run(
    request: MetadataRequest,
    targetPath: string,
    signal: AbortSignal | undefined,
  ): Promise<Done> {
    // Beside the target, so that the result only has to be renamed, and is there whole or not at all.
    const folder = await mkdtemp(`${targetPath}.`)
    try {
      const outcome = await work({ ...request, folder }, signal).catch(explainCrash)
      const { mediaType, remarks = [] } = check(outcome, longestMs)
      await rename(resultIn(folder), targetPath)
      return remarks.length === 0 ? { mediaType } : { mediaType, remarks }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  return {
    warm,
    extractXmp: ({ source, password, xmpPath }, signal) =>
      run({ task: 'extract xmp', source, password }, xmpPath, signal),
    writeXmp: ({ source, packet, outputPath }, signal) =>
      run({ task: 'write xmp', source, packet }, outputPath, signal),
    readTags: ({ source, password, jsonPath }, signal) =>
      run({ task: 'read tags', source, password }, jsonPath, signal),
    writeTags: ({ source, texts, outputPath }, signal) =>
      run({ task: 'write tags', source, texts }, outputPath, signal),
  }
}

/** @throws {@link OperationError} when there is no result */
function check(
  outcome: MetadataOutcome | undefined,
  longestMs: number,
): MetadataOutcome & { readonly outcome: 'written' } {
  if (outcome === undefined) {
    throw new OperationError('source_too_slow', { task: 'metadata', seconds: longestMs / 1000 })
  }
  if (outcome.outcome === 'written') return outcome
  const { code, fields, cause } = outcome.failure
  throw new OperationError(code, fields, { cause })
}

/** @throws {@link OperationError} when a source was too much for the thread, and the error itself otherwise */
function explainCrash(error: unknown): never {
  const isOutOfMemory =
    error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  if (!isOutOfMemory) throw error
  throw new OperationError('source_out_of_memory', { task: 'metadata' }, { cause: error })
}

/** {@link Metadata} in the one thread of this process. */
export const metadata: Metadata = createMetadata()
