import { randomUUID } from 'node:crypto'
import { ServiceError } from '../../../base/errors.ts'
import type { DevtoolRequest, WantedRun } from '../api.ts'
import { isPending, type RequestHistory } from './request-history.ts'
import type { SendRun } from './request-sender.ts'

/** Has requests of the page ended that are under way; resolves when their renditions have their events. */
export type CancelRequests = (requestIds: readonly string[]) => Promise<void>

/** What is asked for at once, as a whole. */
export interface Runs {
  /**
   * See {@link SendRun}; resolves with the requests that were sent, which are fewer when the run is stopped meanwhile.
   *
   * @throws {ServiceError} 409 when there is a run of this id
   */
  start: (wanted: WantedRun) => Promise<DevtoolRequest[]>
  /**
   * Sends nothing more of a run, and ends what of it has not ended, with the activations that make it.
   *
   * @throws {ServiceError} 404 when there is none of this id
   */
  stop: (id: string) => Promise<void>
  /** The same, and forgets it. What was made stays in the storage as long as that keeps what is old. */
  remove: (id: string) => Promise<void>
  /**
   * The requests of a run, in their order.
   *
   * @throws {ServiceError} 404 when there is none of this id
   */
  find: (id: string) => readonly [DevtoolRequest, ...DevtoolRequest[]]
}

/** Makes the {@link Runs} of the page. */
export function createRuns(options: {
  send: SendRun
  history: RequestHistory
  cancel: CancelRequests
}): Runs {
  const { history } = options
  /** Those that are being sent. */
  const sending = new Map<string, { stop: () => void; ended: Promise<unknown> }>()

  function find(id: string): readonly [DevtoolRequest, ...DevtoolRequest[]] {
    const [first, ...others] = history.run(id)
    if (first !== undefined) return [first, ...others]
    throw new ServiceError(
      'not_found',
      `There is no run ${JSON.stringify(id.slice(0, 60))} any more.`,
    )
  }

  async function stop(id: string): Promise<void> {
    const sent = sending.get(id)
    sent?.stop()
    await sent?.ended
    const underWay = history.run(id).filter(({ renditions }) => renditions.some(isPending))
    await options.cancel(underWay.map((request) => request.id))
  }

  return {
    async start({ run: id = randomUUID(), ...wanted }) {
      if (sending.has(id) || history.run(id).length > 0) {
        throw new ServiceError(
          'conflict',
          `There is a run ${id} already; each needs an id of its own.`,
        )
      }
      const stopping = new AbortController()
      const sent = options.send({ ...wanted, id }, stopping.signal)
      const ended = sent
        .catch(() => undefined)
        .finally(() => {
          sending.delete(id)
          history.endSending(id)
        })
      sending.set(id, { stop: () => stopping.abort(), ended })
      await ended
      // What was refused is told when the others are noted.
      await sent
      return history.run(id)
    },
    async stop(id) {
      if (!sending.has(id)) find(id)
      await stop(id)
    },
    async remove(id) {
      if (!sending.has(id)) find(id)
      await stop(id)
      history.removeRun(id)
    },
    find,
  }
}
