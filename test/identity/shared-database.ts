import { toSqliteMigration } from '../../src/database/migrations.ts'
import { openSqliteDatabase } from '../../src/database/sqlite-database.ts'
import { openSharedAccounts } from '../../src/identity/accounts-tables.ts'
import {
  IDENTITY_MIGRATIONS,
  type IdentityDatabase,
  type IdentityTables,
} from '../../src/identity/identity-schema.ts'
import { createNamedSealing } from '../../src/identity/named-sealing.ts'
import { createSharedSecrets } from '../../src/identity/shared-secrets.ts'

/** The key of the databases of tests. */
export const KEY = '0123456789abcdef'.repeat(4)

/** Opens what front ends have in common in a SQLite file, where it is as in PostgreSQL, and faster. */
export function openIdentityFile(file: string): IdentityDatabase {
  return openSqliteDatabase<IdentityTables>(file, IDENTITY_MIGRATIONS.map(toSqliteMigration))
}

/** The secrets of such a database, and its accounts as one more front end has them. */
export function openShared(database: IdentityDatabase, now: () => number) {
  const sealing = createNamedSealing(KEY)
  const secrets = createSharedSecrets(database, sealing)
  return { secrets, openAccounts: () => openSharedAccounts({ database, secrets, sealing, now }) }
}
