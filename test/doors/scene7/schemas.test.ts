import assert from 'node:assert/strict'
import { type Migration, toSqliteMigration } from '../../../src/database/migrations.ts'
import {
  CATALOGUE_FILE_VERSIONS,
  createCatalogueTables,
} from '../../../src/doors/scene7/catalogue/catalogue-schema.ts'
import { createIpsTables, IPS_FILE_VERSIONS } from '../../../src/doors/scene7/ips/ips-schema.ts'
import {
  createUsersTables,
  USERS_FILE_VERSIONS,
} from '../../../src/doors/scene7/ips/users/users-schema.ts'
import { describeTables } from '../../support/sqlite-tables.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const SCHEMAS: readonly (readonly [
  name: string,
  versions: readonly string[],
  create: Migration,
  tables: readonly string[],
])[] = [
  [
    'catalogue',
    CATALOGUE_FILE_VERSIONS,
    createCatalogueTables,
    ['assets', 'crops', 'members', 'presets'],
  ],
  [
    'ips',
    IPS_FILE_VERSIONS,
    createIpsTables,
    ['asset_records', 'exports', 'folders', 'ips_job_details', 'ips_jobs'],
  ],
  ['users', USERS_FILE_VERSIONS, createUsersTables, ['ips_memberships', 'ips_users']],
]

describe('the tables of Scene7', () => {
  const folder = useTemporaryFolder()

  for (const [name, versions, create, tables] of SCHEMAS) {
    it(`are the same in files that were made version after version, and made at once: ${name}`, () => {
      const grown = describeTables(folder.pathTo(`grown-${name}.sqlite`), versions)
      const made = describeTables(folder.pathTo(`made-${name}.sqlite`), [toSqliteMigration(create)])
      assert.deepEqual(Object.keys(grown), tables)
      assert.deepEqual(made, grown)
    })
  }
})
