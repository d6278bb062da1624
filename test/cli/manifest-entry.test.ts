import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { addToManifest } from '../../src/cli/new-worker/manifest-entry.ts'
import { readManifest } from '../../src/runtime/deploy/manifest.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

/** The configuration of an extension, with these hooks besides that of its tests. */
function config(hooks: string): string {
  return `operations: {}\nhooks:\n  test: adobe-asset-compute test-worker\n${hooks}runtimeManifest:\n  packages:\n    dx-asset-compute-worker-1:\n      actions:\n        worker:\n          function: actions/worker/index.js\n`
}

describe('the manifest entry of a new worker', () => {
  const folder = useTemporaryFolder()
  const manifest = readFileSync('manifest.yml', 'utf8')

  it('comes after the others, which stay as they are, comments and all', () => {
    const added = addToManifest(manifest, 'tint')
    assert.ok(added.startsWith(manifest))
    assert.match(added.slice(manifest.length), /^ {6}tint:\n {8}function: build\/actions\/tint\n/)
  })

  const STYLES: [what: string, text: string][] = [
    ['line ends', manifest.replaceAll('\n', '\r\n')],
    ['indentation', manifest.replaceAll(/^ +/gm, (spaces) => spaces + spaces)],
  ]
  for (const [what, text] of STYLES) {
    it(`has the ${what} of the others`, () => {
      const added = addToManifest(text, 'tint')
      assert.ok(added.startsWith(text), added)
      const plain = added.replaceAll('\r\n', '\n')
      assert.ok(!plain.includes('\r'))
      assert.equal(plain.split('\n').length, addToManifest(manifest, 'tint').split('\n').length)
    })
  }

  it('is one that the service can run', () => {
    const file = folder.pathTo('manifest.yml')
    writeFileSync(file, addToManifest(manifest, 'tint'))
    const action = readManifest(file).find(({ name }) => name === 'dx-asset-compute-worker-1/tint')
    assert.ok(action !== undefined)
    assert.equal(action.web, 'yes')
    assert.equal(action.requiresAdobeAuth, true)
    assert.deepEqual(action.limits, { timeout: 60_000, memorySize: 1024, concurrency: 1 })
  })

  describe('in the configuration of an extension', () => {
    const file = 'src/dx-asset-compute-worker-1/ext.config.yaml'
    const members = ['runtimeManifest']

    it('names the built folder from there, and has it built before aio zips it', () => {
      const added = addToManifest(config(''), 'tint', { file, members })
      assert.match(added, /^ {2}pre-app-build: darkroom build$/m)
      assert.match(added, /^ {8}tint:\n {10}function: \.\.\/\.\.\/build\/actions\/tint\n/m)
    })

    it('leaves a hook that builds as it is', () => {
      const hook = '  pre-app-build: npm run lint && darkroom build\n'
      assert.ok(addToManifest(config(hook), 'tint', { file, members }).includes(hook))
    })

    it('is refused where a hook does something else', () => {
      assert.throws(
        () => addToManifest(config('  pre-app-build: npm run lint\n'), 'tint', { file, members }),
        /^Error: src\/dx-asset-compute-worker-1\/ext\.config\.yaml has a hook hooks\.pre-app-build already, which should run darkroom build first\.$/,
      )
    })
  })

  const REFUSED: [what: string, manifest: string, message: RegExp][] = [
    [
      'of an action that is there',
      manifest,
      /^Error: manifest\.yml has an action circle already\.$/,
    ],
    [
      'in a manifest without the package of workers',
      'packages: {}',
      /^Error: manifest\.yml has no actions in packages\.dx-asset-compute-worker-1 to add to\.$/,
    ],
    [
      'in what is not YAML',
      'packages:\n\tactions: {}\n',
      /^Error: manifest\.yml is not YAML: Tabs are not allowed as indentation at line 2, column 1\.$/,
    ],
  ]
  for (const [what, text, message] of REFUSED) {
    it(`is refused ${what}`, () => {
      assert.throws(() => addToManifest(text, 'circle'), message)
    })
  }
})
