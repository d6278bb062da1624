import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findSuites } from '../../../src/cli/test-worker/find-suites.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const ACTIONS = ['tint', 'blur', 'empty']

describe('the test cases that are asked for', () => {
  const folder = useTemporaryFolder()
  const PARTS = ['test/asset-compute', 'src/ext/test/asset-compute']

  before(() => {
    const cases = [
      'test/asset-compute/tint/a',
      'test/asset-compute/tint/b',
      'src/ext/test/asset-compute/blur/a',
    ]
    for (const name of cases) {
      mkdirSync(folder.pathTo(name), { recursive: true })
      writeFileSync(path.join(folder.pathTo(name), 'file.txt'), '')
    }
    mkdirSync(folder.pathTo('test/asset-compute/empty'))
    mkdirSync(folder.pathTo('hollow/empty'), { recursive: true })
    mkdirSync(folder.pathTo('strange/other/a'), { recursive: true })
  })

  function find(
    options: { action?: string; testCase?: string } = {},
    parts: readonly string[] = PARTS,
  ) {
    const { action, testCase } = options
    const project = {
      caseFolders: parts.map((part) => folder.pathTo(part)),
      fullName(name: string) {
        if (!ACTIONS.includes(name)) throw new Error(`Action not found in manifest: ${name}`)
        return `package/${name}`
      },
    }
    return findSuites(project, { action, testCase }).map((suite) => [
      path.relative(folder.pathTo('.'), suite.folder),
      ...suite.cases.map(({ name }) => name),
    ])
  }

  it('are those of every part of the project', () => {
    assert.deepEqual(find(), [
      ['test/asset-compute/tint', 'tint/a', 'tint/b'],
      ['src/ext/test/asset-compute/blur', 'blur/a'],
    ])
  })

  it('are those of an action', () => {
    assert.deepEqual(find({ action: 'blur' }), [['src/ext/test/asset-compute/blur', 'blur/a']])
  })

  it('are those whose names a pattern matches, or does not match', () => {
    assert.deepEqual(find({ testCase: 'b*' }), [['test/asset-compute/tint', 'tint/b']])
    assert.deepEqual(find({ testCase: '!a' }), [['test/asset-compute/tint', 'tint/b']])
  })

  const NONE: [
    what: string,
    options: Parameters<typeof find>[0],
    parts: readonly string[],
    message: RegExp,
  ][] = [
    [
      'a project without any',
      {},
      ['none', 'nor'],
      /^No worker tests found in '.*\/none\/\*', '.*\/nor\/\*'$/,
    ],
    ['folders without any', {}, ['hollow'], /^No test cases found in '.*\/hollow\/empty'$/],
    [
      'an action without any',
      { action: 'empty' },
      PARTS,
      /^No test cases found in '.*\/test\/asset-compute\/empty'$/,
    ],
    [
      'an action that has no folder of them',
      { action: 'no' },
      ['none'],
      /^No tests found for action no, missing directory: .*\/none\/no$/,
    ],
    ['a pattern that matches none', { testCase: 'c*' }, PARTS, /^No test case is called c\*$/],
    [
      'a pattern that matches none of an action',
      { action: 'blur', testCase: 'b' },
      PARTS,
      /^No test case of action blur is called b$/,
    ],
    ['an action that does not exist', {}, ['strange'], /^Action not found in manifest: other$/],
  ]
  for (const [what, options, parts, message] of NONE) {
    it(`are a mistake for ${what}`, () => {
      assert.throws(() => find(options, parts), { message })
    })
  }
})
