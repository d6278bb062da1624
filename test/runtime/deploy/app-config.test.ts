import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { APP_CONFIG, findProject, readAppParts } from '../../../src/runtime/deploy/app-config.ts'
import {
  readLocalActions,
  readManifest,
  readResidentActions,
} from '../../../src/runtime/deploy/manifest.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const EXTENSION = 'src/dx-asset-compute-worker-1'

/** What the template of Adobe lays down. */
const APP = `
extensions:
  dx/asset-compute/worker/1:
    $include: ${EXTENSION}/ext.config.yaml
`
const EXT = `
operations: { workerProcess: [{ type: action, impl: dx-asset-compute-worker-1/worker }] }
hooks: { test: adobe-asset-compute test-worker }
actions: actions
runtimeManifest:
  packages:
    dx-asset-compute-worker-1:
      license: Apache-2.0
      actions:
        tint: { function: actions/tint/index.js, web: 'yes', runtime: nodejs:22, limits: { concurrency: 10 } }
`
const MANIFEST = 'packages: { __APP_PACKAGE__: { actions: { old: { function: old.js } } } }'

type Files = Readonly<Record<string, string>>

describe('the configuration of a project', () => {
  const folder = useTemporaryFolder()
  let count = 0

  /** Lays a project down in a folder of its own. */
  function project(files: Files): string {
    const root = folder.pathTo(`project${count++}`)
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.join(root, path.dirname(name)), { recursive: true })
      writeFileSync(path.join(root, name), text)
    }
    return root
  }

  /** Names and files of the actions, and the folders of tests, relative to the project. */
  function read(files: Files) {
    const root = project(files)
    const relative = (file: string): string => path.relative(root, file)
    const config = APP_CONFIG in files ? APP_CONFIG : 'manifest.yml'
    return {
      actions: readManifest(path.join(root, config)).map(({ name, file }) => [
        name,
        relative(file),
      ]),
      tests: readAppParts(root).map(({ name, tests }) => [name, relative(tests)]),
    }
  }

  const tint = ['dx-asset-compute-worker-1/tint', `${EXTENSION}/actions/tint/index.js`]
  const PROJECTS: [what: string, files: Files, actions: string[][], tests: string[][]][] = [
    [
      'an extension in a file of its own, whose paths are relative to that',
      { [APP_CONFIG]: APP, [`${EXTENSION}/ext.config.yaml`]: EXT },
      [tint],
      [['dx/asset-compute/worker/1', `${EXTENSION}/test`]],
    ],
    [
      'tests where unitTest says',
      { [APP_CONFIG]: APP, [`${EXTENSION}/ext.config.yaml`]: `${EXT}\nunitTest: checks\n` },
      [tint],
      [['dx/asset-compute/worker/1', `${EXTENSION}/checks`]],
    ],
    [
      'an included file that includes another, in the folder of that one',
      {
        [APP_CONFIG]: APP,
        [`${EXTENSION}/ext.config.yaml`]: 'runtimeManifest: { $include: deep/manifest.yml }',
        [`${EXTENSION}/deep/manifest.yml`]: MANIFEST,
      },
      [['__APP_PACKAGE__/old', `${EXTENSION}/deep/old.js`]],
      [['dx/asset-compute/worker/1', `${EXTENSION}/test`]],
    ],
    [
      'what is beside an include before what is in it',
      {
        [APP_CONFIG]: `${APP}    unitTest: mine\n`,
        [`${EXTENSION}/ext.config.yaml`]: `${EXT}\nunitTest: theirs\n`,
      },
      [tint],
      [['dx/asset-compute/worker/1', 'mine']],
    ],
    [
      'an application beside extensions',
      {
        [APP_CONFIG]: `application: { runtimeManifest: ${MANIFEST.replace('packages', '{ packages')} } }\n${APP}`,
        [`${EXTENSION}/ext.config.yaml`]: EXT,
      },
      [['__APP_PACKAGE__/old', 'old.js'], tint],
      [
        ['application', 'test'],
        ['dx/asset-compute/worker/1', `${EXTENSION}/test`],
      ],
    ],
    [
      'the manifest.yml of an application that names no actions itself',
      { [APP_CONFIG]: 'application: { actions: actions }', 'manifest.yml': MANIFEST },
      [['__APP_PACKAGE__/old', 'old.js']],
      [['application', 'test']],
    ],
    [
      'no manifest.yml besides the actions of an application',
      {
        [APP_CONFIG]:
          'application: { runtimeManifest: { packages: { p: { actions: { a: { function: a.js } } } } } }',
        'manifest.yml': MANIFEST,
      },
      [['p/a', 'a.js']],
      [['application', 'test']],
    ],
    [
      'an extension without actions',
      { [APP_CONFIG]: 'extensions: { dx/excshell/1: { web: web-src } }', 'manifest.yml': MANIFEST },
      [['__APP_PACKAGE__/old', 'old.js']],
      [['application', 'test']],
    ],
    [
      'a manifest.yml alone',
      { 'manifest.yml': MANIFEST },
      [['__APP_PACKAGE__/old', 'old.js']],
      [['application', 'test']],
    ],
  ]
  for (const [what, files, actions, tests] of PROJECTS) {
    it(`has ${what}`, () => {
      assert.deepEqual(read(files), { actions, tests })
    })
  }

  it('has what lives on this machine in the manifest.yml beside it', () => {
    const root = project({
      [APP_CONFIG]: 'application: {}',
      'manifest.yml': `
packages: { p: { actions: { a: { function: a.js } } } }
local: { p: { actions: { b: { function: b.js } } } }
resident: { p: { actions: { c: { function: c.js } } } }
`,
    })
    const file = path.join(root, APP_CONFIG)
    assert.deepEqual(
      readManifest(file).map(({ name }) => name),
      ['p/a', 'p/b'],
    )
    assert.deepEqual(readLocalActions(file), ['p/b'])
    assert.deepEqual(readResidentActions(file), ['p/c'])
  })

  const WRONG: [what: string, files: Files, message: RegExp][] = [
    [
      'a file that is not there',
      { [APP_CONFIG]: APP },
      /^app\.config\.yaml:4 includes src\/dx-asset-compute-worker-1\/ext\.config\.yaml, and there is no such file\.$/,
    ],
    [
      'itself by way of another',
      { [APP_CONFIG]: 'application: { $include: b.yaml }', 'b.yaml': '$include: app.config.yaml' },
      /^b\.yaml:1 includes app\.config\.yaml, which includes it\.$/,
    ],
    [
      'what is no object',
      { [APP_CONFIG]: 'application: { $include: b.yaml }', 'b.yaml': '[1]' },
      /^app\.config\.yaml:1 includes b\.yaml, which must be an object, but it is an array\.$/,
    ],
    [
      'what is no name',
      { [APP_CONFIG]: 'application: { $include: 5 }' },
      /^app\.config\.yaml:1: \$include must be the path of a file, but it is 5\.$/,
    ],
  ]
  for (const [what, files, message] of WRONG) {
    it(`is refused that includes ${what}`, () => {
      assert.throws(() => readAppParts(project(files)), { message })
    })
  }

  const MISTAKES: [what: string, files: Files, message: string][] = [
    [
      'neither an application nor extensions',
      { [APP_CONFIG]: 'extension: {}' },
      'app.config.yaml: The file must be an object with application or extensions, but it has neither.',
    ],
    [
      'extensions that are none',
      { [APP_CONFIG]: 'extensions: 5' },
      'app.config.yaml:1: extensions must be an object of extensions by name, but it is 5.',
    ],
    [
      'an action without a file',
      { [APP_CONFIG]: APP, [`${EXTENSION}/ext.config.yaml`]: EXT.replace('function', 'functio') },
      `${EXTENSION}/ext.config.yaml:10: runtimeManifest.packages.dx-asset-compute-worker-1.actions.tint.function is missing; it must be the path of the action, relative to the manifest.`,
    ],
    [
      'an action that a file included by another one has',
      {
        [APP_CONFIG]: `application:\n  $include: a.yaml`,
        'a.yaml': '# of the application\nruntimeManifest:\n  $include: b/c.yaml\n',
        'b/c.yaml':
          'packages:\n  p:\n    actions:\n      a:\n        function: a.js\n        web: maybe\n',
      },
      'b/c.yaml:6: runtimeManifest.packages.p.actions.a.web must be yes, no or raw, but it is "maybe".',
    ],
    [
      'what is no YAML',
      { [APP_CONFIG]: APP, [`${EXTENSION}/ext.config.yaml`]: 'a: [' },
      `${EXTENSION}/ext.config.yaml is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 5.`,
    ],
  ]
  for (const [what, files, message] of MISTAKES) {
    it(`is refused for ${what}`, () => {
      assert.throws(() => readManifest(path.join(project(files), APP_CONFIG)), { message })
    })
  }

  const PLACES: [what: string, files: Files, from: string, found: string | undefined][] = [
    ['the folder of its configuration', { [APP_CONFIG]: '' }, '', ''],
    ['any folder in it', { [APP_CONFIG]: '', 'a/b/c.txt': '' }, 'a/b', ''],
    ['one in which a manifest is included', { [APP_CONFIG]: '', 'a/manifest.yml': '' }, 'a', ''],
    [
      'an older project within another one',
      { [APP_CONFIG]: '', 'a/manifest.yml': '', 'a/package.json': '{}', 'a/b/c.txt': '' },
      'a/b',
      'a',
    ],
    ['one that has a manifest alone', { 'manifest.yml': '', 'a/b.txt': '' }, 'a', ''],
    ['no folder without either', { 'a/b.txt': '' }, 'a', undefined],
  ]
  for (const [what, files, from, found] of PLACES) {
    it(`is found from ${what}`, () => {
      const root = project(files)
      assert.equal(
        findProject(path.join(root, from)),
        found === undefined ? undefined : path.join(root, found),
      )
      rmSync(root, { recursive: true })
    })
  }
})
