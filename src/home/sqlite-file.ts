import { DatabaseSync } from 'node:sqlite'

/**
 * Opens a SQLite file with a write-ahead log, which no other process may have open, and makes it if need be.
 *
 * @param options.schema - makes what is not there yet
 * @param options.synchronous - `FULL` when what was committed survives a power cut, `NORMAL` when all but the last of it
 *   does; either survives a killed process
 * @param options.remedy - what can be done about a file that is damaged, as a half sentence
 * @throws {Error} one sentence, when another service uses the file or it is damaged
 */
export function openSqliteFile(
  file: string,
  options: { schema: string; synchronous: 'FULL' | 'NORMAL'; remedy?: string },
): DatabaseSync {
  const { schema, synchronous, remedy } = options
  const connection = new DatabaseSync(file, { timeout: 0, open: false })
  try {
    connection.open()
    connection.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${synchronous};
      PRAGMA foreign_keys = ON;
      BEGIN IMMEDIATE;
      ${schema}
      COMMIT;
    `)
    return connection
  } catch (error) {
    if (connection.isOpen) connection.close()
    const why = error instanceof Error ? error.message : String(error)
    const message = why.includes('locked')
      ? `Another service is using ${file}.`
      : `${file} cannot be used: ${why}${remedy === undefined ? '' : `; ${remedy}`}.`
    throw new Error(message, { cause: error })
  }
}
