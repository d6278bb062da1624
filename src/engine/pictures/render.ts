import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { Sharp } from 'sharp'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { createQueue, type Queue } from '../../tasks/queue.ts'
import { giveColours } from './colours.ts'
import { decodeSource, isDecodable, resize } from './decode-view.ts'
import type { Size } from './dimensions.ts'
import { type FoundMetadata, findMetadata } from './kept/find-metadata.ts'
import { cleanMetadata, sizeOfMetadata, tellUnkept, writeMetadata } from './kept/keep-metadata.ts'
import type { KeptMetadata } from './kept/kept-metadata.ts'
import { type LoadMark, readMark } from './mark-picture.ts'
import { markedFrames } from './marked-frames.ts'
import { openDecoded, toMemory } from './memory.ts'
import { writeOptimized } from './optimize.ts'
import type { EncoderSettings, PictureOptions } from './options.ts'
import { placeCuts } from './place-cuts.ts'
import { layMark, markUrl } from './placed-watermark.ts'
import { isDerivable, planRequest, type RenditionPlan } from './plan.ts'
import { probeSource } from './probe.ts'
import type { Source } from './source.ts'
import { writeWithin } from './within-size.ts'

/** A rendition that was made. */
export interface RenditionFile extends Size {
  readonly path: string
  readonly mediaType: string
  /** What could not be done though there is the file, a sentence each. */
  readonly remarks?: readonly string[]
}

const WHITE = { r: 255, g: 255, b: 255 }

/**
 * Makes one rendition of an image that has its size already, and writes it to `path`.
 *
 * @throws {@link OperationError} when its watermark is at fault, or whatever libvips says; then there is no file
 */
