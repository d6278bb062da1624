import type { Log } from '../../../base/log.ts'
import type { MadeView } from '../../../engine/layers/view-order.ts'
import type { Renderer, RenderJob } from '../../../image-pool/render-job.ts'
import type { AnswerCache } from './answer-cache.ts'
import type { PlannedView } from './plan-view.ts'
import { createSingleFlight } from './single-flight.ts'

/** Makes pictures, each once for all who ask for it at the same time, and keeps them. */
export interface Pictures {
  /**
   * @param options.kept - `on` when one that was made before may be taken, `update` when this one takes its place, and `off` when
   *   none is kept
   * @throws {@link OperationError} see {@link Renderer.render}; the signal's reason when it aborts
   */
  readonly make: (
    view: PlannedView,
    options: { readonly kept: 'on' | 'off' | 'update'; readonly signal: AbortSignal },
  ) => Promise<Uint8Array>
  /**
   * Makes a picture into a file, of which nothing is kept elsewhere.
   *
   * @param options.mostPixels - a picture that would have more is not made, so that there is no file
   * @returns its size in pixels
   * @throws as `make` does, and what the system says of the file
   */
  readonly write: (
    view: PlannedView,
    options: { readonly file: string; readonly mostPixels: number; readonly signal: AbortSignal },
  ) => Promise<MadeView['view']>
  /** Learns the sizes of a picture without making it. */
  readonly measure: (job: RenderJob, signal: AbortSignal) => Promise<MadeView>
  /** How many bytes a picture has, if it was made before; 0 otherwise. */
  readonly lengthOf: (view: PlannedView) => Promise<number>
  /** Gives up all that is being made. */
  readonly stop: () => void
}

export function createPictures({
  renderer,
  cache,
  log,
}: {
  readonly renderer: Renderer
  readonly cache: AnswerCache
  readonly log: Pick<Log, 'warn'>
}): Pictures {
  const flights = createSingleFlight<Uint8Array>()

  async function render(job: RenderJob, signal: AbortSignal): Promise<Uint8Array> {
    const { bytes } = await renderer.render(job, signal)
    if (!bytes) throw new Error('a job with an encoding was answered without bytes')
    return bytes
  }

  async function renderAndKeep({ job, key }: PlannedView, signal: AbortSignal) {
    const bytes = await render(job, signal)
    // Whoever asks has his picture, whether or not there is room to keep it.
    await cache.put(key, bytes).catch((error: unknown) => {
      log.warn(`a picture could not be kept: ${String(error)}`)
    })
    return bytes
  }

  return {
    async make(view, { kept, signal }) {
      if (kept === 'off')
        return flights.share(`${view.key} anew`, signal, (each) => render(view.job, each))
      const before = kept === 'update' ? undefined : await cache.get(view.key)
      return before ?? flights.share(view.key, signal, (each) => renderAndKeep(view, each))
    },
    async write({ job }, { file, mostPixels, signal }) {
      // Somebody may wait for a picture of the same company, and nobody does for an export.
      const client = `exports of ${job.client}`
      const { view } = await renderer.render({ ...job, client, to: file, mostPixels }, signal)
      return view
    },
    measure: (job, signal) => renderer.render({ ...job, encoding: undefined }, signal),
    lengthOf: async ({ key }) => (await cache.get(key))?.length ?? 0,
    stop: () => flights.abort(new Error('The service is stopping.')),
  }
}
