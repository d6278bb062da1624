import { existsSync } from 'node:fs'
import { extname } from 'node:path'
import {
  type Action,
  type Rendition,
  type RenditionCallback,
  type Source,
  type WorkerOptions,
  type WorkerParams,
  worker,
} from '@adobe/asset-compute-sdk'
import { isRecord } from '../base/json.ts'
import { DRAWN_FORMATS } from '../contract/actions.ts'
import { isFormatName } from '../contract/format-name.ts'
import { EVENT_INSTRUCTIONS } from '../contract/instructions/event-instructions.ts'
import { readInstruction } from './parameters.ts'
import { RenditionError } from './rendition-error.ts'
import { prepareUpload } from './rendition-upload.ts'
import { downloadSource, isRemote } from './source-download.ts'
import { refuseTargetOutOfReach } from './target-reach.ts'
import { isTestMode, takeTestFiles } from './test-files.ts'

/**
 * An action of the SDK in which the SDK does not post-process: for that it runs ImageMagick and exiftool, which Adobe I/O
 * Runtime does not have.
 *
 * The SDK is told that the callback writes every format itself. It would otherwise ask for a PNG in place of any of them,
 * and upload that under the name and type of what was asked for.
 *
 * @param toError - makes of whatever was thrown what the SDK shall see
 */
export function createSdkAction(
  callback: RenditionCallback,
  toError: (error: unknown) => unknown,
): Action {
  /** By the source of an activation, as its renditions get it. */
  const downloads = new WeakMap<Source, Promise<void>>()

  async function requireSource(source: Source | undefined, params: WorkerParams): Promise<void> {
    if (source === undefined || !isRemote(params['source'])) return
    const begun = downloads.get(source) ?? downloadSource(params, source.path)
    downloads.set(source, begun)
    await begun
  }

  async function perform(
    options: ActivationOptions,
    ...[source, rendition, params]: Parameters<RenditionCallback>
  ): Promise<void> {
    options.disableRenditionUpload = false
    try {
      clearFalseFormats(params)
      refuseFormat(rendition)
      await refuseTargetOutOfReach(rendition.target)
      await requireSource(source, params)
      if (isTestMode() && source !== undefined) {
        await takeTestFiles(source, [rendition.instructions, ...params.renditions])
      }
      readEmbedLimit(rendition)
      await callback(source, rendition, params)
      if (existsSync(rendition.path)) {
        options.disableRenditionUpload = await prepareUpload(rendition)
      }
    } catch (error) {
      throw toError(error)
    } finally {
      rendition.postProcess = false
    }
  }

  return async (params) => {
    requireRenditions(params)
    hideFormats(params)
    hideExtension(params)
    const options: ActivationOptions = {
      supportedRenditionFormats: DRAWN_FORMATS,
      disableSourceDownload: isRemote(Reflect.get(params, 'source')),
    }
    return worker((...given) => perform(options, ...given), options)(params)
  }
}

/** What the SDK is told of an activation, and looks up again before each rendition is uploaded. */
type ActivationOptions = WorkerOptions

/** Who invokes an action by hand is told what it wants; the SDK fails on what is undefined then. It answers web calls itself. */
function requireRenditions(params: object): void {
  if ('__ow_method' in params || Array.isArray(Reflect.get(params, 'renditions'))) return
  throw new Error('renditions is missing; the parameters must be {source, renditions}.')
}

/** A `fmt` that is no name of a format, of renditions that were given without it to the SDK. */
const refused = new WeakMap<object, unknown>()

/**
 * Keeps from the SDK each `fmt` that it would make a path of that is in another folder than its own. A web call passes its
 * renditions on to the activation that does the work, which keeps them.
 */
function hideFormats(params: object): void {
  if ('__ow_method' in params) return
  const renditions: unknown = Reflect.get(params, 'renditions')
  if (!Array.isArray(renditions)) return
  for (const instructions of renditions.filter(isRecord)) {
    const { fmt } = instructions
    const isHarmless = !fmt || (typeof fmt === 'string' && isFormatName(fmt))
    if (isHarmless) continue
    delete instructions['fmt']
    refused.set(instructions, fmt)
  }
}

/**
 * Names a source whose name, or URL, ends with what is no extension: the SDK downloads it into a file with that ending, which
 * cannot be made when it is too long or has a zero in it (@adobe/asset-compute-pipeline, lib/storage/index.js).
 */
function hideExtension(params: object): void {
  const given: unknown = Reflect.get(params, 'source')
  const source = typeof given === 'string' ? { url: given } : given
  if ('__ow_method' in params || !isRecord(source)) return
  const { name, url } = source
  const text = typeof name === 'string' && name !== '' ? name : URL.parse(String(url))?.pathname
  const extension = extname(text ?? '').slice(1)
  if (extension === '' || isFormatName(extension)) return
  Reflect.set(params, 'source', { ...source, name: 'source' })
}

/** @throws {@link RenditionError} for a `fmt` that was kept from the SDK */
function refuseFormat({ instructions }: Rendition): void {
  if (!refused.has(instructions)) return
  const fmt = JSON.stringify(refused.get(instructions))
  throw new RenditionError(
    'RenditionFormatUnsupported',
    `fmt must be a format such as "png", in letters and digits, but it is ${fmt}.`,
  )
}

/** The SDK writes `fmt: false` into a rendition that came without; to the sender that is still a missing fmt. */
function clearFalseFormats({ renditions }: WorkerParams): void {
  for (const instructions of renditions) {
    if (instructions['fmt'] === false) delete instructions['fmt']
  }
}

/**
 * Makes a number of a rendition's `embedBinaryLimit`, which processing profiles send as a text. The SDK, which puts the
 * rendition into its event, passes over what is no number.
 *
 * @throws {@link RenditionError} when it is none that the API allows
 */
function readEmbedLimit({ instructions }: Rendition): void {
  const { embedBinaryLimit } = EVENT_INSTRUCTIONS
  const limit = readInstruction('embedBinaryLimit', embedBinaryLimit, instructions)
  if (limit !== undefined) instructions['embedBinaryLimit'] = limit
}
