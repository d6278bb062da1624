import * as z from 'zod/mini'
import { ServiceError } from '../base/errors.ts'
import { openDatabase } from '../home/database.ts'

/** One part of an object, as it was uploaded. */
export interface StoredPart {
  /** The name of the file with its bytes. */
  file: string
  /** In bytes. */
  size: number
  /** The `Content-Type` of the upload. */
  contentType: string
  /** When it was uploaded, in milliseconds of the epoch. */
  modified: number
  /** CRC-32 of its bytes; null when an older version has stored it. */
  checksum: number | null
}

/** Which part of which multi-part upload. */
export interface PartOfUpload {
  /** Names the upload; every URL of one upload carries the same. */
  upload: string
  /** Position of the part, from 0. */
  part: number
}

/** Which files make up which object. What changes it resolves when that is on the disk. */
export interface PartIndex {
  /**
   * Makes `part` a part of the object `key`. The first part of an upload replaces whatever the object was before.
   *
   * @param of - absent for an object that is uploaded as a whole
   * @returns the files that no object needs any more
   * @throws {@link ServiceError} 409 for a part of an upload that a later one has replaced
   */
  add(key: string, part: StoredPart, of: PartOfUpload | undefined): Promise<string[]>
  /** The parts of an object in their order; none while there is no object, or while a part before the last is missing. */
  partsOf(key: string): StoredPart[]
  /**
   * Forgets objects, and stragglers of their uploads with them.
   *
   * @returns the files that no object needs any more
   */
  remove(keys: readonly string[]): Promise<string[]>
  /** The keys that begin so, of objects and of uploads without parts. */
  keys(prefix: string): string[]
  /** The names of all files that belong to an object, with their sizes. */
  files(): Map<string, number>
  /** The names of files that no object needs any more and that may not be deleted yet: a kill can come in between. */
  removed(): Set<string>
  /** Is told of {@link PartIndex.removed} files that are deleted; it is on the disk with the next change. */
  forget(files: readonly string[]): void
  /** In bytes, of all parts. */
  size(): number
  /**
   * Some of the parts, those that were uploaded first before the others.
   *
   * @param after - the last one that was seen
   */
  byAge(after: PlaceInAge | undefined): { key: string; place: PlaceInAge }[]
  close(): void
}

/** Where a part is when all are in the order of their uploads. */
export interface PlaceInAge {
  modified: number
  upload: number
  position: number
}

// The newest upload of an object is the one that began last. Replaced multi-part uploads stay as rows without parts:
// by them a straggler of a replaced upload is told from the beginning of a new one. An object uploaded as a whole has no
// id, since no second part of it can come.
const VERSION_1 = `
  CREATE TABLE IF NOT EXISTS uploads (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    object TEXT NOT NULL,
    id TEXT,
    UNIQUE (object, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS parts (
    upload INTEGER NOT NULL REFERENCES uploads (sequence),
    position INTEGER NOT NULL,
    file TEXT NOT NULL,
    size INTEGER NOT NULL,
    contentType TEXT NOT NULL,
    modified INTEGER NOT NULL,
    PRIMARY KEY (upload, position)
  ) STRICT, WITHOUT ROWID;
`

// What is deleted is first written down, so that a file which the index does not know is none that it has forgotten.
const VERSION_2 = `
  ALTER TABLE parts ADD COLUMN checksum INTEGER;
  CREATE INDEX parts_by_age ON parts (modified, upload, position);
  CREATE TABLE removed (file TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`

/** See `SqliteOptions.migrations`. */
export const PART_INDEX_MIGRATIONS: readonly string[] = [VERSION_1, VERSION_2]

/** Selects the files of all parts in an index, for those who have no {@link PartIndex}. */
export const SELECT_FILES = 'SELECT file AS name, size FROM parts'

/** How many {@link PartIndex.byAge} gives at once. */
const AGED_AT_ONCE = 100

const uploadRow = z.optional(z.object({ sequence: z.int(), isNewest: z.int() }))
const fileRows = z.array(z.object({ file: z.string() }))
const sizeRows = z.array(z.object({ file: z.string(), size: z.int() }))
const totalRow = z.object({ total: z.nullable(z.int()) })
const agedRows = z.array(
  z.object({ object: z.string(), modified: z.int(), upload: z.int(), position: z.int() }),
)
const keyRows = z.array(z.object({ object: z.string() }))
const partRows = z.array(
  z.object({
    position: z.int(),
    file: z.string(),
    size: z.int(),
    contentType: z.string(),
    modified: z.int(),
    checksum: z.nullable(z.int()),
  }),
)

/**
 * Opens the index in the SQLite file at `path`, creating it if need be.
 *
 * @throws {Error} one sentence, see {@link openDatabase}
 */
