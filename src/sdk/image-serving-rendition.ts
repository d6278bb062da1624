import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PictureFormat } from '../contract/actions.ts'
import type { Instructions } from '../contract/instructions/instruction.ts'
import { PICTURE_INSTRUCTIONS } from '../contract/instructions/picture-instructions.ts'
import { makeView } from '../engine/layers/make-view.ts'
import type { OutputFile } from '../engine/operation.ts'
import { type Catalogue, UNLIMITED } from '../image-serving/catalogue.ts'
import { type ImageRequest, readImageRequest } from '../image-serving/image-request.ts'
import { RequestError } from '../image-serving/request-error.ts'
import type { ServedFormatName } from '../image-serving/served-formats.ts'
import { readInstruction } from './parameters.ts'
import { RenditionError } from './rendition-error.ts'

/** What the source of a rendition is called among commands, where `$object$` stands for it. */
const SOURCE = 'source'

/** What `fmt` of Image Serving calls the formats of renditions; those that can keep what is transparent do. */
const FORMATS = {
  png: { name: 'png', commands: 'fmt=png-alpha' },
  jpg: { name: 'jpeg', commands: 'fmt=jpeg' },
  jpeg: { name: 'jpeg', commands: 'fmt=jpeg' },
  webp: { name: 'webp', commands: 'fmt=webp-alpha' },
  tif: { name: 'tif', commands: 'fmt=tif-alpha' },
  tiff: { name: 'tif', commands: 'fmt=tif-alpha' },
  gif: { name: 'gif', commands: 'fmt=gif-alpha' },
  avif: { name: 'avif', commands: 'fmt=avif-alpha' },
} as const satisfies Record<
  PictureFormat,
  { readonly name: ServedFormatName; readonly commands: string }
>

/** A worker has its source, and neither other assets nor presets. */
const CATALOGUE: Catalogue = {
  find: (object) => (object === SOURCE ? { object } : undefined),
  findMacro: () => undefined,
  attributes: UNLIMITED,
}

/**
 * Makes a rendition by commands of Image Serving.
 *
 * @param path - the file of the source
 * @param options.folder - where the file is put, and what is needed on the way
 * @param options.index - tells its file from those of other renditions
 * @throws {@link RenditionError} for commands that cannot be followed, or {@link OperationError} for a source that cannot
 *   be shown so
 */
export async function makeByCommands(
  path: string,
  { commands, instructions }: { readonly commands: string; readonly instructions: Instructions },
  options: {
    readonly folder: string
    readonly index: number
    readonly maxPixels: number
    readonly signal: AbortSignal
  },
): Promise<OutputFile> {
  const request = readRequest(commands, instructions)
  const { composition, encoding, mediaType } = request
  const folder = join(options.folder, `commands${options.index}`)
  await mkdir(folder)
  try {
    const files = { [SOURCE]: { path, name: path } }
    const { bytes, view } = await makeView({ composition, encoding, files }, { ...options, folder })
    if (bytes === undefined) throw new TypeError('the encoding says what is written')
    const made = join(options.folder, `view${options.index}`)
    await writeFile(made, bytes)
    return { path: made, mediaType, ...view }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function readRequest(commands: string, instructions: Instructions): ImageRequest {
  const format = readInstruction('fmt', PICTURE_INSTRUCTIONS.fmt, instructions) ?? 'png'
  if (format === 'thumbhash') {
    const pictures = 'fmt must be a picture beside is, but it is "thumbhash".'
    throw new RenditionError('GenericError', pictures)
  }
  const written = FORMATS[format]
  try {
    const query = `${written.commands}&${commands}`
    const request = readImageRequest({ object: SOURCE, query }, CATALOGUE)
    if (request.encoding.format === written.name) return request
    throw new RequestError(
      `fmt of is asks for ${request.encoding.format}, and fmt of the rendition for ${format}: both must be the same.`,
    )
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    throw new RenditionError('GenericError', error.message, { cause: error })
  }
}
