import { type Change, eventOfEnd } from '../tasks/change.ts'
import type { Job } from '../tasks/records.ts'
import type { TaskLife } from '../tasks/task-life.ts'
import type { TaskStore } from '../tasks/task-store.ts'
import type { Shapes } from './shapes.ts'
import type { Waiting } from './waiting.ts'

/**
 * Tells a client how a job is, and then what becomes of it and of its tasks, until it has ended or the signal aborts. Each end is
 * told, and once.
 *
 * @throws {ServiceError} `stopping` when the service stops
 */
export async function tellOfJob(
  job: Job,
  options: {
    store: Pick<TaskStore, 'tasksOf' | 'jobBySequence'>
    life: Pick<TaskLife, 'listen'>
    shapes: Shapes
    waiting: Pick<Waiting, 'job'>
    send: (event: string, told: object) => Promise<void>
    signal: AbortSignal
  },
): Promise<void> {
  const { store, life, shapes, waiting, send, signal } = options
  /** The ids of those of whose end the client knows. */
  const known = new Set<string>()
  for (const each of [job, ...(await store.tasksOf(job))]) {
    if (each.endedAt !== null) known.add(each.id)
  }

  /** One after the other, in the order in which it happened. */
  let told: Promise<void> = Promise.resolve()
  function inOrder(work: () => Promise<void>): Promise<void> {
    told = told.then(work)
    // What goes wrong is thrown at the end.
    told.catch(() => undefined)
    return told
  }

  async function tell({ event, job: ofJob, task }: Change): Promise<void> {
    if (event === 'finished' || event === 'failed') {
      const id = ofJob?.id ?? task?.id ?? ''
      if (known.has(id)) return
      known.add(id)
    }
    if (ofJob !== undefined) await send(`job.${event}`, await shapes.job(ofJob))
    if (task !== undefined) await send(`task.${event}`, await shapes.task(task))
  }

  /** Tells the ends of which no word has come: those of other front ends may come late, or never. */
  async function tellEnds(): Promise<void> {
    for (const task of await store.tasksOf(job)) {
      if (task.endedAt !== null) await tell({ event: eventOfEnd(task), task })
    }
    const current = await store.jobBySequence(job.sequence)
    if (current !== undefined && current.endedAt !== null) {
      await tell({ event: eventOfEnd(current), job: current })
    }
  }

  const stop = life.listen({
    wants: ({ of, sequence, job: ofTask }) => (of === 'job' ? sequence : ofTask) === job.sequence,
    hear(change) {
      const about = change.job?.sequence ?? change.task?.job
      if (about === job.sequence) void inOrder(() => tell(change))
    },
    missed: () => void inOrder(tellEnds),
  })
  try {
    const current = (await store.jobBySequence(job.sequence)) ?? job
    await inOrder(async () => send('job.updated', await shapes.job(current)))
    await waiting.job(job.id, signal)
    if (!signal.aborted) await inOrder(tellEnds)
  } finally {
    stop()
  }
}
