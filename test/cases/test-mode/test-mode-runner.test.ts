import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { readCase } from '../../../src/cases/test-case.ts'
import { makeTestFolders, type TestFolders } from '../../../src/cases/test-mode/test-folders.ts'
import {
  createTestModeRunner,
  type InvokeAction,
} from '../../../src/cases/test-mode/test-mode-runner.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

type Ended = Awaited<ReturnType<InvokeAction>>

describe('a case in test mode', () => {
  const folder = useTemporaryFolder()
  let folders: TestFolders

  before(async () => {
    folders = await makeTestFolders(folder.pathTo('run'))
    await mkdir(folder.pathTo('worker/one/deep'), { recursive: true })
    const files = {
      'file.jpg': 'source',
      'params.json': '{"name": "rendition.JSON", "width": 5}',
      'rendition.json': '{}',
      'deep/logo.png': 'logo',
    }
    for (const [name, text] of Object.entries(files)) {
      await writeFile(folder.pathTo(`worker/one/${name}`), text)
    }
  })

  async function run(invoke: InvokeAction) {
    const each = readCase(folder.pathTo('worker/one'))
    assert.ok(each.state === 'ready')
    const runner = createTestModeRunner({ invoke, folders, out: folder.pathTo('made') })
    return runner.run(each, 'request')
  }

  const end = (result: unknown, more: Partial<Ended> = {}): Ended => ({
    logs: [],
    response: { success: true, result },
    ...more,
  })

  it('is given to its action by the names of files, as Adobe has it', async () => {
    const given: unknown[] = []
    await run(async (...args) => {
      given.push(...args)
      return end({})
    })
    assert.deepEqual(given, [
      'worker',
      {
        source: 'file.jpg',
        renditions: [{ fmt: 'json', name: 'rendition.JSON', width: 5 }],
        requestId: 'request',
      },
    ])
  })

  it('has processes read its files in /in, and write the rendition into /out', async () => {
    const code = `
      import { readFile, writeFile } from 'node:fs/promises'
      import fs from 'node:fs'
      import { createRequire } from 'node:module'
      const require = createRequire('/')
      await writeFile('/out/rendition0.json', fs.readFileSync('/in/file.jpg') + await readFile('/in/deep/logo.png', 'utf8')
        + process.env.WORKER_TEST_MODE + require('fs').existsSync('/in/none'))
      fs.copyFileSync('/out/rendition0.json', '/out/rendition.JSON')
      fs.createReadStream('/in/params.json').pipe(fs.createWriteStream('/out/other'))
    `
    const outcome = await run(async () => {
      await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
        env: { ...process.env, ...folders.environment },
      })
      assert.match(await readFile(`${folders.out}/other`, 'utf8'), /width/)
      return end({})
    })
    assert.ok(outcome.state === 'created')
    assert.equal(outcome.file, folder.pathTo('made/request/rendition.json'))
    assert.equal(await readFile(outcome.file, 'utf8'), 'sourcelogotruefalse')
  })

  it('finds nothing of the case before', async () => {
    await run(async () => {
      await writeFile(`${folders.out}/rendition0.json`, '')
      return end({})
    })
    assert.deepEqual(await run(async () => end({})), {
      state: 'failed',
      errorReason: undefined,
      errorMessage: 'The worker wrote no file',
    })
  })

  const log =
    'TIME stdout: worker() callback processing failed with error after 0.1 seconds: Too small'
  const ENDS: [what: string, ended: Ended, outcome: object][] = [
    [
      'fails for the reason of its rendition, with the message that the log has',
      end({ renditionErrors: [{ name: 'ClientError', reason: 'SourceCorrupt' }] }, { logs: [log] }),
      {
        state: 'failed',
        errorReason: 'SourceCorrupt',
        errorName: 'ClientError',
        errorMessage: 'Too small',
      },
    ],
    [
      'fails for the name of an error that has no reason',
      end({ renditionErrors: [{ name: 'GenericError' }] }),
      {
        state: 'failed',
        errorReason: 'GenericError',
        errorName: 'GenericError',
        errorMessage: undefined,
      },
    ],
    [
      'is an error when the activation fails as a whole',
      end({}, { response: { success: false, result: { error: { message: 'No source.' } } } }),
      { state: 'refused', message: 'The activation failed: No source.', invoked: true },
    ],
    [
      'is an error when the runtime tells why',
      end({}, { response: { success: false, result: { error: 'It exited.' } } }),
      { state: 'refused', message: 'The activation failed: It exited.', invoked: true },
    ],
  ]
  for (const [what, ended, outcome] of ENDS) {
    it(what, async () => {
      assert.deepEqual(await run(async () => ended), outcome)
    })
  }

  it('is an error when its action cannot be invoked', async () => {
    const outcome = await run(() => Promise.reject(new Error('There is none.')))
    assert.deepEqual(outcome, { state: 'refused', message: 'There is none.' })
  })
})
