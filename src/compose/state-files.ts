import type * as z from 'zod/mini'
import { SERVICE_FILE_MIGRATIONS } from '../database/service-database.ts'
import { PAGE_MIGRATIONS } from '../doors/page/page-database.ts'
import { attributesFileSchema } from '../doors/scene7/catalogue/attributes-schema.ts'
import { CATALOGUE, SELECT_ORIGINALS } from '../doors/scene7/catalogue/catalogue-schema.ts'
import { FOUND_CROPS_MIGRATIONS } from '../doors/scene7/catalogue/found-crops.ts'
import { IPS } from '../doors/scene7/ips/ips-schema.ts'
import { USERS } from '../doors/scene7/ips/users/users-schema.ts'
import type { HomeFiles } from '../home/home-files.ts'
import { DRAFT } from '../home/private-file.ts'
import { RESTORING } from '../home/state-folder.ts'
import { PREFIX } from '../home/temporary-folder.ts'
import { accountsSchema } from '../identity/accounts-file.ts'
import { credentialsSchema } from '../identity/credentials.ts'
import { entitiesSchema } from '../runtime/deploy/entity-store.ts'
import { PART_INDEX_MIGRATIONS, SELECT_FILES } from '../storage/part-index.ts'

/** A SQLite file of the state folder, with what has made it what it is. */
export interface StateDatabase {
  /** Relative to the state folder. */
  readonly name: string
  readonly migrations: readonly string[]
}

/** The SQLite files of a state folder; those that others refer to come last. */
export const STATE_DATABASES: readonly StateDatabase[] = [
  { name: 'devtool.sqlite', migrations: PAGE_MIGRATIONS },
  { name: 'gateway.sqlite', migrations: SERVICE_FILE_MIGRATIONS },
  { name: IPS.file, migrations: IPS.fileMigrations },
  { name: 'scene7/smart-crops.sqlite', migrations: FOUND_CROPS_MIGRATIONS },
  { name: USERS.file, migrations: USERS.fileMigrations },
  { name: CATALOGUE.file, migrations: CATALOGUE.fileMigrations },
  { name: 'objects/index.sqlite', migrations: PART_INDEX_MIGRATIONS },
]

/** A JSON file of the state folder. */
export interface StateJson {
  /** Relative to the state folder. */
  readonly name: string
  readonly schema: z.ZodMiniType
  /** What should be done when it is damaged, as a half sentence. */
  readonly remedy: string
}

/** The JSON files of a state folder that cannot be made again as they were. */
export const STATE_JSON: readonly StateJson[] = [
  {
    name: 'credentials.json',
    schema: credentialsSchema,
    remedy: 'npm run restore should bring it back; without it, all credentials are made anew',
  },
  {
    name: 'accounts.json',
    schema: accountsSchema,
    remedy: 'npm run restore should bring it back; without it, there are no users and keys of jobs',
  },
  {
    name: 'deployed/entities.json',
    schema: entitiesSchema,
    remedy: 'npm run restore should bring it back; without it, nothing is deployed',
  },
  {
    name: 'scene7.json',
    schema: attributesFileSchema,
    remedy: 'it should be as docs/image-serving.md tells',
  },
]

/** What lives no longer than the service does, or can be made again. */
const PASSING = ['work', 'processes', 'service.pid', 'scene7/cache', 'scene7/posters', RESTORING]

/** Of which nothing but that somebody holds it is of interest, with what SQLite has beside it. */
const LOCK = /^(?:[^/]+\/)?(?:service|changes)\.lock(?:-journal)?$/

/** Node's compiled code of what is deployed. */
const COMPILED = /^deployed\/code\/[^/]+\/cache$/

/** What has names that others gave. */
const NAMED_BY_OTHERS = /^(?:cases|deployed\/code)\//

/** What is not written to its end, or of one process. */
const UNFINISHED = /\.(?:unfinished|draft)$/

/** The files of a state folder, for those who look at it from outside of the service. */
export const STATE_FILES: HomeFiles = {
  databases: STATE_DATABASES.map(({ name }) => name),
  named: [
    {
      what: 'a file of an object',
      database: 'objects/index.sqlite',
      folder: 'objects/parts',
      query: SELECT_FILES,
    },
    {
      what: 'the original of an asset',
      database: CATALOGUE.file,
      folder: 'scene7/originals',
      query: SELECT_ORIGINALS,
    },
  ],
  isPassing(name) {
    if (PASSING.includes(name) || name.startsWith(PREFIX)) return true
    if (LOCK.test(name) || COMPILED.test(name)) return true
    return !NAMED_BY_OTHERS.test(name) && (UNFINISHED.test(name) || DRAFT.test(name))
  },
}
