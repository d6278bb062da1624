import type { WorkSpan } from '../work/work-shapes.ts'
import type { TaskFacts } from './inspected-jobs.ts'
import type { TaskActivations } from './task-activations.ts'

/**
 * What a task spends its time with: waiting for the tasks that it needs, then in the queue until an action takes it up, and with
 * what its actions do; or with what the service itself brings in or out.
 */
export function spansOfTask(
  task: Pick<TaskFacts, 'id' | 'operation' | 'status' | 'createdAt' | 'startedAt' | 'endedAt'>,
  activations: Pick<TaskActivations, 'ended' | 'running'>,
): WorkSpan[] {
  const { id, operation, status, createdAt, startedAt, endedAt } = task
  const waited = span('wait', createdAt, startedAt ?? endedAt)
  if (startedAt === null) return [waited]
  if (/^(?:import|export)\//.test(operation)) return [waited, span('transfer', startedAt, endedAt)]
  const runs = [
    ...activations.ended(id).map(({ start, end }) => span('run', start, end)),
    ...activations.running(id).map(({ start }) => span('run', start, null)),
  ]
  const first = Math.min(...runs.map(({ start }) => start))
  if (runs.length > 0) return [waited, span('queue', startedAt, first), ...runs]
  // Of one that has ended nobody knows any more when its actions ran.
  return [waited, span(status === 'processing' ? 'queue' : 'run', startedAt, endedAt)]
}

function span(step: WorkSpan['step'], start: number, end: number | null): WorkSpan {
  return { step, start, ...(end !== null && { end }) }
}
