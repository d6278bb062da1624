import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { type Mock, mock } from 'node:test'
import * as z from 'zod/mini'

const hookSchema = z.custom<(called: object) => Promise<void>>((it) => typeof it === 'function')
const prerun = hookSchema.parse(createRequire(import.meta.url)('../../aio-plugin/hooks/prerun.cjs'))

describe('before a command of aio runs', () => {
  const given = process.env['AIO_DEPLOY_SERVICE_URL']
  let said: Mock<typeof console.error>
  before(() => {
    said = mock.method(console, 'error', () => undefined)
  })
  beforeEach(() => said.mock.resetCalls())
  after(() => {
    said.mock.restore()
    if (given === undefined) delete process.env['AIO_DEPLOY_SERVICE_URL']
    else process.env['AIO_DEPLOY_SERVICE_URL'] = given
  })

  const CALLS: [what: string, id: string, argv: string[], service: string, isPublished: boolean][] =
    [
      [
        'app:deploy to the local service publishes nothing',
        'app:deploy',
        [],
        'https://localhost:9443',
        false,
      ],
      [
        'app:deploy --force-deploy there neither',
        'app:deploy',
        ['--force-deploy'],
        'https://localhost:9443',
        false,
      ],
      [
        'app:undeploy there unpublishes nothing',
        'app:undeploy',
        [],
        'https://localhost:9443',
        false,
      ],
      [
        'app:deploy --publish does as it is told',
        'app:deploy',
        ['--publish'],
        'https://localhost:9443',
        true,
      ],
      [
        'app:deploy --force-publish does, too',
        'app:deploy',
        ['--force-publish'],
        'https://localhost:9443',
        true,
      ],
      ['app:deploy to Adobe is left alone', 'app:deploy', [], '', true],
      ['another command is left alone', 'app:build', [], 'https://localhost:9443', true],
    ]
  for (const [what, id, argv, service, isPublished] of CALLS) {
    it(what, async () => {
      process.env['AIO_DEPLOY_SERVICE_URL'] = service
      const flag = id === 'app:undeploy' ? 'unpublish' : 'publish'
      const Command = { id, flags: { [flag]: { allowNo: true, default: true }, build: {} } }
      await prerun({ Command, argv })
      assert.deepEqual(Command.flags, {
        [flag]: { allowNo: true, default: isPublished },
        build: {},
      })
      assert.deepEqual(
        said.mock.calls.map(({ arguments: [sentence] }) => sentence),
        isPublished
          ? []
          : [
              `The service at https://localhost:9443 has no registry of extensions, which Adobe alone has: --no-${flag}.`,
            ],
      )
    })
  }
})
