import { IDENTITY_MIGRATIONS, type IdentityTables } from '../../src/identity/identity-schema.ts'
import { usePostgres } from '../support/use-postgres.ts'
import { specifySharedIdentity } from './shared-identity-contract.ts'

describe('what front ends have in common, in PostgreSQL', () => {
  const postgres = usePostgres()

  specifySharedIdentity(async () => {
    const server = postgres.connect(await postgres.createDatabase())
    return server.open<IdentityTables>('identity', IDENTITY_MIGRATIONS)
  })
})
