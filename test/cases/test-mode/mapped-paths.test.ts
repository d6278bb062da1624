import assert from 'node:assert/strict'
import { mapPaths } from '../../../src/cases/test-mode/mapped-paths.ts'

const FOLDERS = { '/in': '/tmp/case/in', '/out': '/tmp/case/out' }

describe('the paths of a worker in test mode', () => {
  const RULES: [name: string, args: readonly unknown[], mapped: readonly unknown[]][] = [
    ['readFile', ['/in/file.jpg', 'utf8'], ['/tmp/case/in/file.jpg', 'utf8']],
    ['readdirSync', ['/in'], ['/tmp/case/in']],
    ['opendir', ['/in/'], ['/tmp/case/in/']],
    ['copyFile', ['/in/a\nb', '/out/b', 0], ['/tmp/case/in/a\nb', '/tmp/case/out/b', 0]],
    ['renameSync', ['a', '/out/b'], ['a', '/tmp/case/out/b']],
    ['writeFile', ['/out/a', '/in/is content'], ['/tmp/case/out/a', '/in/is content']],
    ['stat', ['/input/a'], ['/input/a']],
    ['stat', ['/tmp/in/a'], ['/tmp/in/a']],
    ['read', [5, '/in'], [5, '/in']],
    ['existsSync', [], []],
  ]
  for (const [name, args, mapped] of RULES) {
    it(`are those of its case: ${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`, () => {
      assert.deepEqual(mapPaths(name, args, FOLDERS), mapped)
    })
  }
})
