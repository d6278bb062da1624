import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { openFiles } from './open-databases.ts'
import { specifyScene7Stores } from './scene7-stores-contract.ts'

describe('the stores of Scene7 in files', () => {
  const folder = useTemporaryFolder()
  let homes = 0
  specifyScene7Stores(() => openFiles(folder.pathTo(`home-${(homes += 1)}`)))
})
