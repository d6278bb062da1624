import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { type ElsewhereServer, runElsewhere } from './elsewhere-server.ts'

/**
 * The suites of all doors that ask nothing of the folder. Of the modules of Fusion those that download files with names of other letters
 * than English ones are left out: s3rver takes the signature of such a URL for wrong.
 */
const SUITES: [file: string, ...args: string[]][] = [
  ['worker.test.ts'],
  ['adobe-client.test.ts'],
  ['jobs.test.ts'],
  ['pdf-tasks.test.ts'],
  ['fusion-modules.test.ts', '--grep', 'puts files into', '--invert'],
]

describe('with the objects in a bucket elsewhere, unchanged', function () {
  this.timeout(600_000)
  const folder = useTemporaryFolder()
  let bucket: ElsewhereServer
  before(async () => {
    bucket = await runElsewhere(folder.pathTo('elsewhere'))
  })
  after(() => bucket.close())

  for (const [file, ...args] of SUITES) {
    it(`passes ${file}`, async () => {
      const child = spawn(
        process.execPath,
        ['node_modules/mocha/bin/mocha.js', `test/e2e/${file}`, ...args],
        { env: { ...process.env, ...bucket.environment }, stdio: ['ignore', 'pipe', 'inherit'] },
      )
      const [told, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
      assert.equal(code, 0, told)
    })
  }
})
