import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import * as z from 'zod/mini'
import type { Part } from '../base/part.ts'
import type { Extent, Rectangle } from '../engine/layers/composition.ts'
import type { LayerFile, ViewOrder } from '../engine/layers/view-order.ts'
import type { Precedence } from '../tasks/precedence.ts'
import { createProcesses, type ProcessesStatus } from './processes.ts'
import type { CountPages, Renderer, RenderJob } from './render-job.ts'
import { type RenderResult, type RenderWork, renderResultSchema } from './render-work.ts'

/** How long the process that reads metadata is kept without a file to read, in milliseconds: it holds 300 MB. */
const XMP_IDLE_MS = 30_000

/**
 * Has the C library of Linux (mallopt(3)) keep the memory of a picture for the next one, where it would give it back and fetch it
 * anew: that, and the first touch of each page of it, is a fifth of the time of a photo. Others know nothing of these variables.
 */
const KEEP_MEMORY = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(64 * 1024 * 1024),
}

/** What the processes are started with. */
export interface RenderProcessesOptions {
  /** Where they put what has to be a file on the way; it is made anew. */
  readonly folder: string
  /** The most pixels of a source, and of any picture on the way. */
  readonly maxPixels: number
  readonly environment: Readonly<Record<string, string | undefined>>
  /** How many pictures are made at a time; as many as there are cores unless given. */
  readonly processes?: number
  /** Who goes before whom, with the work of others counted in. */
  readonly precedence?: Precedence
}

/** What the processes do. */
export interface RenderProcesses extends Renderer, Part {
  /** Reads the metadata of a file as XMP; throws as `render` does. */
  readonly readXmp: (file: LayerFile, signal: AbortSignal) => Promise<string>
  readonly countPages: CountPages
  /** Starts a process for pictures, so that the first of them needs not wait for that. */
  readonly warm: () => void
  /** What the processes for pictures do at this moment, and the one for metadata. */
  readonly status: () => Readonly<Record<'pictures' | 'metadata', ProcessesStatus>>
  /** Finds what of a picture draws attention, in these shapes, in parts of the picture; throws as `render` does. */
  readonly findAttention: (
    file: LayerFile,
    shapes: readonly Extent[],
    signal: AbortSignal,
  ) => Promise<readonly Rectangle[]>
}

/** Makes pictures in {@link createProcesses processes of their own}, and reads metadata in another. */
export function createRenderProcesses(options: RenderProcessesOptions): RenderProcesses {
  const { folder, maxPixels, environment, processes = availableParallelism() } = options
  const shared = options.precedence && { precedence: options.precedence }
  const pictures = createProcesses<RenderWork, RenderResult>({
    task: 'draw',
    module: new URL('./render-process.ts', import.meta.url),
    result: renderResultSchema,
    // What they hold of JavaScript is little and short-lived, and V8 would let it grow to some 40 MB in each.
    flags: ['--max-semi-space-size=2'],
    folder: path.join(folder, 'pictures'),
    environment: { ...KEEP_MEMORY, ...environment },
    processes,
    ...shared,
  })
  const xmp = createProcesses<LayerFile, string>({
    task: 'metadata',
    module: new URL('./xmp-process.ts', import.meta.url),
    result: z.string(),
    // A file is read before V8 has made its Perl faster, which takes three times as long as reading it.
    flags: ['--liftoff-only'],
    folder: path.join(folder, 'xmp'),
    environment,
    processes: 1,
    idleMs: XMP_IDLE_MS,
    ...shared,
  })

  async function orderOf(
    { xmpOf, to: _, client: __, ...order }: RenderJob,
    signal: AbortSignal,
  ): Promise<ViewOrder> {
    const { encoding, files } = order
    const file = encoding === undefined || xmpOf === undefined ? undefined : files[xmpOf]
    if (encoding === undefined || file === undefined) return order
    return { ...order, encoding: { ...encoding, xmp: await readXmp(file, signal) } }
  }

  const readXmp = async (file: LayerFile, signal: AbortSignal): Promise<string> =>
    (await xmp.perform(file, signal)).result

  return {
    readXmp,
    warm: pictures.warm,
    async render(job, signal) {
      const order = await orderOf(job, signal)
      const work = { kind: 'view', maxPixels, order, to: job.to } as const
      const { result, bytes } = await pictures.perform(work, signal, job.client)
      if (result.kind !== 'view') throw new TypeError(`the process answers with ${result.kind}`)
      return { bytes, composite: result.composite, view: result.view }
    },
    async countPages(file, signal) {
      const { result } = await pictures.perform({ kind: 'pages', maxPixels, file }, signal)
      if (result.kind !== 'pages') throw new TypeError(`the process answers with ${result.kind}`)
      return result.pages
    },
    async findAttention(file, shapes, signal) {
      const work = { kind: 'attention', maxPixels, file, shapes } as const
      const { result } = await pictures.perform(work, signal)
      if (result.kind !== 'attention')
        throw new TypeError(`the process answers with ${result.kind}`)
      return result.parts
    },
    status: () => ({ pictures: pictures.status(), metadata: xmp.status() }),
    async close() {
      await Promise.all([pictures.close(), xmp.close()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
