import type { Selectable } from 'kysely'
import * as z from 'zod/mini'
import type { ServiceDatabase } from '../../../database/service-database.ts'
import type { ServiceTables } from '../../../database/service-tables.ts'
import type { Task } from '../tasks/records.ts'

/** What a client has sent about a file: texts by their names, of which a text may be missing. */
export type UploadMetadata = Readonly<Record<string, string | null>>

/** A file that comes in parts. */
export interface PartUpload {
  readonly id: string
  /** {@link Task.sequence} */
  readonly task: number
  /** In bytes; null until its client knows it. */
  readonly length: number | null
  readonly filename: string
  readonly contentType: string
  readonly metadata: UploadMetadata
}

/**
 * The uploads that come in parts, as they are on the disk; they go with their tasks. How much of one has come is not in
 * here: its object in the storage tells, so that the two cannot differ.
 */
export interface PartUploads {
  find: (task: Task, id: string) => Promise<PartUpload | undefined>
  ofTask: (task: Task) => Promise<PartUpload[]>
  /** Those of all tasks. */
  all: () => Promise<PartUpload[]>
  /** Resolves, like the next two, when it is on the disk. */
  add: (upload: PartUpload) => Promise<void>
  setLength: (upload: PartUpload, length: number) => Promise<void>
  remove: (uploads: readonly PartUpload[]) => Promise<void>
}

const metadataSchema = z.record(z.string(), z.nullable(z.string()))

/**
 * Opens the uploads in `database`.
 *
 * @param holder - the front end by which uploads are begun here
 */
export function openPartUploads(database: ServiceDatabase, holder: string): PartUploads {
  const selectUploads = () => database.committed.selectFrom('part_uploads').selectAll()
  return {
    async find({ sequence }, id) {
      const row = await selectUploads()
        .where('task', '=', sequence)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toPartUpload(row)
    },
    async ofTask({ sequence }) {
      return (await selectUploads().where('task', '=', sequence).execute()).map(toPartUpload)
    },
    async all() {
      return (await selectUploads().execute()).map(toPartUpload)
    },
    async add({ metadata, contentType, ...upload }) {
      const about = { content_type: contentType, metadata: JSON.stringify(metadata) }
      const row = { ...upload, ...about, holder }
      await database.write((tables) => tables.insertInto('part_uploads').values(row).execute())
    },
    async setLength({ id }, length) {
      await database.write((tables) =>
        tables.updateTable('part_uploads').set({ length }).where('id', '=', id).execute(),
      )
    },
    async remove(uploads) {
      if (uploads.length === 0) return
      const ids = uploads.map(({ id }) => id)
      await database.write((tables) =>
        tables.deleteFrom('part_uploads').where('id', 'in', ids).execute(),
      )
    },
  }
}

/** The key of the object that an upload of a task is gathered in. */
export function objectOfUpload(task: Task, { id }: Pick<PartUpload, 'id'>): string {
  return `jobs/${task.id}/${id}`
}

function toPartUpload({
  content_type: contentType,
  metadata,
  holder: _holder,
  ...others
}: Selectable<ServiceTables['part_uploads']>): PartUpload {
  return { ...others, contentType, metadata: metadataSchema.parse(JSON.parse(metadata)) }
}