export function openPartIndex(path: string): PartIndex {
  const database = openDatabase(path, PART_INDEX_MIGRATIONS, 'object store')

  const findUpload = database.prepare(`
    SELECT sequence, sequence = (SELECT max(sequence) FROM uploads WHERE object = :object) AS isNewest
    FROM uploads WHERE object = :object AND id = :id`)
  const insertUpload = database.prepare('INSERT INTO uploads (object, id) VALUES (:object, :id)')
  const deletePartsBefore = database.prepare(`
    DELETE FROM parts WHERE upload IN (SELECT sequence FROM uploads WHERE object = :object AND sequence < :sequence)
    RETURNING file`)
  const deleteWholeBefore = database.prepare(
    'DELETE FROM uploads WHERE object = :object AND sequence < :sequence AND id IS NULL',
  )
  const deletePart = database.prepare(
    'DELETE FROM parts WHERE upload = :upload AND position = :position RETURNING file',
  )
  const insertPart = database.prepare(`
    INSERT INTO parts (upload, position, file, size, contentType, modified, checksum)
    VALUES (:upload, :position, :file, :size, :contentType, :modified, :checksum)`)
  const selectParts = database.prepare(`
    SELECT position, file, size, contentType, modified, checksum FROM parts
    WHERE upload = (SELECT max(sequence) FROM uploads WHERE object = ?) ORDER BY position`)
  const deleteParts = database.prepare(
    'DELETE FROM parts WHERE upload IN (SELECT sequence FROM uploads WHERE object = ?) RETURNING file',
  )
  const deleteUploads = database.prepare('DELETE FROM uploads WHERE object = ?')
  const selectKeys = database.prepare(
    'SELECT DISTINCT object FROM uploads WHERE object >= :prefix AND object < :prefix || char(0x10ffff)',
  )
  const selectFiles = database.prepare('SELECT file, size FROM parts')
  const selectSize = database.prepare('SELECT sum(size) AS total FROM parts')
  const selectByAge = database.prepare(`
    SELECT object, modified, upload, position FROM parts JOIN uploads ON sequence = upload
    WHERE (modified, upload, position) > (:modified, :upload, :position)
    ORDER BY modified, upload, position LIMIT ${AGED_AT_ONCE}`)
  const insertRemoved = database.prepare('INSERT OR IGNORE INTO removed (file) VALUES (?)')
  const selectRemoved = database.prepare('SELECT file FROM removed')
  const deleteRemoved = database.prepare('DELETE FROM removed WHERE file = ?')
  let forgotten: string[] = []

  /** Runs a change that makes files needless, inside of a transaction. */
  function noteRemoved(change: () => string[]): string[] {
    const files = change()
    for (const file of files) insertRemoved.run(file)
    for (const file of forgotten) deleteRemoved.run(file)
    // Were this undone, they would be looked for once more at the next start.
    forgotten = []
    return files
  }

  function begin(object: string, id: string | null) {
    const sequence = Number(insertUpload.run({ object, id }).lastInsertRowid)
    const replaced = fileRows.parse(deletePartsBefore.all({ object, sequence }))
    deleteWholeBefore.run({ object, sequence })
    return { sequence, replaced }
  }

  function resume(sequence: number, position: number) {
    return { sequence, replaced: fileRows.parse(deletePart.all({ upload: sequence, position })) }
  }

  function add(key: string, part: StoredPart, of: PartOfUpload | undefined): string[] {
    const id = of?.upload ?? null
    const position = of?.part ?? 0
    const known = uploadRow.parse(findUpload.get({ object: key, id }))
    if (known?.isNewest === 0) {
      throw new ServiceError(
        'conflict',
        'A later upload has replaced the one that this part belongs to.',
      )
    }
    const { sequence, replaced } =
      known === undefined ? begin(key, id) : resume(known.sequence, position)
    insertPart.run({ upload: sequence, position, ...part })
    return replaced.map(({ file }) => file)
  }

  function remove(key: string): string[] {
    const removed = fileRows.parse(deleteParts.all(key))
    deleteUploads.run(key)
    return removed.map(({ file }) => file)
  }

  return {
    add: (key, part, of) => database.write(() => noteRemoved(() => add(key, part, of))),
    remove: (keys) => database.write(() => noteRemoved(() => keys.flatMap(remove))),
    keys: (prefix) => keyRows.parse(selectKeys.all({ prefix })).map(({ object }) => object),
    partsOf(key) {
      const rows = partRows.parse(selectParts.all(key))
      return rows.every(({ position }, index) => position === index) ? rows : []
    },
    files: () => new Map(sizeRows.parse(selectFiles.all()).map(({ file, size }) => [file, size])),
    removed: () => new Set(fileRows.parse(selectRemoved.all()).map(({ file }) => file)),
    forget: (files) => void forgotten.push(...files),
    size: () => totalRow.parse(selectSize.get()).total ?? 0,
    byAge: (after = { modified: Number.MIN_SAFE_INTEGER, upload: 0, position: 0 }) =>
      agedRows
        .parse(selectByAge.all({ ...after }))
        .map(({ object, ...place }) => ({ key: object, place })),
    close: () => void database.close(),
  }
}
