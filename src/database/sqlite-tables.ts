import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { Kysely, SqliteDialect, type SqliteStatement } from 'kysely'

/** What SQLite stores as it is; anything else is a mistake of ours. */
function isStorable(value: unknown): value is SQLInputValue {
  return (
    value === null ||
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'string' ||
    ArrayBuffer.isView(value)
  )
}

function toValues(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (isStorable(value)) return value
    throw new TypeError(`SQLite cannot store a value of the type ${typeof value}.`)
  })
}

/**
 * The tables of a SQLite file. Each query is answered before anybody else has a turn. Transactions are begun and ended by whoever has
 * made the connections, and closes them.
 *
 * @param connectionOf - by which connection to the file the next query goes
 */
export function sqliteTables<Tables>(connectionOf: () => DatabaseSync): Kysely<Tables> {
  /** There are few shapes of queries; each is compiled once. */
  const prepared = new Map<DatabaseSync, Map<string, SqliteStatement>>()

  function statementsOf(connection: DatabaseSync): Map<string, SqliteStatement> {
    const known = prepared.get(connection)
    if (known !== undefined) return known
    const statements = new Map<string, SqliteStatement>()
    prepared.set(connection, statements)
    return statements
  }

  function prepare(sql: string): SqliteStatement {
    const connection = connectionOf()
    const statements = statementsOf(connection)
    const known = statements.get(sql)
    if (known !== undefined) return known
    const compiled = connection.prepare(sql)
    const statement: SqliteStatement = {
      reader: compiled.columns().length > 0,
      all: (parameters) => compiled.all(...toValues(parameters)),
      run: (parameters) => compiled.run(...toValues(parameters)),
      iterate: (parameters) => compiled.all(...toValues(parameters)).values(),
    }
    statements.set(sql, statement)
    return statement
  }

  const database = { prepare, close: () => undefined }
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
}
