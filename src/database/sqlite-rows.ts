import type { DatabaseSync } from 'node:sqlite'
import type { RowValue, TableRows } from './table-rows.ts'

/** The tables of a SQLite file with their rows; those that others refer to come first. */
export function readSqliteRows(connection: DatabaseSync): TableRows[] {
  const tables = textsOf(
    connection,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
  )
  return inOrder(connection, tables).map((table) => {
    const columns = textsOf(connection, 'SELECT name FROM pragma_table_info(?)', table)
    return {
      table,
      columns,
      rows: rowsOf(connection, table, columns),
      lastNumber: lastNumberOf(connection, table),
    }
  })
}

function* rowsOf(
  connection: DatabaseSync,
  table: string,
  columns: readonly string[],
): Generator<readonly RowValue[]> {
  const names = columns.map((name) => `"${name}"`).join(', ')
  for (const row of connection.prepare(`SELECT ${names} FROM "${table}"`).iterate()) {
    yield columns.map((name) => {
      const value = row[name] ?? null
      return typeof value === 'bigint' ? Number(value) : value
    })
  }
}

function inOrder(connection: DatabaseSync, tables: readonly string[]): string[] {
  const ordered: string[] = []
  const add = (table: string): void => {
    if (ordered.includes(table)) return
    const others = textsOf(
      connection,
      'SELECT "table" AS name FROM pragma_foreign_key_list(?)',
      table,
    )
    for (const other of others) if (other !== table) add(other)
    ordered.push(table)
  }
  for (const table of tables) add(table)
  return ordered
}

function lastNumberOf(connection: DatabaseSync, table: string): number {
  const isKept = "SELECT name FROM sqlite_schema WHERE name = 'sqlite_sequence'"
  if (textsOf(connection, isKept).length === 0) return 0
  const row = connection.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').get(table)
  return Number(row?.['seq'] ?? 0)
}

function textsOf(connection: DatabaseSync, query: string, ...values: string[]): string[] {
  return connection
    .prepare(query)
    .all(...values)
    .map((row) => String(row['name']))
}
