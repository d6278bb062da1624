import { statfs } from 'node:fs/promises'
import type { Database } from '../database/database.ts'
import type { JobsOfKind } from '../doors/scene7/ips/jobs/job-store.ts'
import type { RenderProcesses } from '../image-pool/render-processes.ts'
import type { Check } from '../monitoring/health.ts'
import type { Reading, State } from '../monitoring/metrics.ts'
import type { Orders } from '../orders/orders.ts'
import { memoryOfFamily } from '../programs/process-family.ts'
import type { Runtime } from '../runtime/run/runtime.ts'
import type { ObjectStore } from '../storage/object-store.ts'

/** How large a disk is, and what of it is free for whoever is not root; in bytes. */
export interface Disk {
  readonly size: number
  readonly free: number
}

/** Looks at the disk that a folder is on. */
export async function readDisk(folder: string): Promise<Disk> {
  const { blocks, bavail, bsize } = await statfs(folder)
  return { size: blocks * bsize, free: bavail * bsize }
}

/** What of a service is watched. */
export interface Watched {
  /** Looks at the disk of the state folder. */
  readonly disk: () => Promise<Disk>
  readonly database: Pick<Database<never>, 'tryWriting'>
  /** Aborts when the service stops. */
  readonly stopping: AbortSignal
  readonly orders: Pick<Orders, 'backlog' | 'waiting'>
  /** The doors whose work is ordered. */
  readonly doors: readonly string[]
  readonly runtime: Pick<Runtime, 'broken' | 'status' | 'underWay' | 'warm'>
  readonly objects: Pick<ObjectStore, 'size'>
  /** Of a service that has Image Serving. */
  readonly images: Pick<RenderProcesses, 'status'> | undefined
  readonly countJobs: (() => Promise<readonly JobsOfKind[]>) | undefined
  /** When the certificate that is shown is not good any more, in milliseconds since 1970. */
  readonly certificateEnd: () => number
  readonly now: () => number
}

/** So much has to be free on the disk, in bytes: databases, parts of uploads and what actions write on the way need it. */
const LEAST_FREE_BYTES = 512 * 1024 * 1024

/** How long orders may wait while nothing runs at all, in milliseconds; what was under way at a kill is tried again within ten seconds. */
const LONGEST_STANDSTILL_MS = 60_000

/**
 * What a service cannot do without.
 *
 * @param elapsed - a clock that nobody sets, in milliseconds; that of the process unless given
 */
export function checksOf(
  { disk, database, stopping, orders, runtime, certificateEnd, now }: Watched,
  elapsed: () => number = () => performance.now(),
): readonly Check[] {
  let stillSince: number | undefined

  return [
    {
      code: 'stopping',
      message: 'The service is stopping and takes nothing new.',
      isGood: () => !stopping.aborted,
    },
    {
      code: 'disk_nearly_full',
      message: 'The disk of the service is nearly full.',
      isGood: async () => (await disk()).free >= LEAST_FREE_BYTES,
    },
    {
      code: 'database_not_writable',
      message:
        'The database of the service cannot be written: it does not answer, or its disk is full, read-only or broken.',
      async isGood() {
        // It is closed in the end, which is no trouble of its own.
        if (!stopping.aborted) await database.tryWriting()
        return true
      },
    },
    {
      code: 'actions_not_starting',
      message: 'An action of the service cannot be started or loaded.',
      isGood() {
        const broken = runtime.broken()
        // Nobody else may try again while nothing is sent here.
        for (const name of broken) runtime.warm(name)
        return broken.length === 0
      },
    },
    {
      code: 'standstill',
      message: 'Accepted work waits, and nothing of it is begun.',
      async isGood() {
        const backlog = await orders.backlog()
        const hasWaited = backlog.some(
          (each) => !each.isElsewhere && now() - each.oldest >= LONGEST_STANDSTILL_MS,
        )
        const isStill = hasWaited && runtime.underWay() === 0
        stillSince = isStill ? (stillSince ?? elapsed()) : undefined
        return stillSince === undefined || elapsed() - stillSince < LONGEST_STANDSTILL_MS
      },
    },
    {
      code: 'certificate_expired',
      message: 'The certificate of the service has expired.',
      isGood: () => now() < certificateEnd(),
    },
  ]
}

