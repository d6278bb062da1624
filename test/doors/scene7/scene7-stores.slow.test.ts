import type { KeptTables } from '../../../src/database/kept-tables.ts'
import { openScene7Databases } from '../../../src/doors/scene7/scene7-databases.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { usePostgres } from '../../support/use-postgres.ts'
import { specifyScene7Stores } from './scene7-stores-contract.ts'

describe('the stores of Scene7 in PostgreSQL', () => {
  const folder = useTemporaryFolder()
  const postgres = usePostgres()

  specifyScene7Stores(async () => {
    const server = postgres.connect(await postgres.createDatabase())
    const open = <Tables>({ name, migrations }: KeptTables) => server.open<Tables>(name, migrations)
    return openScene7Databases(open, folder.pathTo('home'))
  })
})
