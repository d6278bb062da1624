import type { RowValue, TableRows } from '../database/table-rows.ts'
import { rowOfKey, rowOfUser } from './accounts-tables.ts'
import type { KeptAccounts } from './accounts.ts'
import type { IdentityTables } from './identity-schema.ts'
import type { NamedSealing } from './named-sealing.ts'

/** What is known in a state folder of who may come in. */
export interface KeptIdentity {
  /** By the names that secrets have in the database; those that are undefined are not there. */
  readonly secrets: Readonly<Record<string, unknown>>
  readonly accounts: KeptAccounts
}

/** What of it the tables of {@link IdentityTables} have. */
export function identityRows(
  { secrets, accounts }: KeptIdentity,
  sealing: NamedSealing,
): TableRows[] {
  const kept = Object.entries(secrets).filter(([, value]) => value !== undefined)
  return [
    rowsOf(
      'secrets',
      ['name', 'sealed'],
      kept.map(([name, value]) => ({ name, sealed: sealing.seal(name, value) })),
    ),
    rowsOf(
      'job_users',
      ['id', 'username', 'sealed', 'created_at'],
      accounts.users.map((user) => rowOfUser(user, sealing)),
    ),
    rowsOf(
      'job_keys',
      ['id', 'name', 'user', 'scopes', 'hash', 'created_at'],
      accounts.keys.map(rowOfKey),
    ),
  ]
}

function rowsOf<Column extends string>(
  table: keyof IdentityTables,
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, RowValue>>[],
): TableRows {
  return {
    table,
    columns,
    rows: rows.map((row) => columns.map((name) => row[name])),
    lastNumber: 0,
  }
}
