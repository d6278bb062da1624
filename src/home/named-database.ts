import { DatabaseSync, type DatabaseSyncOptions, type StatementSync } from 'node:sqlite'

/** What SQLite has said before the file was named. */
const words = new WeakMap<Error, string>()

/** What SQLite says of an error, without the name of the file. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? (words.get(error) ?? error.message) : String(error)
}

/**
 * A connection to a SQLite file, which is still to be opened, whose errors name the file: "database disk image is malformed" alone
 * says nobody which of many is.
 *
 * @param timeoutMs - how long others that have it are waited for
 */
export function namedDatabase(
  file: string,
  timeoutMs: number,
  options: { readonly readOnly?: boolean } = {},
): DatabaseSync {
  return new NamedDatabase(file, { ...options, timeout: timeoutMs, open: false })
}

class NamedDatabase extends DatabaseSync {
  readonly #file: string

  constructor(file: string, options: DatabaseSyncOptions) {
    super(file, options)
    this.#file = file
  }

  override exec(sql: string): void {
    naming(this.#file, () => super.exec(sql))
  }

  override prepare(sql: string): StatementSync {
    const file = this.#file
    const statement = naming(file, () => super.prepare(sql))
    const run = statement.run.bind(statement)
    const get = statement.get.bind(statement)
    const all = statement.all.bind(statement)
    const iterate = statement.iterate.bind(statement)
    // As its own, since statements are made by SQLite alone.
    return Object.assign(statement, {
      run: (...args: Parameters<typeof run>) => naming(file, () => run(...args)),
      get: (...args: Parameters<typeof get>) => naming(file, () => get(...args)),
      all: (...args: Parameters<typeof all>) => naming(file, () => all(...args)),
      iterate: (...args: Parameters<typeof iterate>) => namedRows(file, iterate(...args)),
    })
  }
}

function* namedRows<Row>(file: string, rows: NodeJS.Iterator<Row>): NodeJS.Iterator<Row> {
  for (;;) {
    const { done, value } = naming(file, () => rows.next())
    if (done === true) return
    yield value
  }
}

function naming<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && !words.has(error)) {
      words.set(error, error.message)
      error.message = `${file}: ${error.message}`
    }
    throw error
  }
}
