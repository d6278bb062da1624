import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { skipWithout } from '../support/tools.ts'
import { type ElsewhereServer, runContainerElsewhere, runElsewhere } from './elsewhere-server.ts'
import { OTHER_LETTERS, passSuites, type Suite } from './suites.ts'

/** The suites of all doors that ask nothing of the folder. */
const SUITES: readonly Suite[] = [
  ['test/e2e/worker.test.ts'],
  ['test/e2e/adobe-client.test.ts'],
  ['test/e2e/jobs.test.ts'],
  ['test/e2e/pdf-tasks.test.ts'],
]

describe('with the objects elsewhere, unchanged', function () {
  this.timeout(600_000)
  const folder = useTemporaryFolder()

  function pass(suites: readonly Suite[], run: (folder: string) => Promise<ElsewhereServer>): void {
    let elsewhere: ElsewhereServer
    before(async () => {
      elsewhere = await run(folder.pathTo('elsewhere'))
    })
    after(() => elsewhere.close())

    passSuites(suites, () => elsewhere.environment)
  }

  describe('in a bucket', () => {
    pass(
      [...SUITES, ['test/e2e/fusion-modules.test.ts', ...OTHER_LETTERS, '--invert']],
      runElsewhere,
    )
  })

  describe('in a container', () => {
    before(function () {
      skipWithout(this, 'Azurite')
    })
    pass([...SUITES, ['test/e2e/fusion-modules.test.ts', ...OTHER_LETTERS]], runContainerElsewhere)
  })
})
