import { availableParallelism } from 'node:os'
import { RenditionError } from '../contract/errors.ts'
import { decodeToMemory, openDecoded, type RenditionFile, writeRendition } from './image.ts'
import type { Instructions } from './instructions.ts'
import { isDerivable, planRequest } from './plan.ts'
import { createQueue } from './queue.ts'
import { corruptSource, decodeSource, isDecodable, probeSource } from './source.ts'

/** One rendition to make: how, and the path of the file to write. */
export interface RenditionOrder {
  readonly instructions: Instructions
  readonly path: string
}

// libvips works in libuv's threads, of which there are four; one stays free for the files and host names of the rest
// of the program, or an upload would wait for the renditions that come after it.
const RENDITIONS_AT_ONCE = Math.min(availableParallelism(), 3)

/**
 * Starts to make all renditions of one source, beside each other and the first ones first. The source is decoded once
 * where that serves more than one of them.
 *
 * @param sourcePath - the image file; it has to stay there until every promise is settled
 * @returns at once, one promise an order: it resolves when the file is complete, or rejects with the
 *   {@link RenditionError} of this one rendition. Nobody has to wait for it, not even for its rejection.
 */
export function startRenditions(
  sourcePath: string,
  orders: readonly RenditionOrder[],
): readonly Promise<RenditionFile>[] {
  const opened = openRequest(sourcePath, orders)
  return orders.map((order, turn) => {
    const rendition = opened.then((make) => make(order, turn))
    // Node ends a process in which a promise rejects that nobody waits for.
    rendition.catch(() => undefined)
    return rendition
  })
}

/** @returns what makes each rendition of the request; all of them share a queue and, if there is one, the decoded base */
async function openRequest(
  sourcePath: string,
  orders: readonly RenditionOrder[],
): Promise<(order: RenditionOrder, turn: number) => Promise<RenditionFile>> {
  const source = await probeSource(sourcePath)
  const { renditions, base } = planRequest(
    source,
    orders.map(({ instructions }) => instructions),
  )
  const queue = createQueue(RENDITIONS_AT_ONCE)
  const decodedBase = base && queue.run(0, () => decodeToMemory(source, base))
  let decodable: Promise<boolean> | undefined

  return async ({ path }, turn) => {
    const planned = renditions[turn]
    if (planned === undefined) throw new RangeError(`the request has no rendition ${turn}`)
    if (!planned.ok) throw planned.error
    const { plan } = planned
    try {
      const derived = base !== undefined && isDerivable(plan, base)
      const decoded = derived ? await decodedBase : undefined
      const image = decoded ? openDecoded(decoded) : decodeSource(source)
      return await queue.run(turn, () => writeRendition(image, plan, path))
    } catch (error) {
      // libvips' messages tell neither a stranger what is wrong nor this code whose fault it is; the source itself does.
      decodable ??= isDecodable(source)
      if (!(await decodable)) throw corruptSource(source.format, { cause: error })
      throw new RenditionError(
        'GenericError',
        `The ${plan.format.title} rendition of ${plan.width} × ${plan.height} pixels could not be made or written, though its source is fine.`,
        { cause: error },
      )
    }
  }
}
