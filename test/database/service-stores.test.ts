import { openServiceFile } from '../../src/database/service-database.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { specifyServiceStores } from './service-stores-contract.ts'

describe('the stores of the service in SQLite', () => {
  const folder = useTemporaryFolder()
  let files = 0
  specifyServiceStores(async () => openServiceFile(folder.pathTo(`${files++}.sqlite`)))
})
