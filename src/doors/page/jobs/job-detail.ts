import * as z from 'zod/mini'
import type { JobDetail, JobTask } from '../api.ts'
import { shownAs } from '../shown-as.ts'
import type { WorkState } from '../work/work-shapes.ts'
import type { InspectedJobs, TaskFacts } from './inspected-jobs.ts'
import type { TaskActivations } from './task-activations.ts'
import { spansOfTask } from './task-spans.ts'

const shape = z.looseObject({ id: z.string() })

/** All that is known of a job; undefined when there is none of this id. */
export async function readJobDetail(
  id: string,
  { jobs, activations }: { jobs: InspectedJobs; activations: TaskActivations },
): Promise<JobDetail | undefined> {
  const found = await jobs.job(id)
  if (found === undefined) return undefined
  return {
    job: shape.parse(found.job),
    retries: found.retries.map((retry) => shape.parse(retry)),
    tasks: found.tasks.map((task) => describeTask(task, activations)),
    deliveries: found.deliveries.map(({ nextAt, outcome, ...others }) => ({
      ...others,
      nextAt: nextAt ?? undefined,
      outcome: outcome ?? undefined,
    })),
  }
}

const STATES = {
  waiting: 'waiting',
  processing: 'running',
  finished: 'done',
  error: 'failed',
} as const satisfies Record<TaskFacts['status'], WorkState>

function describeTask(task: TaskFacts, activations: TaskActivations): JobTask {
  const { id, name, status, createdAt, startedAt, endedAt, progress, options, files } = task
  return {
    id,
    name,
    state: STATES[status],
    spans: spansOfTask(task, activations),
    createdAt,
    startedAt: startedAt ?? undefined,
    endedAt: endedAt ?? undefined,
    progress,
    options,
    files: files.map(({ filename, contentType: type, size }) => ({
      name: filename,
      type,
      size,
      shownAs: shownAs(type),
    })),
    activations: activations.ended(id),
    running: [...activations.running(id)],
  }
}
