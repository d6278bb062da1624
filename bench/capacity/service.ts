import * as z from 'zod/mini'
import {
  linkOf,
  presign,
  readJournal,
  register,
  sendProcess,
  signIn,
  trust,
  upload,
} from '../../test/e2e/api-client.ts'
import { startServiceProcess } from '../../test/e2e/service-process.ts'
import { processorTimeOfFamily } from '../../test/support/processor-time.ts'
import { stopService } from '../jobs/stop-service.ts'
import type { Kind } from './kinds.ts'

/** A service with an asset of each kind, whose renditions can be asked for again and again. */
export interface MeasuredService {
  /** Asks for all renditions of an asset; resolves with what tells its events. */
  ask: (kind: Kind) => Promise<string>
  /**
   * Waits for the events of all renditions that have been asked for since the last time.
   *
   * @returns when the last rendition of each asset was ready, in milliseconds of the epoch, by what {@link ask} has given
   * @throws {Error} when there is none of one
   */
  collect: () => Promise<ReadonlyMap<string, number>>
  /** What the service and all that it has started have had of processors until now, in milliseconds. */
  processorTime: () => number
  stop: () => Promise<void>
}

const eventSchema = z.object({
  type: z.string(),
  date: z.string(),
  requestId: z.string(),
})
const answerSchema = z.object({ requestId: z.string() })

/** Starts one whose state is in a folder. */
export async function startMeasuredService(
  folder: string,
  kinds: readonly Kind[],
): Promise<MeasuredService> {
  const service = await startServiceProcess({ home: folder })
  const { origin } = service
  trust(folder)
  const headers = await signIn(origin, folder)
  const journal = await register(origin, headers)
  const bodies = new Map<Kind, object>()
  for (const kind of kinds) {
    const source = {
      url: await upload(origin, headers, kind.file, await kind.make(folder)),
      name: kind.file,
    }
    const renditions = []
    for (const [index, rendition] of kind.renditions.entries()) {
      const target = await presign(origin, headers, `made/${kind.name}${index}`, 'rw')
      renditions.push({ ...rendition, target })
    }
    bodies.set(kind, { source, renditions })
  }
  let wanted = 0
  let place = linkOf(await fetch(`${journal}?seek=-PT0S`, { headers }), 'next')

  return {
    async ask(kind) {
      wanted += kind.renditions.length
      const response = await sendProcess(origin, headers, bodies.get(kind))
      if (!response.ok) throw new Error(`/process answered ${response.status}.`)
      return answerSchema.parse(await response.json()).requestId
    },
    async collect() {
      const entries = await readJournal(place, headers, wanted)
      wanted = 0
      place = linkOf(await fetch(`${journal}?seek=-PT0S`, { headers }), 'next')
      const ready = new Map<string, number>()
      for (const { event } of entries) {
        const { type, date, requestId } = eventSchema.parse(event)
        if (type !== 'rendition_created') throw new Error(JSON.stringify(event))
        ready.set(requestId, Math.max(ready.get(requestId) ?? 0, Date.parse(date)))
      }
      return ready
    },
    processorTime: () => processorTimeOfFamily(service.child.pid ?? 0),
    stop: () => stopService(service),
  }
}