/** What is told of a service besides what it has counted. */
export function statesOf(watched: Watched): readonly State[] {
  return [
    ...ordersOf(watched),
    ...processesOf(watched),
    ...disksOf(watched),
    {
      name: 'darkroom_activations_under_way',
      help: 'Activations that wait for a process or run.',
      read: () => [[[], watched.runtime.underWay()]],
    },
    {
      name: 'darkroom_ips_jobs',
      help: 'Jobs of IPS that are kept, such as exports; of those that are done, failed says that they came to no end of their own.',
      labels: ['kind', 'state'],
      async read() {
        const counts = (await watched.countJobs?.()) ?? []
        return counts.map(({ kind, state, count }) => [[kind, state], count])
      },
    },
    {
      name: 'darkroom_certificate_expiry_timestamp_seconds',
      help: 'When the certificate expires, in seconds since 1970.',
      read: () => [[[], watched.certificateEnd() / 1000]],
    },
  ]
}

function ordersOf({ orders, doors, images, now }: Watched): readonly State[] {
  const drawing = (): { waiting: number; longestMs: number }[] => {
    const status = images?.status()
    return status === undefined ? [] : [status.pictures]
  }
  return [
    {
      name: 'darkroom_queue_length',
      help: 'Accepted work that waits for its turn: orders, and pictures of Image Serving.',
      labels: ['door'],
      read: () => [
        ...doors.map((door): Reading => [[door], orders.waiting(door)]),
        ...drawing().map(({ waiting }): Reading => [['scene7'], waiting]),
      ],
    },
    {
      name: 'darkroom_orders_pending',
      help: 'Orders that have not ended, whether they wait or are under way, by where their worker is.',
      labels: ['door', 'worker'],
      read: async () =>
        (await orders.backlog()).map(({ door, isElsewhere, count }) => [
          [door, whereOf(isElsewhere)],
          count,
        ]),
    },
    {
      name: 'darkroom_orders_oldest_seconds',
      help: 'How long ago the oldest order was accepted that has not ended.',
      labels: ['door', 'worker'],
      read: async () =>
        (await orders.backlog()).map(({ door, isElsewhere, oldest }) => [
          [door, whereOf(isElsewhere)],
          Math.max(now() - oldest, 0) / 1000,
        ]),
    },
    {
      name: 'darkroom_pictures_oldest_seconds',
      help: 'For how long the first picture of Image Serving has waited for its turn.',
      read: () => drawing().map(({ longestMs }) => [[], longestMs / 1000]),
    },
  ]
}

function whereOf(isElsewhere: boolean): string {
  return isElsewhere ? 'elsewhere' : 'here'
}

function processesOf({ runtime, images }: Watched): readonly State[] {
  return [
    {
      name: 'darkroom_memory_bytes',
      help: 'The memory of processes, with all that they have started: the service itself, those of actions, those that make pictures and read metadata for Image Serving.',
      labels: ['processes'],
      async read() {
        const actions = (await runtime.status()).flatMap(({ processes }) => processes)
        const { pictures, metadata } = images?.status() ?? {}
        return [
          [['service'], process.memoryUsage.rss()],
          [['actions'], actions.reduce((sum, { memory = 0 }) => sum + memory, 0)],
          [['pictures'], memoryOf(pictures?.pids)],
          [['metadata'], memoryOf(metadata?.pids)],
        ]
      },
    },
  ]
}

function memoryOf(pids: readonly number[] = []): number {
  return pids.reduce((sum, pid) => sum + memoryOfFamily(pid), 0)
}

function disksOf({ disk, objects }: Watched): readonly State[] {
  return [
    {
      name: 'darkroom_objects_bytes',
      help: 'What the storage has.',
      read: () => [[[], objects.size()]],
    },
    {
      name: 'darkroom_disk_free_bytes',
      help: 'What is free on the disk of the state folder.',
      read: async () => [[[], (await disk()).free]],
    },
    {
      name: 'darkroom_disk_size_bytes',
      help: 'How large that disk is.',
      read: async () => [[[], (await disk()).size]],
    },
  ]
}
