import { STATE_OF_STATUS } from '../../../page/jobs/job-work.ts'
import type { Job, KnownTask, Task } from '../../../page/jobs/job.ts'
import type { JobTask } from '../../../src/doors/page/api.ts'

/** A task that waits, unless said otherwise. */
export function task(id: string, more: Partial<Task> = {}): Task {
  return {
    id,
    job_id: 'job',
    name: id,
    operation: 'convert',
    status: 'waiting',
    credits: 0,
    code: null,
    message: null,
    percent: 100,
    result: null,
    created_at: '2026-01-01T00:00:00+00:00',
    started_at: null,
    ended_at: null,
    retry_of_task_id: null,
    copy_of_task_id: null,
    user_id: 1,
    priority: 0,
    host_name: null,
    storage: null,
    depends_on_task_ids: [],
    links: { self: '' },
    ...more,
  }
}

/** A job that waits, unless said otherwise. */
export function job(id: string, more: Partial<Job> = {}): Job {
  return {
    id,
    tag: null,
    status: 'waiting',
    created_at: '2026-01-01T00:00:00+00:00',
    started_at: null,
    ended_at: null,
    tasks: [],
    links: { self: '' },
    ...more,
  }
}

/** A task with all that is known of it. */
export function known(each: Task, facts: Partial<JobTask> = {}): KnownTask {
  return {
    task: each,
    facts: {
      id: each.id,
      name: each.id,
      state: STATE_OF_STATUS[each.status],
      spans: [],
      createdAt: 0,
      options: {},
      files: [],
      activations: [],
      running: [],
      ...facts,
    },
  }
}
