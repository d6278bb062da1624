import assert from 'node:assert/strict'
import type { KnownTask, Task } from '../../../page/jobs/job.ts'
import { storyOfTask } from '../../../page/jobs/task-story.ts'
import type { JobTask } from '../../../src/doors/page/api.ts'
import { known, task } from './known.ts'

const FILE = { name: 'a.jpg', type: 'image/jpeg', size: 1985, shownAs: 'picture' } as const

function told(operation: string, more: Partial<Task>, facts: Partial<JobTask> = {}): KnownTask {
  return known(task('t', { operation, ...more }), { startedAt: 0, endedAt: 340, ...facts })
}

const STORIES: readonly [of: KnownTask, story: string | undefined][] = [
  [told('convert', { status: 'finished' }), undefined],
  [
    told('import/upload', { status: 'waiting' }),
    'The service waits for its client to upload the file.',
  ],
  [
    told('import/upload', { status: 'finished' }, { startedAt: undefined, files: [FILE] }),
    'The client uploaded a.jpg (1,985 bytes); the service has stored it.',
  ],
  [
    told(
      'import/url',
      { status: 'finished' },
      { files: [FILE], options: { url: 'https://x.test/a.jpg' } },
    ),
    'The service got a.jpg (1,985 bytes) from https://x.test/a.jpg in 340 ms.',
  ],
  [
    told('import/s3', { status: 'processing' }, { options: { bucket: 'b', key: 'k.jpg' } }),
    'The service gets it from s3: b k.jpg.',
  ],
  [
    told('export/sftp', { status: 'error' }, { options: { host: 'h.test' } }),
    'The service tried sftp: h.test and gave up after 340 ms.',
  ],
  [
    told('export/url', { status: 'finished' }, { files: [FILE, FILE] }),
    'The service has made URLs for 2 files (3,970 bytes), which are good for a day; nothing was copied.',
  ],
  [
    told('export/url', { status: 'waiting' }, { startedAt: undefined }),
    'The service has not begun: it waits for the tasks that this one needs.',
  ],
  [
    told('export/url', { status: 'error', code: 'INPUT_TASK_FAILED' }, { startedAt: undefined }),
    'The service has not begun: a task that this one needs has failed.',
  ],
]

describe('What the service itself did for a task', () => {
  for (const [of, story] of STORIES) {
    const { operation, status } = of.task
    it(`is said of ${operation} that is ${status}: ${story ?? 'nothing'}`, () => {
      assert.equal(storyOfTask(of, 340), story)
    })
  }
})
