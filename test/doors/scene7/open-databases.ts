import path from 'node:path'
import type { KeptTables } from '../../../src/database/kept-tables.ts'
import { openSqliteDatabase } from '../../../src/database/sqlite-database.ts'
import { createKeptUsers, type KeptUsers } from '../../../src/doors/scene7/ips/users/kept-users.ts'
import {
  openScene7Databases,
  openUsers,
  type OpenTables,
  type Scene7Databases,
} from '../../../src/doors/scene7/scene7-databases.ts'

/** Opens tables in files of a state folder, as a service of one machine does. */
export function filesIn(home: string): OpenTables {
  return async <Tables>({ file, fileMigrations }: KeptTables) =>
    openSqliteDatabase<Tables>(path.join(home, file), fileMigrations)
}

/** Opens what the door keeps in tables, in files of a state folder. */
export function openFiles(home: string): Promise<Scene7Databases> {
  return openScene7Databases(filesIn(home), home)
}

/** Opens the users of a state folder. */
export async function openKeptUsers(
  home: string,
): Promise<KeptUsers & { readonly close: () => Promise<void> }> {
  const database = await openUsers(filesIn(home), home)
  return { ...createKeptUsers(database), close: database.close }
}
