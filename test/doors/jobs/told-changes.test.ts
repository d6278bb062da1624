import assert from 'node:assert/strict'
import type { ServiceDatabase } from '../../../src/database/service-database.ts'
import { createWaiting } from '../../../src/doors/jobs/api/waiting.ts'
import { createSubscriptions } from '../../../src/doors/jobs/sockets/subscriptions.ts'
import type { Change, Subject } from '../../../src/doors/jobs/tasks/change.ts'
import type { Job, Task } from '../../../src/doors/jobs/tasks/records.ts'
import { createTaskLife, type TaskLife } from '../../../src/doors/jobs/tasks/task-life.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { jobJson, openJobs, taskJson } from './notifying-fixture.ts'

/** A life of tasks for each of two front ends on one database, whose connection for hearing may break. */
describe('What becomes of jobs and tasks at another front end', () => {
  const folder = useTemporaryFolder()
  let files = 0
  let jobs: ReturnType<typeof openJobs>
  let here: TaskLife
  let there: TaskLife
  let warnings: string[]
  let heardHere: Set<(what: string | undefined) => void>
  let isCut: boolean

  beforeEach(() => {
    jobs = openJobs(folder.pathTo(`${files++}.sqlite`), Date.now)
    warnings = []
    heardHere = new Set()
    isCut = false
    const cut: Pick<ServiceDatabase, 'hear'> = {
      hear(topic, listener) {
        heardHere.add(listener)
        return jobs.database.hear(topic, (what) => {
          if (!isCut) listener(what)
        })
      },
    }
    here = createLife('here', { ...jobs.database, ...cut })
    there = createLife('there', jobs.database)
  })
  afterEach(async () => {
    here.close()
    there.close()
    await jobs.database.close()
  })

  const createLife = (id: string, database: ServiceDatabase): TaskLife =>
    createTaskLife({
      database,
      frontEnds: { id },
      store: jobs.store,
      note: async () => undefined,
      log: { warn: (line) => void warnings.push(line) },
    })

  /** The connection is there again. */
  function missSomething(): void {
    isCut = false
    for (const listener of heardHere) listener(undefined)
  }

  async function addJob(count: number): Promise<{ job: Job; tasks: Task[] }> {
    const job = await jobs.addJob()
    const tasks: Task[] = []
    while (tasks.length < count) tasks.push(await jobs.addTask({ job }))
    return { job, tasks }
  }

  const finish = (task: Task | undefined) =>
    there.end(task ?? assert.fail('there is no such task'), { status: 'finished' })

  it('is heard by whoever wants to, in its order, and by nobody else', async () => {
    const { job, tasks } = await addJob(2)
    const wanted: Subject[] = []
    const heard: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    here.listen({ hear: () => assert.fail('it does not want to') })
    here.listen({ wants: () => false, hear: () => assert.fail('it does not want to') })
    here.listen({
      wants: (subject) => wanted.push(subject) > 0,
      hear(change: Change) {
        heard.push(`${change.event} ${change.job?.id ?? change.task?.id}`)
        if (change.job !== undefined) resolve()
      },
    })
    await finish(tasks[1])
    await finish(tasks[0])
    await promise
    assert.deepEqual(heard, [
      `finished ${tasks[1]?.id}`,
      `finished ${tasks[0]?.id}`,
      `finished ${job.id}`,
    ])
    assert.deepEqual(
      wanted.map(({ of, job: inJob, isEnd }) => [of, inJob, isEnd]),
      [
        ['task', job.sequence, true],
        ['task', job.sequence, true],
        ['job', null, true],
      ],
    )
  })

  it('is heard once where it happens', async () => {
    const { tasks } = await addJob(1)
    const heard: string[] = []
    there.listen({ wants: () => true, hear: ({ event, job }) => heard.push(`${event} ${!job}`) })
    await finish(tasks[0])
    assert.deepEqual(heard, ['finished true', 'finished false'])
  })

  it('is heard whole, however much happens at once', async () => {
    const { tasks } = await addJob(100)
    let heard = 0
    const { promise, resolve } = Promise.withResolvers<void>()
    here.listen({
      wants: () => true,
      hear: () => {
        heard += 1
        if (heard === tasks.length) resolve()
      },
    })
    await jobs.database.write((tables) =>
      there.note(
        tables,
        tasks.map((task) => ({ event: 'created', task })),
      ),
    )
    await promise
  })

  it('is looked for by who waits, when a word of it may be lost', async () => {
    const { job, tasks } = await addJob(1)
    const { signal } = new AbortController()
    const waiting = createWaiting({ store: jobs.store, life: here, stopping: signal })
    const waited = waiting.job(job.id, signal)
    isCut = true
    await finish(tasks[0])
    missSomething()
    await waited
  })

  it('is looked for by who waits for what is removed meanwhile', async () => {
    const { job } = await addJob(0)
    const { signal } = new AbortController()
    const waiting = createWaiting({ store: jobs.store, life: here, stopping: signal })
    const waited = waiting.job(job.id, signal)
    await jobs.database.write(async (tables) => {
      await there.note(tables, [{ event: 'updated', job }])
      await jobs.store.within(tables).removeJob(job)
    })
    await waited
  })

  it('is told to sockets, of a job and its tasks, each end once, when a word of it may be lost', async () => {
    const { job, tasks } = await addJob(2)
    const subscriptions = createSubscriptions({
      store: jobs.store,
      jobJson,
      taskJson,
      log: { error: assert.fail },
      delay: async () => undefined,
    })
    here.listen(subscriptions)
    const told: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const listener = (event: string): void => {
      told.push(event)
      if (told.length === 3) resolve()
    }
    for (const [name, of] of [
      ['a', 'tasks of a job'],
      ['b', 'job'],
    ] as const) {
      subscriptions.add(
        `private-job.${job.id}${name === 'a' ? '.tasks' : ''}`,
        { of, id: job.id },
        listener,
      )
    }
    await finish(tasks[0])
    isCut = true
    await finish(tasks[1])
    missSomething()
    missSomething()
    await promise
    assert.deepEqual(told.toSorted(), ['job.finished', 'task.finished', 'task.finished'])
  })

  it('may have been missed, when it is told in words that nobody knows', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    here.listen({ hear: () => assert.fail('nothing is known of it'), missed: resolve })
    await jobs.database.write((tables) =>
      jobs.database.tell(tables, 'jobs', 'newer {"something":"else"}'),
    )
    await promise
  })
})
