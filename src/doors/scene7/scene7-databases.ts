import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Part } from '../../base/part.ts'
import type { Database } from '../../database/database.ts'
import type { KeptTables } from '../../database/kept-tables.ts'
import { changeFolder } from '../../home/private-file.ts'
import { CATALOGUE } from './catalogue/catalogue-schema.ts'
import type { CatalogueDatabase, CatalogueTables } from './catalogue/catalogue-tables.ts'
import { IPS } from './ips/ips-schema.ts'
import type { IpsDatabase, IpsTables } from './ips/ips-tables.ts'
import { USERS } from './ips/users/users-schema.ts'
import type { UsersDatabase, UsersTables } from './ips/users/users-tables.ts'

/** What the door keeps in tables, wherever they are. */
export interface Scene7Databases extends Part {
  readonly catalogue: CatalogueDatabase
  readonly ips: IpsDatabase
  readonly users: UsersDatabase
}

/** Opens tables, see `Databases.open`. */
export type OpenTables = <Tables>(tables: KeptTables) => Promise<Database<Tables>>

/**
 * Opens them.
 *
 * @param home - the state folder
 * @throws {Error} one sentence, when some cannot be used
 */
export async function openScene7Databases(
  open: OpenTables,
  home: string,
): Promise<Scene7Databases> {
  await mkdir(path.join(home, 'scene7'), { recursive: true, mode: 0o700 })
  const opened: Pick<Database<unknown>, 'close'>[] = []
  const keep = <One extends Pick<Database<unknown>, 'close'>>(one: One): One => {
    opened.push(one)
    return one
  }
  const close = async (): Promise<void> => {
    for (const each of opened.toReversed()) await each.close()
  }
  try {
    const catalogue = keep(await open<CatalogueTables>(CATALOGUE))
    const ips = keep(await open<IpsTables>(IPS))
    const users = keep(await openUsers(open, home))
    return { catalogue, ips, users, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Opens the users. Commands may change them while a service runs, which sees it at the next request. */
export async function openUsers(open: OpenTables, home: string): Promise<UsersDatabase> {
  const folder = path.join(home, 'scene7')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // SQLite itself has nobody wait who makes the file while somebody else does.
  return changeFolder(folder, () => open<UsersTables>(USERS))
}
