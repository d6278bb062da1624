import assert from 'node:assert/strict'
import { titleOfJob } from '../../../page/jobs/job-title.ts'
import type { Task } from '../../../page/jobs/job.ts'
import { job, task } from './known.ts'

const made = (...names: string[]): Partial<Task> => ({
  status: 'finished',
  result: { files: names.map((filename) => ({ filename, size: 1 })) },
})
const importOf = (id: string, ...names: string[]): Task =>
  task(id, { operation: 'import/upload', ...(names.length > 0 && made(...names)) })

const TITLES: readonly [
  title: string,
  tasks: readonly Task[],
  options?: Record<string, Record<string, string>>,
][] = [
  ['the-id', []],
  [
    'photo.heic → convert to webp → export/url',
    [
      importOf('a', 'photo.heic'),
      task('b', made('photo.webp')),
      task('c', { operation: 'export/url' }),
    ],
  ],
  ['import/upload → convert', [importOf('a'), task('b')]],
  ['import/upload → convert to pdf', [importOf('a'), task('b')], { b: { output_format: 'pdf' } }],
  ['b.pdf', [task('a', { operation: 'import/url' })], { a: { url: 'https://x.test/a/b.pdf' } }],
  ['given.pdf', [task('a', { operation: 'import/url' })], { a: { filename: 'given.pdf' } }],
  ['a.png +2 → convert', [importOf('a', 'a.png'), importOf('b'), importOf('c'), task('d')]],
  ['1.png +1', [importOf('a', '1.png', '2.png')]],
  ['convert', [task('a', made('1.png', '2.jpg'))]],
  ['convert', [task('a'), task('b')]],
  [
    'metadata → archive → optimize → … → export/url',
    ['metadata', 'archive', 'optimize', 'merge', 'watermark', 'export/url'].map((operation) =>
      task(operation, { operation }),
    ),
  ],
]

describe('The title of a job', () => {
  for (const [title, tasks, options = {}] of TITLES) {
    it(`is ${JSON.stringify(title)} of ${tasks.map(({ operation }) => operation).join(', ') || 'nothing'}`, () => {
      const given = new Map(Object.entries(options))
      assert.equal(titleOfJob(job('the-id', { tasks: [...tasks] }), given), title)
    })
  }
})
