import { createGroupCommit } from '../home/group-commit.ts'
import { openSqliteFile, readSqliteFile } from '../home/sqlite-file.ts'
import type { Database } from './database.ts'
import { sqliteTables } from './sqlite-tables.ts'
import { createTopics } from './topics.ts'

/**
 * Opens a SQLite file that many write to; a command that does so meanwhile has its turns. Works that come shortly after each other share
 * one transaction; what they change is seen by nobody else before it is on the disk, since reads have a connection of their own meanwhile.
 *
 * @param migrations - see `SqliteOptions.migrations`
 * @param disk - whose disk is full when there is no space left, as in "The disk of the service is full"
 * @throws {Error} one sentence, see {@link openSqliteFile}
 */
export function openSqliteDatabase<Tables>(
  file: string,
  migrations: readonly string[],
  disk = 'service',
): Database<Tables> {
  const connection = openSqliteFile(file, { migrations, synchronous: 'FULL' })
  const reader = readSqliteFile(file)
  const tables = sqliteTables<Tables>(() => connection)
  // That of the writes knows most of the file already; only amid a transaction does it see what is not committed.
  const committed = sqliteTables<Tables>(() => (connection.isTransaction ? reader : connection))
  const commits = createGroupCommit(connection, disk)
  const topics = createTopics()
  /** What the work that runs has told; one runs after the other. */
  let told: (() => void)[] = []

  /** Says what works have told once they are committed. */
  async function saying<T>(commit: (words: typeof told) => Promise<T>): Promise<T> {
    const words: typeof told = []
    const result = await commit(words)
    for (const say of words) say()
    return result
  }

  return {
    committed,
    write: (work) =>
      saying((words) =>
        commits.write(() => {
          told = words
          return work(tables)
        }),
      ),
    sweep: (step) =>
      saying((words) =>
        commits.sweep(() => {
          told = words
          return step(tables)
        }),
      ),
    tell: async (_tables, topic, what) => void told.push(() => topics.say(topic, what)),
    hear: topics.hear,
    tryWriting: commits.tryWriting,
    async close() {
      await commits.close()
      if (reader.isOpen) reader.close()
    },
  }
}
