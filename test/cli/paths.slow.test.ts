import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('paths on the command line', () => {
  const folder = useTemporaryFolder()

  it('are relative to where npm was called', async () => {
    const cwd = path.resolve('samples')
    const out = folder.pathTo('made.png')
    const args = ['run', '--silent', 'image', '--', 'logo.png?wid=8', path.relative(cwd, out)]
    await promisify(execFile)('npm', args, { cwd })
    assert.ok(existsSync(out))
  })

  it('are relative to where darkroom was called, whatever the project is', async () => {
    const program = path.resolve('bin/darkroom.cjs')
    const args = [program, 'image', '--project', process.cwd(), 'made.png?wid=4', 'small.png']
    await promisify(execFile)(process.execPath, args, { cwd: folder.pathTo('.') })
    assert.ok(existsSync(folder.pathTo('small.png')))
  })
})
