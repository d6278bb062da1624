import assert from 'node:assert/strict'
import { toSqliteMigration } from '../../src/database/migrations.ts'
import { SERVICE_FILE_VERSIONS } from '../../src/database/service-file-schema.ts'
import { createServiceTables } from '../../src/database/service-schema.ts'
import { describeTables } from '../support/sqlite-tables.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('the tables of the service', () => {
  const folder = useTemporaryFolder()

  it('are the same where files were made version after version, and where they are made at once', () => {
    const grown = describeTables(folder.pathTo('grown.sqlite'), SERVICE_FILE_VERSIONS)
    const made = describeTables(folder.pathTo('made.sqlite'), [
      toSqliteMigration(createServiceTables),
    ])
    assert.ok(Object.keys(grown).length >= 16)
    assert.deepEqual(made, grown)
  })
})
