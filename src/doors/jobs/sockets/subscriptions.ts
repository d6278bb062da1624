import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../../base/log.ts'
import { type Change, type ChangeListener, eventOfEnd } from '../tasks/change.ts'
import type { Job, Task } from '../tasks/records.ts'
import type { TaskStore } from '../tasks/task-store.ts'
import { type Channel, channelsOfJob, channelsOfTask } from './channels.ts'

/**
 * The end of a job is told so much later than the ends of its tasks, in milliseconds: the CLI of CloudConvert leaves when the
 * job has failed, and would not hear why.
 */
const JOB_DELAY_MS = 300

/** Whoever listens: is told an event on a channel. */
export type Listener = (event: string, channel: string, told: object) => void

/** Who listens to what; hears of changes, and tells whoever listens. */
export interface Subscriptions extends ChangeListener {
  /** Begins to tell of a channel, and tells what has come to its end before. */
  add: (name: string, channel: Channel, listener: Listener) => void
  remove: (name: string, listener: Listener) => void
  /** Tells nothing more. */
  close: () => void
}

interface Subscription {
  readonly channel: Channel & { readonly name: string }
  readonly listener: Listener
  /** The ids of jobs and tasks whose end is told; of channels of users, which have no past, none. */
  readonly ended: Set<string> | undefined
}

interface Message {
  readonly event: string
  readonly id: string
  readonly told: object
}

/**
 * Makes the subscriptions. The end of a job or task is told once to each of them, whether it came before or after.
 *
 * @param options.delay - resolves so many milliseconds later, for who has a clock of its own
 */
export function createSubscriptions(options: {
  store: TaskStore
  jobJson: (job: Job) => Promise<object>
  taskJson: (task: Task) => Promise<object>
  log: Pick<Log, 'error'>
  delay?: (ms: number) => Promise<unknown>
}): Subscriptions {
  const { store, jobJson, taskJson, log } = options
  const { delay = (ms) => sleep(ms, undefined, { ref: false }) } = options
  const byChannel = new Map<string, Map<Listener, Subscription>>()
  let closed = false

  const jobMessage = async (event: string, job: Job): Promise<Message> => ({
    event: `job.${event}`,
    id: job.id,
    told: { job: await jobJson(job) },
  })
  const taskMessage = async (event: string, task: Task): Promise<Message> => ({
    event: `task.${event}`,
    id: task.id,
    told: { task: await taskJson(task) },
  })

  /** What is to be told is read one after the other, so that it is told in the order in which it happened. */
  let read: Promise<void> = Promise.resolve()
  function inOrder(work: () => Promise<void>): void {
    read = read.then(work).catch((error: unknown) => {
      log.error(`Clients could not be told of a change: ${String(error)}`)
    })
  }

  /** Those that are to hear of an end and have not. */
  function claim(subscriptions: readonly Subscription[], { id }: Message): Subscription[] {
    const unaware = subscriptions.filter(({ ended }) => ended?.has(id) !== true)
    for (const { ended } of unaware) ended?.add(id)
    return unaware
  }

  function tell(subscriptions: readonly Subscription[], { event, told }: Message): void {
    for (const subscription of subscriptions) {
      const { channel, listener } = subscription
      // Whoever has left, or came back, hears what the new subscription is told.
      const isCurrent = byChannel.get(channel.name)?.get(listener) === subscription
      if (isCurrent && !closed) listener(event, channel.name, told)
    }
  }

  function tellEnd(subscriptions: readonly Subscription[], message: Message, isJob: boolean): void {
    const unaware = claim(subscriptions, message)
    if (unaware.length === 0) return
    if (isJob) void delay(JOB_DELAY_MS).then(() => tell(unaware, message))
    else tell(unaware, message)
  }

  /** Tells the ends that have come before, or of which no word has come. */
  async function replay(subscription: Subscription): Promise<void> {
    const { of, id } = subscription.channel
    const job = of === 'job' || of === 'tasks of a job' ? await store.job(id) : undefined
    const task = of === 'task' ? await store.task(id) : undefined
    const tasks = of === 'tasks of a job' && job !== undefined ? await store.tasksOf(job) : []
    const ended = [...(task ? [task] : []), ...tasks].filter((each) => each.endedAt !== null)
    // As they would have been told.
    ended.sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0) || a.sequence - b.sequence)
    for (const each of ended) {
      tellEnd([subscription], await taskMessage(eventOfEnd(each), each), false)
    }
    if (of === 'job' && job !== undefined && job.endedAt !== null) {
      tellEnd([subscription], await jobMessage(eventOfEnd(job), job), true)
    }
  }

  async function publish({ event, job, task }: Change): Promise<void> {
    const of = task?.job ?? null
    const jobOfTask = of === null ? undefined : await store.jobBySequence(of)
    const names = job ? channelsOfJob(job) : task ? channelsOfTask(task, jobOfTask) : []
    const subscriptions = names.flatMap((name) => [...(byChannel.get(name)?.values() ?? [])])
    if (subscriptions.length === 0) return
    const message = await (job ? jobMessage(event, job) : task && taskMessage(event, task))
    if (message === undefined) return
    const isEnd = event === 'finished' || event === 'failed'
    if (isEnd) tellEnd(subscriptions, message, job !== undefined)
    else tell(subscriptions, message)
  }

  return {
    add(name, channel, listener) {
      const listeners = byChannel.get(name) ?? new Map<Listener, Subscription>()
      if (closed || listeners.has(listener)) return
      const isOfUser = channel.of === 'jobs of a user' || channel.of === 'tasks of a user'
      const ended = isOfUser ? undefined : new Set<string>()
      const subscription = { channel: { ...channel, name }, listener, ended }
      byChannel.set(name, listeners.set(listener, subscription))
      inOrder(() => replay(subscription))
    },
    remove(name, listener) {
      const listeners = byChannel.get(name)
      listeners?.delete(listener)
      if (listeners?.size === 0) byChannel.delete(name)
    },
    wants(subject) {
      if (byChannel.size === 0) return false
      // The name of the channel has the id of the job, which is to be read.
      if (subject.job !== null) return true
      const names =
        subject.of === 'job' ? channelsOfJob(subject) : channelsOfTask(subject, undefined)
      return names.some((name) => byChannel.has(name))
    },
    hear(change) {
      // Most of the time nobody listens.
      if (byChannel.size > 0 && !closed) inOrder(() => publish(change))
    },
    missed() {
      for (const listeners of byChannel.values()) {
        for (const subscription of listeners.values()) inOrder(() => replay(subscription))
      }
    },
    close() {
      closed = true
      byChannel.clear()
    },
  }
}
