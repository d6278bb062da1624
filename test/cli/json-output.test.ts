import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import path from 'node:path'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const PROGRAM = path.resolve('bin/darkroom.cjs')

describe('--json', () => {
  const folder = useTemporaryFolder()

  /** What a command printed on its standard output, as JSON. */
  function told(...args: string[]): Promise<unknown> {
    const env = { ...process.env, DARKROOM_HOME: folder.pathTo('home') }
    return new Promise((resolve, reject) => {
      execFile(process.execPath, [PROGRAM, ...args, '--json'], { env }, (error, stdout) => {
        if (error === null) resolve(JSON.parse(stdout))
        else reject(error)
      })
    })
  }

  it('has keys tell the one that was made, and then all of them', async () => {
    const made = Object(await told('keys', 'create', '--name', 'flow'))
    assert.match(made.key, /^dk_/)
    const [listed] = Object(await told('keys', 'list'))
    assert.deepEqual([listed.id, listed.name, listed.user], [made.id, 'flow', 'darkroom'])
  })

  it('has users tell the password that was made', async () => {
    const { email, password } = Object(await told('users', 'add', 'ann@example.com'))
    assert.equal(email, 'ann@example.com')
    assert.match(password, /^[\w-]{24}$/)
  })

  it('has add tell what there is', async () => {
    const [{ name, there }] = Object(await told('add'))
    assert.equal(name, 'ocr')
    assert.ok(there === null || typeof there === 'string')
  })
})