async function writeRendition(
  image: Sharp,
  plan: RenditionPlan,
  path: string,
  { loadMark, signal }: RenditionTools,
  says: SourceSays,
): Promise<RenditionFile> {
  const { format, resolution, background, watermark, width, height } = plan
  const { original, strip, keepMetadata } = plan
  const covered = background ?? (format.alpha ? undefined : WHITE)
  const opaque = plan.opaque || covered !== undefined
  const marked = markedFrames(watermark, plan)
  const picture = { width, height, marked, opaque, transparent: !plan.opaque, background: covered }
  const covering = await layMark(image, picture, watermark, { path, loadMark, signal })
  // What is taken as it is stored has its colours already.
  const finished = plan.exact ? covering : giveColours(covering, plan.colours)
  const kept = keepMetadata ? keptOf(plan, says) : undefined
  const encoder = kept === undefined ? plan.encoder : leaveRoom(plan.encoder, kept.encoded)
  try {
    const write = async (each = finished, settings = encoder): Promise<void> => {
      await format.write(each, path, settings, resolution)
      if (kept !== undefined) writeMetadata(path, plan.written, kept.encoded, plan)
    }
    const { targetSize: bytes } = encoder
    if (bytes !== undefined) {
      // The source as it is has its position in it.
      const within = { encoder, bytes, original: keepMetadata ? undefined : original }
      await writeWithin(finished, path, { ...within, levels: format.levels }, write)
    } else if (original) {
      const made = await writeOptimized(original, path, { ...encoder, strip, keepMetadata }, write)
      if (kept !== undefined && made === 'bare') {
        writeMetadata(path, plan.written, kept.bare, plan)
      }
    } else await write()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  const unkept = kept === undefined ? [] : tellUnkept(plan.written, format.title, kept.encoded)
  const remarks = [...plan.remarks, ...unkept]
  const made = { path, mediaType: format.mediaType, width, height }
  return remarks.length === 0 ? made : { ...made, remarks }
}

/** What a source says of its picture. */
interface SourceSays {
  readonly found: FoundMetadata
  readonly source: Source
}

/** What a rendition says of its picture: one that is encoded, or the source without what else it says, as it lies. */
function keptOf(
  { ownProfile, exact }: RenditionPlan,
  { found, source: { profile, orientation } }: SourceSays,
): { readonly encoded: KeptMetadata; readonly bare: KeptMetadata } {
  const isSrgb = !ownProfile && exact !== true
  return {
    encoded: cleanMetadata(found, { profile: ownProfile ? profile : undefined, isSrgb }),
    // It has its profile already.
    bare: cleanMetadata(found, { profile: undefined, isSrgb: profile === undefined, orientation }),
  }
}

/** Has an encoder leave room for metadata in the bytes that a file may have. */
function leaveRoom(encoder: EncoderSettings, metadata: KeptMetadata): EncoderSettings {
  const { jpegSize } = encoder
  if (jpegSize === undefined) return encoder
  return { ...encoder, jpegSize: Math.max(1, jpegSize - sizeOfMetadata(metadata)) }
}

/** What single renditions are made with. */
interface RenditionTools {
  readonly loadMark: LoadMark
  readonly signal: AbortSignal
}

/** One rendition to make: how, and the path of the file to write. */
export interface RenditionOrder {
  readonly options: PictureOptions
  readonly path: string
}

/** What the engine needs of whoever runs it. */
export interface RenderOptions {
  /** The most pixels that a source or a rendition may have. */
  readonly maxPixels: number
  /**
   * Gets the file that a watermark's URL names.
   *
   * @throws {@link OperationError} saying what of which URL could not be had
   */
  readonly loadWatermark: (url: string) => Promise<Buffer>
  /**
   * Begins no further rendition, and ends threads. libvips cannot be interrupted: what it is about to write is removed
   * when it has done so.
   */
  readonly signal: AbortSignal
}

// libvips works in libuv's threads, of which there are four; one stays free for the files and host names of the rest
// of the program, or an upload would wait for the renditions that come after it.
const RENDITIONS_AT_ONCE = Math.min(availableParallelism(), 3)

/** How many requests this process has begun. */
let begun = 0

/**
 * Starts to make all renditions of one source, beside each other and the first ones first. The source is decoded once
 * where that serves more than one of them.
 *
 * @param file - the image file; it has to stay there until every promise is settled
 * @returns at once, one promise an order: it resolves when the file is complete, or rejects with the
 *   {@link OperationError} of this one rendition. Nobody has to wait for it, not even for its rejection.
 */
export function startRenditions(
  file: IdentifiedSource,
  orders: readonly RenditionOrder[],
  options: RenderOptions,
): readonly Promise<RenditionFile>[] {
  begun += 1
  const serial = begun
  const shared = {
    ...options,
    serial,
    loadMark: rememberEach(async (url, index) => {
      const path = `${orders[0]?.path}.mark${index}`
      return readMark(await options.loadWatermark(url), url, { path, signal: options.signal })
    }),
    queue: createQueue(RENDITIONS_AT_ONCE),
  }
  // Renditions of another page, or not turned, have another source.
  const opened = new Map<string, Promise<MakeRendition>>()
  const renditions = orders.map(async (order, turn) => {
    const key = selectionKey(order)
    const alike = orders.filter((other) => other !== order && selectionKey(other) === key)
    const make = opened.get(key) ?? openSource(file, [order, ...alike], shared)
    opened.set(key, make)
    return unlessAborted(
      make.then((render) => render(order, turn)),
      order,
      options.signal,
    )
  })
  // Node ends a process in which a promise rejects that nobody waits for, and this one nobody else does.
  void Promise.allSettled(renditions).then(() => {
    // Most need none, and looking for one is much quicker than removing what is not there.
    const folders = orders
      .map((order) => workFolder(order, serial))
      .filter((folder) => existsSync(folder))
    return Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
  })
  return renditions
}

/** Makes a rendition when it is its turn. */
type MakeRendition = (order: RenditionOrder, turn: number) => Promise<RenditionFile>

function selectionKey({ options: { page, password, autoOrient = true } }: RenditionOrder): string {
  return JSON.stringify([page, password, autoOrient])
}

/**
 * The folder for what a source is mended or converted to. Requests that write to one path have each their own, since it is removed when
 * the renditions are there already.
 */
function workFolder({ path }: RenditionOrder, serial: number): string {
  return `${path}.source${serial}`
}

/**
 * Opens a source for all renditions of a page of it.
 *
 * @returns what makes each of them; if there is a decoded base, they share it
 */
async function openSource(
  file: IdentifiedSource,
  orders: readonly [RenditionOrder, ...RenditionOrder[]],
  {
    maxPixels,
    loadMark,
    signal,
    queue,
    serial,
  }: RenditionTools & { maxPixels: number; queue: Queue; serial: number },
): Promise<MakeRendition> {
  const [first] = orders
  const source = await probeSource(file, first.options, {
    maxPixels,
    workFolder: workFolder(first, serial),
    autoOrient: first.options.autoOrient,
    signal,
  })
  const wanted = orders.map((order) => order.options)
  const placed = await placeCuts(source, wanted)
  const { renditions, base } = planRequest(source, placed, maxPixels)
  const decodedBase =
    base && queue.run(0, async () => toMemory(await decodeSource(source, base)), signal)
  const explain = createExplainer(source)
  const isKept = wanted.some(({ keepMetadata }) => keepMetadata)
  const found = isKept ? await findMetadata(file, first.options.page) : {}

  return async (order, turn) => {
    const planned = renditions[orders.indexOf(order)]
    if (planned === undefined) throw new RangeError(`the request has no rendition ${turn}`)
    if (!planned.ok) throw planned.error
    const { plan } = planned
    try {
      const derived = base !== undefined && isDerivable(plan, base)
      const decoded = derived ? await decodedBase : undefined
      // Before its turn, so that a slow server keeps no other rendition waiting.
      const mark = plan.watermark && markUrl(plan.watermark)
      if (mark !== undefined) await loadMark(mark)
      const render = async (): Promise<RenditionFile> => {
        const image = decoded
          ? resize(openDecoded(decoded), plan)
          : await decodeSource(source, plan)
        return writeRendition(image, plan, order.path, { loadMark, signal }, { found, source })
      }
      return await queue.run(turn, render, signal)
    } catch (error) {
      signal.throwIfAborted()
      throw await explain(error, plan)
    }
  }
}

/** Rejects as soon as nobody wants a rendition any more, and removes what comes of it. */
async function unlessAborted(
  rendition: Promise<RenditionFile>,
  { path }: RenditionOrder,
  signal: AbortSignal,
): Promise<RenditionFile> {
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => {
    aborted.reject(signal.reason)
    void removeWhenMade(rendition, path)
  }
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([rendition, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

async function removeWhenMade(rendition: Promise<RenditionFile>, path: string): Promise<void> {
  await rendition.catch(() => undefined)
  await rm(path, { force: true })
}

/** Tells whose fault it is, of which libvips' messages say nothing, and what is wrong in words that a stranger understands. */
function createExplainer(
  source: Source,
): (error: unknown, plan: RenditionPlan) => Promise<OperationError> {
  let decodable: Promise<boolean> | undefined
  return async (error, { format, width, height }) => {
    if (error instanceof OperationError) return error
    decodable ??= isDecodable(source)
    if (!(await decodable)) return corruptSource(source.format.title, { cause: error })
    const fields = { title: format.title, width, height }
    return new OperationError('rendition_failed', fields, { cause: error })
  }
}

/** The renditions of a request often carry the same watermark, which then is fetched once. */
function rememberEach(load: (url: string, index: number) => ReturnType<LoadMark>): LoadMark {
  const loaded = new Map<string, ReturnType<LoadMark>>()
  return async (url) => {
    const watermark = loaded.get(url) ?? load(url, loaded.size)
    loaded.set(url, watermark)
    return watermark
  }
}
