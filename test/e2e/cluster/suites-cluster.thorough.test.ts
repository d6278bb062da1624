import { type PostgresCluster, startPostgres } from '../../support/postgres.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { type ElsewhereServer, runContainerElsewhere, runElsewhere } from '../elsewhere-server.ts'
import { OTHER_LETTERS, passSuites, type Suite } from '../suites.ts'

/** Records of activations are where these run, and of the front ends each knows its own. */
const ACTIVATIONS = ['--invert', '--grep', 'openwhisk client|which nobody is told']

/** The suites of all doors, with the unmodified clients of each. */
const SUITES: readonly Suite[] = [
  ['test/e2e/worker.test.ts', ...ACTIVATIONS],
  ['test/e2e/adobe-client.test.ts'],
  ['test/e2e/jobs.test.ts'],
  ['test/e2e/pdf-tasks.test.ts', ...ACTIVATIONS],
  ['test/e2e/fusion-modules.test.ts', ...OTHER_LETTERS, '--invert'],
]

/** Mails lie in the folder of the front end that has sent them. Downloads have names here that s3rver takes no signatures of. */
const SCENE7: Suite = [
  'test/doors/scene7/ips/clients.slow.test.ts',
  '--invert',
  '--grep',
  'has a mail about',
]

describe('two front ends behind one address, with one PostgreSQL and one bucket, unchanged', function () {
  this.timeout(600_000)
  const folder = useTemporaryFolder()
  let postgres: PostgresCluster
  let elsewhere: ElsewhereServer

  before(async function () {
    skipWithout(this, 'PostgreSQL')
    postgres = await startPostgres()
    elsewhere = await runElsewhere(folder.pathTo('elsewhere'))
  })
  after(async () => {
    await elsewhere?.close()
    postgres?.stop()
  })

  const environment = (store: ElsewhereServer = elsewhere): Record<string, string> => ({
    ...store.environment,
    DARKROOM_TESTS_SERVICE: 'test/e2e/cluster/serve-cluster.ts',
    DARKROOM_TESTS_POSTGRES: postgres.url,
  })

  describe('whose actions run in them', () => passSuites(SUITES, () => environment()))

  describe('whose actions run on two OpenWhisk API hosts behind another address', () =>
    passSuites(SUITES, () => ({ ...environment(), DARKROOM_TESTS_PLATFORM: 'yes' })))

  describe('whose objects are in a container', () => {
    let container: ElsewhereServer
    before(async function () {
      skipWithout(this, 'Azurite')
      container = await runContainerElsewhere(folder.pathTo('container'))
    })
    after(() => container?.close())
    passSuites([SCENE7], () => environment(container))
  })
})
