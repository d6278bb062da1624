import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { skipWithout } from '../support/tools.ts'
import { type ElsewhereServer, runContainerElsewhere, runElsewhere } from './elsewhere-server.ts'

type Suite = readonly [file: string, ...args: string[]]

/** The suites of all doors that ask nothing of the folder. */
const SUITES: readonly Suite[] = [
  ['worker.test.ts'],
  ['adobe-client.test.ts'],
  ['jobs.test.ts'],
  ['pdf-tasks.test.ts'],
]

/** Downloads have names of other letters than English ones in these; s3rver takes the signature of such a URL for wrong. */
const OTHER_LETTERS = ['--grep', 'puts files into']

describe('with the objects elsewhere, unchanged', function () {
  this.timeout(600_000)
  const folder = useTemporaryFolder()

  function pass(suites: readonly Suite[], run: (folder: string) => Promise<ElsewhereServer>): void {
    let elsewhere: ElsewhereServer
    before(async () => {
      elsewhere = await run(folder.pathTo('elsewhere'))
    })
    after(() => elsewhere.close())

    for (const [file, ...args] of suites) {
      it(`passes ${file}`, async () => {
        const child = spawn(
          process.execPath,
          ['node_modules/mocha/bin/mocha.js', `test/e2e/${file}`, ...args],
          {
            env: { ...process.env, ...elsewhere.environment },
            stdio: ['ignore', 'pipe', 'inherit'],
          },
        )
        const [told, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
        assert.equal(code, 0, told)
      })
    }
  }

  describe('in a bucket', () => {
    pass([...SUITES, ['fusion-modules.test.ts', ...OTHER_LETTERS, '--invert']], runElsewhere)
  })

  describe('in a container', () => {
    before(function () {
      skipWithout(this, 'Azurite')
    })
    pass([...SUITES, ['fusion-modules.test.ts', ...OTHER_LETTERS]], runContainerElsewhere)
  })
})
