import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { openIdentityFile } from './shared-database.ts'
import { specifySharedIdentity } from './shared-identity-contract.ts'

describe('what front ends have in common, in SQLite', () => {
  const folder = useTemporaryFolder()
  const opened: { close: () => Promise<void> }[] = []
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close()
  })

  let count = 0
  specifySharedIdentity(async () => {
    const database = openIdentityFile(folder.pathTo(`${(count += 1)}.sqlite`))
    opened.push(database)
    return database
  })
})
