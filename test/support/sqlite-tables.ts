import { openSqliteFile } from '../../src/home/sqlite-file.ts'

/** The columns, references and indexes of all tables of a file. */
export function describeTables(
  file: string,
  migrations: readonly string[],
): Record<string, unknown> {
  const connection = openSqliteFile(file, { migrations, synchronous: 'NORMAL' })
  const rows = (query: string, ...given: string[]) =>
    connection
      .prepare(query)
      .all(...given)
      .map((row) => ({ ...row }))
  const tables = rows(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  ).map(({ name }) => String(name))
  const described = tables.map((table) => [
    table,
    {
      columns: rows(
        "SELECT name, lower(type) type, \"notnull\" OR (pk > 0 AND lower(type) = 'text') required, trim(dflt_value, '\"''') initially, pk FROM pragma_table_info(?) ORDER BY name",
        table,
      ),
      references: rows(
        'SELECT "table", "from", coalesce("to", (SELECT name FROM pragma_table_info("table") WHERE pk = seq + 1)) "to", on_delete FROM pragma_foreign_key_list(?) ORDER BY "from"',
        table,
      ),
      indexes: rows(
        'SELECT name, "unique", partial FROM pragma_index_list(?) WHERE origin = \'c\' ORDER BY name',
        table,
      ).map((index) => ({
        ...index,
        columns: rows(
          'SELECT name FROM pragma_index_info(?) ORDER BY seqno',
          String(index['name']),
        ).map(({ name }) => name),
      })),
    },
  ])
  connection.close()
  return Object.fromEntries(described)
}
