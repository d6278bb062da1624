import { ReadableStream } from 'node:stream/web'
import { ServiceError } from '../../../base/errors.ts'
import { contentDisposition, splitName } from '../../../base/file-name.ts'
import { formatOfExtension } from '../../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../../sources/formats.ts'
import { identifyContent, START_BYTES } from '../../../sources/identify.ts'
import { mayHoldSeveral } from '../../../sources/several-pictures.ts'
import type { ObjectStore } from '../../../storage/object-store.ts'
import type { ObjectUrls } from '../../../storage/object-urls.ts'
import type { InputFile } from './input-file.ts'
import type { TaskFile } from './records.ts'
import { TaskError } from './task-error.ts'

/** How the keys begin of what belongs to tasks. */
export const JOB_OBJECTS = 'jobs/'

/** Long enough for the longest activation, however long it has to wait before. */
const ACTION_URL_SECONDS = 24 * 60 * 60

/** What an action says about a file is a few kilobytes; a picture may carry more in its metadata. */
const MOST_REPORT_BYTES = 16 * 1024 * 1024

/** An object that was stored for a task. */
export interface StoredFor {
  readonly object: string
  /** In milliseconds since 1970; 0 while none of it, or not its beginning, has come. */
  readonly storedAt: number
}

/** The files of tasks in the storage. */
export interface TaskFiles {
  /**
   * Stores a file, which is on the disk when the promise resolves.
   *
   * @throws {ServiceError} see {@link ObjectStore.put}
   */
  put: (file: {
    object: string
    name: string
    contentType: string | undefined
    content: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>
    mostBytes?: number | undefined
  }) => Promise<TaskFile>
  /** The file that somebody has put at the URL of {@link TaskFiles.targetOf}; undefined when there is none. */
  find: (object: string, name: string) => Promise<TaskFile | undefined>
  /**
   * Tells what a file is, for which its first bytes are read.
   *
   * @throws {TaskError} when it is not there any more
   */
  identify: (file: TaskFile) => Promise<InputFile>
  /** Fails with a {@link TaskError} when it is not there any more. */
  read: (file: TaskFile, from?: number) => AsyncIterable<Uint8Array>
  /**
   * What an action says of a source, as JSON.
   *
   * @throws {TaskError} when it is not there, or longer than any is
   */
  readReport: (object: string) => Promise<unknown>
  /** By which an action reads a file. */
  sourceOf: (object: string) => string
  /** By which an action puts a file. */
  targetOf: (object: string) => string
  /** By which people and programs get a file. */
  downloadOf: (file: TaskFile, options: { inline: boolean; expiresAt: number }) => string
  /** The objects that were stored for a task, or for all: whatever has become of them. */
  storedFor: (taskId?: string) => Promise<StoredFor[]>
  remove: (objects: readonly string[]) => Promise<void>
}

/** @param options.urls - makes the URLs of the storage */
export function createTaskFiles(options: {
  objects: ObjectStore
  urls: ObjectUrls
  now: () => number
}): TaskFiles {
  const { objects, urls, now } = options
  const soon = (): number => Math.floor(now() / 1000) + ACTION_URL_SECONDS

  async function completed(object: string, filename: string) {
    await objects.complete(object, typeOfName(filename), true)
    return objects.stat(object)
  }

  async function find(object: string, filename: string): Promise<TaskFile | undefined> {
    const stored = (await objects.stat(object)) ?? (await completed(object, filename))
    if (stored === undefined) return undefined
    return { filename, object, size: stored.size, contentType: stored.contentType }
  }

  async function* read(file: TaskFile, from = 0, to = file.size): AsyncGenerator<Uint8Array> {
    const range = { start: Math.min(from, file.size), end: Math.min(to, file.size) }
    let content: ReadableStream<Uint8Array> | undefined
    try {
      content = await objects.open(file.object, range)
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'gone') throw error
      throw new TaskError('FILE_GONE', `${file.filename} is damaged, and must be made again.`)
    }
    if (content === undefined) {
      throw new TaskError('FILE_GONE', `${file.filename} is not there any more.`)
    }
    yield* content
  }

  return {
    async put({ object, name, contentType, content, mostBytes }) {
      await objects.put({
        key: object,
        body: content instanceof ReadableStream ? content : ReadableStream.from(content),
        size: { max: mostBytes },
        contentType: contentType ?? typeOfName(name),
      })
      const stored = await find(object, name)
      if (stored === undefined) throw new TaskError('FILE_GONE', `${name} was removed meanwhile.`)
      return stored
    },
    find,
    read,
    async identify(file) {
      const chunks: Uint8Array[] = []
      for await (const chunk of read(file, 0, START_BYTES)) chunks.push(chunk)
      const start = Buffer.concat(chunks)
      const { filename: name, contentType: mimetype } = file
      const content = await identifyContent(start, { name, mimetype })
      return { ...file, content, mayHoldSeveral: mayHoldSeveral(content, start) }
    },
    async readReport(object) {
      const report = await find(object, 'report')
      if (report === undefined || report.size > MOST_REPORT_BYTES) {
        const why = report === undefined ? 'is not in the storage' : 'is too long to be read'
        throw new TaskError('REPORT_UNREADABLE', `What the action says of the source ${why}.`)
      }
      const chunks: Uint8Array[] = []
      for await (const chunk of read(report)) chunks.push(chunk)
      const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString())
      return parsed
    },
    sourceOf: (key) => urls.toRead(key, { expires: soon() }),
    targetOf: (key) => urls.toWrite(key, soon()),
    downloadOf: ({ object, filename }, { inline, expiresAt }) =>
      urls.toRead(object, {
        expires: Math.floor(expiresAt / 1000),
        disposition: contentDisposition(inline ? 'inline' : 'attachment', filename),
      }),
    async storedFor(taskId) {
      const prefix = taskId === undefined ? JOB_OBJECTS : `${JOB_OBJECTS}${taskId}/`
      const stored: StoredFor[] = []
      for await (const { key, modified } of objects.list(prefix)) {
        stored.push({ object: key, storedAt: modified })
      }
      return stored
    },
    remove: (keys) => objects.remove(keys),
  }
}

/** The media type that the extension of a name stands for. */
export function typeOfName(name: string): string {
  const id = formatOfExtension(splitName(name).extension.slice(1).toLowerCase())
  return id === undefined ? 'application/octet-stream' : KNOWN_FORMATS[id].mediaType
}
