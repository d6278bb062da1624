import { join } from 'node:path'
import type * as z from 'zod/mini'
import type { OpenSource } from '../fetching/fetched-file.ts'

/**
 * Everything that the house makes: sources and options in, files out. A door reads its own wire into options, and writes
 * sentences of its own for the {@link OperationError}s that come of them.
 */
export interface Operation<Options> {
  /** What options there are: their types, validation, documentation and completion come from this. */
  readonly options: z.ZodMiniType<Options>
  /**
   * Starts to make all that is wanted, at once and without waiting for anything.
   *
   * @returns one promise for each set of options, which resolves when its files are complete, and rejects with an
   *   {@link OperationError} or whatever is about neither sources nor options, such as a full disk. Each fails by itself,
   *   then leaves no file, and nobody has to wait for any of them, not even for its rejection.
   */
  readonly run: (job: Job<Options>) => readonly Promise<readonly OutputFile[]>[]
}

/** What an operation is asked for. */
export interface Job<Options> {
  /** They have to stay there until every promise is settled. */
  readonly sources: readonly JobSource[]
  /** Several at once, since a whole request is planned before anything is made. */
  readonly wanted: readonly Options[]
  /**
   * Where the files are written, under names of the operation's own; on the disk that they stay on, so that whoever asked
   * renames them. What of them nobody takes he removes.
   */
  readonly folder: string
  /** Opens the URLs that options name. */
  readonly fetch: OpenSource
  /**
   * Ends the work: within a second every promise that is still open rejects with the signal's reason, threads are gone, and
   * nothing half-written stays.
   */
  readonly signal: AbortSignal
  /** Is told how much is done, from 0 to 1, and what in a sentence without a full stop. */
  readonly progress: (done: number, sentence: string) => void
}

/** A source of a job. */
export interface JobSource {
  readonly path: string
  /** What somebody calls it, of which the extension counts; it is asked only where the content leaves a doubt. */
  readonly name?: string | undefined
  /** The media type that somebody says it has, with or without parameters. */
  readonly mediaType?: string | undefined
}

/** A file that an operation has made. */
export interface OutputFile {
  readonly path: string
  readonly mediaType: string
  /** Of a text; undefined for what is none. */
  readonly charset?: 'utf-8'
  /** Of a picture, in pixels. */
  readonly width?: number
  readonly height?: number
  /** What could not be done though there is the file, a sentence each. */
  readonly remarks?: readonly string[]
}

/**
 * Starts `make` for each set of options of a job, and tells the progress of all.
 *
 * @param what - what is made, for the sentence
 * @param make - gets a path of its own in the job's folder
 */
export function startEach<Options>(
  { wanted, folder, signal, progress }: Omit<Job<Options>, 'sources' | 'fetch'>,
  what: string,
  make: (options: Options, path: string, index: number) => Promise<readonly OutputFile[]>,
): readonly Promise<readonly OutputFile[]>[] {
  let done = 0
  const files = wanted.map(async (options, index) => {
    signal.throwIfAborted()
    const made = await make(options, join(folder, `${what}${index}`), index)
    done += 1
    progress(done / wanted.length, `made ${what} ${index + 1} of ${wanted.length}`)
    return made
  })
  // Node ends a process in which a promise rejects that nobody waits for.
  void Promise.allSettled(files)
  return files
}

/** The source of a job that has to have exactly one. */
export function onlySource({ sources }: Pick<Job<unknown>, 'sources'>): JobSource {
  const [source, ...others] = sources
  if (source === undefined || others.length > 0) {
    throw new RangeError(`the operation has one source, not ${sources.length}`)
  }
  return source
}
