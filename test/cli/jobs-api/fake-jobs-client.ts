import { writeFileSync } from 'node:fs'
import type { JobAnswer } from '../../../src/client/jobs/job-answer.ts'
import type { JobsClient } from '../../../src/client/jobs/jobs-client.ts'

const CREATED: JobAnswer = {
  id: 'j',
  status: 'waiting',
  tasks: [{ id: '1', name: 'import', operation: 'import/upload', status: 'waiting' }],
}

/** A job that has finished, with these files to download. */
export function ended(...filenames: string[]): JobAnswer {
  const files = filenames.map((filename) => ({ filename, url: `https://a.test/${filename}` }))
  const task = { id: '3', name: 'export', operation: 'export/url', status: 'finished' } as const
  return { id: 'j', status: 'finished', tasks: [{ ...task, result: { files } }] }
}

/** A job whose conversion has failed. */
export const FAILED: JobAnswer = {
  id: 'j',
  status: 'error',
  tasks: [
    { id: '3', operation: 'export/url', status: 'error', code: 'INPUT_TASK_FAILED' },
    { id: '2', operation: 'convert', status: 'error', code: 'SOURCE_CORRUPT', message: 'Bad.' },
  ],
}

/** A service whose jobs end so; jobs that are deleted are in `removed`. */
export function fakeClient(
  overrides: Partial<JobsClient> = {},
): JobsClient & { removed: string[] } {
  const removed: string[] = []
  return {
    removed,
    create: async () => CREATED,
    upload: async () => undefined,
    follow: async () => ended('a.webp'),
    download: async (_exported, file) => {
      writeFileSync(file, 'new', { flag: 'w' })
      return 3
    },
    remove: async (id) => {
      removed.push(id)
    },
    ...overrides,
  }
}
