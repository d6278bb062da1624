import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { bundle } from '../../src/build/bundle-action.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { writeProject } from './project.ts'

/** What begins a module in a bundle: the function of one, in parentheses or not. */
const MODULES = {
  eager: /=\w+\(\((?:\w+|\(\w*(?:,\w+)?\))=>\{/g,
  late: /=\w+\((?:\w+|\(\w*(?:,\w+)?\))=>\{/g,
}

const PACKAGE = {
  'actions/one/index.ts': "import tell from 'tells'\nexport const main = () => tell()\n",
  'node_modules/tells/package.json': '{"main": "tells.cjs"}',
}

describe('the modules of a bundle', () => {
  const folder = useTemporaryFolder()

  /** Bundles a project with one action, and calls that. */
  async function make(name: string, files: Readonly<Record<string, string>>) {
    const project = writeProject(folder.pathTo(name), files)
    const out = path.join(project, 'build')
    await bundle({ project, module: path.join(project, 'actions/one/index.ts'), folder: out })
    const built = path.join(out, 'index.js')
    const loaded: { main: () => unknown } = createRequire(import.meta.url)(built)
    return { code: readFileSync(built, 'utf8'), built, told: loaded.main() }
  }

  it('are compiled when they are read, those of packages and those that are imported later', async () => {
    const { code, told } = await make('eager', {
      ...PACKAGE,
      'node_modules/tells/tells.cjs':
        "const { word } = require('./word.cjs')\nmodule.exports = () => [word, import('./late.mjs')]\n",
      'node_modules/tells/word.cjs': "exports.word = 'said'\n",
      'node_modules/tells/late.mjs': "export const late = 'later'\n",
    })
    assert.equal(code.match(MODULES.eager)?.length, 3)
    assert.equal(code.match(MODULES.late)?.length ?? 0, 0)
    assert.ok(Array.isArray(told))
    assert.equal(told[0], 'said')
    assert.equal((await told[1]).late, 'later')
  })

  it('are what they are, though a text in one looks like the end of a module', async () => {
    const text = 'first(() => {\n});\nvar x = y(() => {\n});\n'
    const { told } = await make('text', {
      ...PACKAGE,
      'node_modules/tells/tells.cjs': `module.exports = () => \`${text}\`\n`,
    })
    assert.equal(told, text)
  })

  it('are on lines as long as they may be', async () => {
    const { code } = await make('short', {
      ...PACKAGE,
      'node_modules/tells/tells.cjs': 'module.exports = () => {\n  return  [ 1,  2 ]\n}\n',
    })
    assert.match(code, /\[1,2\]/)
  })

  it('have names that ECMAScript modules import', async () => {
    const { built } = await make('named', {
      ...PACKAGE,
      'node_modules/tells/tells.cjs': "module.exports = () => 'said'\n",
    })
    const { main } = await import(built)
    assert.equal(main(), 'said')
  })
})
