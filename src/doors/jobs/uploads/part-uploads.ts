import * as z from 'zod/mini'
import type { Database } from '../../../home/database.ts'
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
  find: (task: Task, id: string) => PartUpload | undefined
  ofTask: (task: Task) => PartUpload[]
  /** Those of all tasks. */
  all: () => PartUpload[]
  /** Resolves, like the next two, when it is on the disk. */
  add: (upload: PartUpload) => Promise<void>
  setLength: (upload: PartUpload, length: number) => Promise<void>
  remove: (uploads: readonly PartUpload[]) => Promise<void>
}

const uploadRow = z.object({
  id: z.string(),
  task: z.int(),
  length: z.nullable(z.int()),
  filename: z.string(),
  content_type: z.string(),
  metadata: z.string(),
})
const metadataSchema = z.record(z.string(), z.nullable(z.string()))

/** Opens the uploads in `database`. */
export function openPartUploads(database: Database): PartUploads {
  const sql = {
    find: database.prepare('SELECT * FROM part_uploads WHERE task = ? AND id = ?'),
    ofTask: database.prepare('SELECT * FROM part_uploads WHERE task = ?'),
    all: database.prepare('SELECT * FROM part_uploads'),
    add: database.prepare(
      `INSERT INTO part_uploads (id, task, length, filename, content_type, metadata)
         VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    setLength: database.prepare('UPDATE part_uploads SET length = ? WHERE id = ?'),
    remove: database.prepare('DELETE FROM part_uploads WHERE id = ?'),
  }
  return {
    find({ sequence }, id) {
      const row = sql.find.get(sequence, id)
      return row === undefined ? undefined : toPartUpload(row)
    },
    ofTask: ({ sequence }) => sql.ofTask.all(sequence).map(toPartUpload),
    all: () => sql.all.all().map(toPartUpload),
    async add({ id, task, length, filename, contentType, metadata }) {
      const about = JSON.stringify(metadata)
      await database.write(() => sql.add.run(id, task, length, filename, contentType, about))
    },
    async setLength({ id }, length) {
      await database.write(() => sql.setLength.run(length, id))
    },
    async remove(uploads) {
      await database.write(() => {
        for (const { id } of uploads) sql.remove.run(id)
      })
    },
  }
}

/** The key of the object that an upload of a task is gathered in. */
export function objectOfUpload(task: Task, { id }: Pick<PartUpload, 'id'>): string {
  return `jobs/${task.id}/${id}`
}

function toPartUpload(row: unknown): PartUpload {
  const { content_type: contentType, metadata, ...others } = uploadRow.parse(row)
  return { ...others, contentType, metadata: metadataSchema.parse(JSON.parse(metadata)) }
}
