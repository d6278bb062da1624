import assert from 'node:assert/strict'
import { readCall } from '../../src/cli/called-by.ts'

/** What npm tells the scripts of a package, called in a folder of it. */
const NPM = { INIT_CWD: '/work/project/photos', npm_package_json: '/work/project/package.json' }

describe('where a command was called', () => {
  const CALLS: [
    what: string,
    args: string[],
    environment: NodeJS.ProcessEnv,
    folder: string,
    expected: { folder: string; project: string | undefined; args: string[] },
  ][] = [
    [
      'is the current folder, which says of itself what project it is in',
      ['a.jpg'],
      {},
      '/work/project/photos',
      { folder: '/work/project/photos', project: undefined, args: ['a.jpg'] },
    ],
    [
      'is where npm was called, and the project is where npm runs its scripts',
      ['a.jpg'],
      NPM,
      '/work/project',
      { folder: '/work/project/photos', project: '/work/project', args: ['a.jpg'] },
    ],
    [
      'is not where npm was called for a script that calls it elsewhere, such as tests',
      [],
      NPM,
      '/tmp/other',
      { folder: '/tmp/other', project: undefined, args: [] },
    ],
    [
      'does not change with --project, which is relative to it',
      ['a.jpg', '--project', '../other', '--json'],
      NPM,
      '/work/project',
      { folder: '/work/project/photos', project: '/work/project/other', args: ['a.jpg', '--json'] },
    ],
    [
      'does not change with --project=DIR',
      ['--project=/srv/one', '--open'],
      {},
      '/work',
      { folder: '/work', project: '/srv/one', args: ['--open'] },
    ],
    [
      'is told without what comes after --, which are no options',
      ['--', '--project', 'a.jpg'],
      {},
      '/work',
      { folder: '/work', project: undefined, args: ['--', '--project', 'a.jpg'] },
    ],
  ]
  for (const [what, args, environment, folder, expected] of CALLS) {
    it(what, () => assert.deepEqual(readCall(args, environment, folder), expected))
  }

  for (const args of [['--project'], ['--project='], ['--project', '']]) {
    it(`is refused with ${JSON.stringify(args)}`, () => {
      assert.throws(() => readCall(args, {}, '/work'), {
        name: 'UsageError',
        message: '--project takes a folder: that of a project.',
      })
    })
  }
})
