import assert from 'node:assert/strict'
import { outputNames, uniqueNames } from '../../../src/doors/jobs/operations/output-names.ts'
import { pagesOf } from '../../../src/doors/jobs/operations/task-options.ts'
import { TaskError } from '../../../src/doors/jobs/tasks/task-error.ts'

describe('the names of files that are made', () => {
  const NAMES: [source: string, filename: string | undefined, count: number, names: string[]][] = [
    ['a.jpg', undefined, 1, ['a.png']],
    ['a.b.jpg', undefined, 1, ['a.b.png']],
    ['noext', undefined, 1, ['noext.png']],
    ['a.pdf', undefined, 2, ['a-1.png', 'a-2.png']],
    ['a.pdf', 'x.png', 1, ['x.png']],
    ['a.pdf', 'x.png', 2, ['x-1.png', 'x-2.png']],
    ['a.pdf', 'x-%d.png', 2, ['x-1.png', 'x-2.png']],
    ['a.pdf', 'x-%03d.png', 2, ['x-001.png', 'x-002.png']],
    ['a.pdf', 'x-%d.png', 1, ['x-1.png']],
    ['a.pdf', '../../etc/x.png', 1, ['x.png']],
    ['a.pdf', 'C:\\x.png', 1, ['x.png']],
    ['日本.pdf', undefined, 1, ['日本.png']],
  ]
  for (const [filename, wanted, count, names] of NAMES) {
    it(`are ${names.join(' and ')} for ${filename} when ${wanted ?? 'nothing'} is wanted`, () => {
      const options = { filename: wanted, extension: 'png', count }
      assert.deepEqual(outputNames({ filename }, options), names)
    })
  }

  for (const filename of ['..', '/', '\u0000', ' ']) {
    it(`cannot be ${JSON.stringify(filename)}`, () => {
      const options = { filename, extension: 'png', count: 1 }
      assert.throws(
        () => outputNames({ filename: 'a.jpg' }, options),
        (error) => error instanceof TaskError && error.code === 'INVALID_FILENAME',
      )
    })
  }

  it('are told apart by numbers where they would be equal', () => {
    const files = ['a.jpg', 'a.jpg', 'a-1.jpg', 'b'].map((filename) => ({ filename }))
    assert.deepEqual(uniqueNames(files), ['a.jpg', 'a-1.jpg', 'a-1-1.jpg', 'b'])
  })
})

describe('a range of pages', () => {
  const RANGES: [range: string | undefined, pages: number[]][] = [
    [undefined, [1, 2, 3, 4, 5]],
    ['2', [2]],
    ['1-3', [1, 2, 3]],
    ['4-', [4, 5]],
    ['1, 3-4 ,1', [1, 3, 4]],
    ['5,1', [5, 1]],
    ['3-2', []],
    ['6-9', []],
    ['4-999999999', [4, 5]],
  ]
  for (const [range, pages] of RANGES) {
    it(`of ${range ?? 'nothing'} is ${pages.join(', ') || 'empty'} among five`, () => {
      assert.deepEqual(pagesOf(range, 5), pages)
    })
  }
})
