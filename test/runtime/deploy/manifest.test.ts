import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { readManifest } from '../../../src/runtime/deploy/manifest.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

describe('the manifest', () => {
  const folder = useTemporaryFolder()

  function read(text: string, variables = {}) {
    const file = folder.pathTo('manifest.yml')
    writeFileSync(file, text)
    return readManifest(file, variables)
  }
  const withAction = (text: string) => read(`packages: { p: { actions: { a: ${text} } } }`)

  it('names the actions of every package, their files beside it', () => {
    const actions = read(`
packages:
  one: { license: MIT, actions: { a: { function: x/a.js }, b: { function: ../b.ts } } }
  two: { actions: { a: { function: /abs/a.js } } }
`)
    const home = path.dirname(folder.pathTo('manifest.yml'))
    assert.deepEqual(
      actions.map(({ name, file }) => [name, file]),
      [
        ['one/a', path.join(home, 'x/a.js')],
        ['one/b', path.join(home, '../b.ts')],
        ['two/a', '/abs/a.js'],
      ],
    )
  })

  it('has actions that stay on this machine, which aio does not read', () => {
    const actions = read(`
packages: { p: { actions: { a: { function: a.js } } } }
local: { p: { actions: { b: { function: b.js } } } }
`)
    assert.deepEqual(
      actions.map(({ name }) => name),
      ['p/a', 'p/b'],
    )
    assert.throws(() => read('{ packages: {}, local: { p: 1 } }'), {
      message: 'manifest.yml:1: local.p must be an object with actions, but it is 1.',
    })
  })

  it("assumes Adobe I/O Runtime's limits, and that nobody may call over the web", () => {
    const [action] = withAction('{ function: a.js }')
    assert.deepEqual(action, {
      name: 'p/a',
      version: '0.0.1',
      kind: 'nodejs:24',
      file: folder.pathTo('a.js'),
      web: 'no',
      requiresAdobeAuth: undefined,
      requiresWhiskAuth: false,
      customOptions: false,
      inputs: {},
      final: false,
      limits: { timeout: 60_000, memorySize: 256, concurrency: 200 },
    })
  })

  it('sets limits, inputs and the need of credentials', () => {
    const [action] = withAction(`{
      function: a.js, inputs: { LOG: debug },
      limits: { timeout: 100, memorySize: 4096, concurrency: 1, logSize: 10 },
      annotations: { require-adobe-auth: true, final: true, web-custom-options: true } }`)
    assert.equal(action?.requiresAdobeAuth, true)
    assert.equal(action?.final, true)
    assert.equal(action?.customOptions, true)
    assert.deepEqual(action?.inputs, { LOG: 'debug' })
    assert.deepEqual(action?.limits, { timeout: 100, memorySize: 4096, concurrency: 1 })
  })

  it('takes the memory of older manifests, and the inputs of a package', () => {
    const [action] = read(
      `
packages:
  p:
    inputs: { LOG: $LOG, KEY: common }
    actions: { a: { function: a.js, inputs: { KEY: own }, limits: { memory: 512 } } }
`,
      { LOG: 'debug' },
    )
    assert.deepEqual(action?.inputs, { LOG: 'debug', KEY: 'own' })
    assert.equal(action?.limits.memorySize, 512)
  })

  it('fills in the variables that inputs name, and nothing for those that are not set', () => {
    const inputs = '{ a: $A, b: "${ B }/x", c: { d: [$A, 1, "$NONE"] }, e: 5 }'
    const [action] = read(
      `packages: { p: { actions: { a: { function: a.js, inputs: ${inputs} } } } }`,
      { A: 'one', B: 'two' },
    )
    assert.deepEqual(action?.inputs, { a: 'one', b: 'two/x', c: { d: ['one', 1, ''] }, e: 5 })
  })

  for (const [text, web] of [
    ['yes', 'yes'],
    ['true', 'yes'],
    ["'true'", 'yes'],
    ['no', 'no'],
    ['false', 'no'],
    ["'false'", 'no'],
    ['raw', 'raw'],
  ]) {
    it(`reads web: ${text} as ${web}`, () => {
      assert.equal(withAction(`{ function: a.js, web: ${text} }`)[0]?.web, web)
    })
  }

  const a = 'packages.p.actions.a'
  const mistakes: [text: string, message: string][] = [
    [
      '{ web: yes }',
      `${a}.function is missing; it must be the path of the action, relative to the manifest.`,
    ],
    ['5', `${a} must be an object with a function, but it is 5.`],
    ['{ function: a, web: maybe }', `${a}.web must be yes, no or raw, but it is "maybe".`],
    ['{ function: a, inputs: [] }', `${a}.inputs must be an object, but it is an empty array.`],
    ['{ function: a, annotations: x }', `${a}.annotations must be an object, but it is "x".`],
    [
      '{ function: a, limits: 5 }',
      `${a}.limits must be an object with timeout, memorySize and concurrency, but it is 5.`,
    ],
    [
      '{ function: a, limits: { timeout: 99 } }',
      `${a}.limits.timeout ${limit('milliseconds from 100 to 10800000', '99')}`,
    ],
    [
      '{ function: a, limits: { timeout: 1m } }',
      `${a}.limits.timeout ${limit('milliseconds from 100 to 10800000', '"1m"')}`,
    ],
    [
      '{ function: a, limits: { memorySize: 64 } }',
      `${a}.limits.memorySize ${limit('megabytes from 128 to 4096', '64')}`,
    ],
    [
      '{ function: a, limits: { concurrency: 1.5 } }',
      `${a}.limits.concurrency ${limit('activations a process from 1 to 500', '1.5')}`,
    ],
  ]
  for (const [text, message] of mistakes) {
    it(`explains what is wrong with an action ${text}`, () => {
      assert.throws(() => withAction(text), { message: `manifest.yml:1: ${message}` })
    })
  }

  const files: [text: string, message: string][] = [
    ['', 'manifest.yml: The file must be a manifest with packages, but it is null.'],
    [
      'application: {}',
      'manifest.yml: packages is missing; it must be an object of packages by name.',
    ],
    [
      'packages: { p: }',
      'manifest.yml:1: packages.p must be an object with actions, but it is null.',
    ],
    [
      'packages: { p: {} }',
      'manifest.yml:1: packages.p.actions is missing; it must be an object of actions by name.',
    ],
    [
      'packages:\n  p: &shared\n    actions:\n      a: { web: yes }\n  q: *shared',
      'manifest.yml:4: packages.p.actions.a.function is missing; it must be the path of the action, relative to the manifest.',
    ],
    [
      'packages: [',
      'manifest.yml is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 12.',
    ],
  ]
  for (const [text, message] of files) {
    it(`explains what is wrong with a file "${text}"`, () => {
      assert.throws(() => read(text), { message })
    })
  }

  it('has to be there', () => {
    assert.throws(() => readManifest(folder.pathTo('none.yml')), {
      message: /no such file.*none\.yml/,
    })
  })
})

function limit(range: string, value: string): string {
  return `must be a whole number of ${range}, but it is ${value}.`
}
