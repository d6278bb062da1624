import type { Readable } from 'node:stream'
import { ReadableStream } from 'node:stream/web'
import { DataStore, Upload } from '@tus/server'
import { ServiceError } from '../../../base/errors.ts'
import type { ObjectStore } from '../../../storage/object-store.ts'
import { MAX_PARTS } from '../../../storage/presigned-url.ts'
import type { Task } from '../tasks/records.ts'
import { typeOfName } from '../tasks/task-files.ts'
import { objectOfUpload, type PartUpload, type PartUploads } from './part-uploads.ts'
import { toldType, uploadedName } from './take-file.ts'
import { TUS_EXTENSIONS } from './tus-protocol.ts'
import type { UploadLocks } from './upload-locks.ts'

/** How many files may be begun for one task; each may be as large as any. */
const MOST_UPLOADS = 10

/** What the uploads of tasks are gathered in. */
export interface GatheringOptions {
  uploads: PartUploads
  locks: UploadLocks
  objects: Pick<ObjectStore, 'put' | 'arrived' | 'remove' | 'partBytes'>
  /** Whether a task still waits for its file. */
  waits: (task: Task) => Promise<boolean>
  /** Ends a task with an upload that is whole; see `takeFile`. */
  finish: (task: Task, upload: PartUpload) => Promise<void>
  /** The refusal of what comes for a task that does not wait any more. */
  isOver: (task: Task) => ServiceError
  /** What a kill costs a client that sends all in one request, in bytes; that of the storage unless given. */
  partBytes?: number | undefined
}

/**
 * The uploads of one task, as the library of tus asks for them. Each is a multi-part object of the storage: what of a body has
 * come is a part of it, on the disk before it is acknowledged, and how far an upload is, is how much there is.
 */
export class TaskDataStore extends DataStore {
  readonly #task: Task
  readonly #options: GatheringOptions

  constructor(task: Task, options: GatheringOptions) {
    super()
    this.extensions = [...TUS_EXTENSIONS]
    this.#task = task
    this.#options = options
  }

  /** Begins an upload. */
  override async create(upload: Upload): Promise<Upload> {
    const { uploads } = this.#options
    if (!(await this.#options.waits(this.#task))) throw this.#options.isOver(this.#task)
    if ((await uploads.ofTask(this.#task)).length >= MOST_UPLOADS) {
      throw new ServiceError(
        'conflict',
        `For the task ${this.#task.id}, ${MOST_UPLOADS} uploads were begun; go on with one of them, or delete one.`,
      )
    }
    const metadata = upload.metadata ?? {}
    const filename = uploadedName(metadata['filename'] ?? metadata['name'] ?? '')
    const begun: PartUpload = {
      id: upload.id,
      task: this.#task.sequence,
      length: upload.size ?? null,
      filename,
      contentType: toldType(metadata['filetype'] ?? '') ?? typeOfName(filename),
      metadata,
    }
    await uploads.add(begun)
    return upload
  }

  /** How far an upload is. One that is whole ends its task, in case that a kill came in between. */
  override async getUpload(id: string): Promise<Upload> {
    const upload = await this.#find(id)
    const { size: offset } = await this.#arrived(upload)
    if (upload.length === offset) await this.#options.finish(this.#task, upload)
    else if (!(await this.#options.waits(this.#task))) throw this.#options.isOver(this.#task)
    return new Upload({
      id,
      offset,
      metadata: { ...upload.metadata },
      creation_date: new Date(this.#task.createdAt).toISOString(),
      ...(upload.length !== null && { size: upload.length }),
    })
  }

  override async declareUploadLength(id: string, length: number): Promise<void> {
    await this.#options.uploads.setLength(await this.#find(id), length)
  }

  /** Forgets an upload with what has come of it. */
  override async remove(id: string): Promise<void> {
    const upload = await this.#find(id)
    await this.#options.objects.remove([objectOfUpload(this.#task, upload)])
    await this.#options.uploads.remove([upload])
  }

  /**
   * Adds a body, or what comes of it before it breaks off.
   *
   * @returns how far the upload is then
   */
  override async write(body: Readable, id: string): Promise<number> {
    const upload = await this.#find(id)
    const { locks, partBytes = this.#options.objects.partBytes } = this.#options
    const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]()
    let tooMuch: Error | undefined
    let next = await read()

    async function read(): Promise<Buffer | undefined> {
      try {
        const { done, value } = await chunks.next()
        return done === true ? undefined : value
      } catch (error) {
        if (isTooMuch(error)) tooMuch = error
        return undefined
      }
    }
    async function* readPart(): AsyncGenerator<Buffer, void, void> {
      for (let bytes = 0; next !== undefined && bytes < partBytes;) {
        bytes += next.byteLength
        yield next
        next = await read()
      }
      // The part that goes beyond the length is no part, so that what is refused never makes an upload whole.
      if (tooMuch !== undefined) throw tooMuch
      await locks.check(id)
    }

    for (let { parts: part } = await this.#arrived(upload); next !== undefined; part += 1) {
      await this.#put(upload, part, ReadableStream.from(readPart()))
    }
    if (tooMuch !== undefined) throw tooMuch
    return (await this.#arrived(upload)).size
  }

  /** Puts a part, unless the task has ended before or meanwhile, when all that has come is swept. */
  async #put(upload: PartUpload, part: number, body: ReadableStream<Uint8Array>) {
    const { objects, waits, isOver } = this.#options
    const key = objectOfUpload(this.#task, upload)
    if (part >= MAX_PARTS) {
      throw new ServiceError(
        'too_large',
        `The upload has come in ${MAX_PARTS} parts, the most there may be; begin it anew with larger ones.`,
      )
    }
    if (!(await waits(this.#task))) throw isOver(this.#task)
    await objects.put({
      key,
      body,
      size: {},
      contentType: upload.contentType,
      of: { upload: upload.id, part },
    })
    if (await waits(this.#task)) return
    await objects.remove([key])
    throw isOver(this.#task)
  }

  async #find(id: string): Promise<PartUpload> {
    const upload = await this.#options.uploads.find(this.#task, id)
    if (upload !== undefined) return upload
    if (!(await this.#options.waits(this.#task))) throw this.#options.isOver(this.#task)
    throw new ServiceError(
      'not_found',
      `For the task ${this.#task.id}, there is no upload ${id}; begin it anew.`,
    )
  }

  #arrived(upload: PartUpload): ReturnType<ObjectStore['arrived']> {
    return this.#options.objects.arrived(objectOfUpload(this.#task, upload))
  }
}

/** Whether this is the library's error about a body that goes beyond its length; all others are of a body that breaks off. */
function isTooMuch(error: unknown): error is Error {
  return error instanceof Error && 'status_code' in error && error.status_code === 413
}
