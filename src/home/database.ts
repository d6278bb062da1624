import type { StatementSync } from 'node:sqlite'
import { createGroupCommit, type GroupCommit } from './group-commit.ts'
import { openSqliteFile } from './sqlite-file.ts'

/** A SQLite file that many write to, such as that of the assets of Image Serving. */
export interface Database extends GroupCommit {
  prepare: (sql: string) => StatementSync
}

/**
 * Opens the file, which no other process may write to.
 *
 * @param disk - whose disk is full when there is no space left, as in "The disk of the service is full"
 * @throws {Error} one sentence, see {@link openSqliteFile}
 */
export function openDatabase(
  file: string,
  migrations: readonly string[],
  disk = 'service',
): Database {
  const connection = openSqliteFile(file, { migrations, synchronous: 'FULL' })
  return {
    prepare: (sql) => connection.prepare(sql),
    ...createGroupCommit(connection, disk),
  }
}
