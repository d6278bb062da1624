import { rm } from 'node:fs/promises'
import type { Action, Rendition, Source } from '@adobe/asset-compute-sdk'
import { chooseBuiltInWorker, readFormat } from '../contract/actions.ts'
import { METADATA_INSTRUCTIONS } from '../contract/instructions/metadata-instructions.ts'
import { SOURCE_INSTRUCTIONS } from '../contract/instructions/source-instructions.ts'
import { metadata } from '../engine/metadata/metadata.ts'
import { tags, tagsCopy } from '../engine/metadata/tag-operations.ts'
import { xmp, xmpCopy } from '../engine/metadata/xmp.ts'
import type { Operation } from '../engine/operation.ts'
import { formatOfExtension } from '../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../sources/formats.ts'
import { createBuiltInAction, requireFormat } from './built-in-action.ts'
import { readInstruction } from './parameters.ts'
import { RenditionError } from './rendition-error.ts'
import { deliver, makeRendition, prepareJob, requireSource, startJob } from './rendition-job.ts'

/**
 * The `main` of the action that reads metadata: all that a source says of itself as one XMP document, or as one flat object
 * of JSON. With the instruction `xmp` it writes such a document into a copy of the source instead, and with `metadata`
 * texts by their names.
 */
export function createMetadataWorker(): Action {
  // While the SDK is loaded and the source downloaded.
  metadata.warm()
  return createBuiltInAction('metadata_worker', async (source, rendition) => {
    const { instructions } = rendition
    const packet = readInstruction('xmp', METADATA_INSTRUCTIONS.xmp, instructions)
    const texts = readInstruction('metadata', METADATA_INSTRUCTIONS.metadata, instructions)
    if (packet !== undefined && texts !== undefined) {
      const sentence =
        'xmp and metadata must not be given together, since each says what a copy says.'
      throw new RenditionError('GenericError', sentence)
    }
    if (packet !== undefined) {
      const options = { packet: Buffer.from(packet, 'base64') }
      await makeCopy('xmp', source, rendition, xmpCopy, options)
    } else if (texts !== undefined) {
      await makeCopy('metadata', source, rendition, tagsCopy, { texts })
    } else {
      await extract(source, rendition)
    }
  })
}

async function extract(source: Source | undefined, rendition: Rendition): Promise<void> {
  const { instructions } = rendition
  const { fmt } = instructions
  const made = 'xmp, xml or json, which is what this worker makes of a source'
  requireFormat(fmt, 'metadata', made)
  const [operation, what] =
    readFormat(fmt) === 'json' ? [tags, 'A JSON rendition'] : [xmp, 'An XMP rendition']
  const path = requireSource(source, what)
  const password = readInstruction('password', SOURCE_INSTRUCTIONS.password, instructions)
  await makeRendition(operation, prepareJob(rendition, [{ path }]), { password }, rendition)
}

/**
 * Makes a copy of a source that says other things of itself.
 *
 * @param instruction - the one that asks for it, for sentences
 */
async function makeCopy<Options>(
  instruction: string,
  source: Source | undefined,
  rendition: Rendition,
  operation: Operation<Options>,
  options: Options,
): Promise<void> {
  const path = requireSource(source, `A rendition with ${instruction}`)
  const job = prepareJob(rendition, [{ path }])
  const [copy] = startJob(operation, job, [rendition.instructions], () => options)
  if (copy === undefined) return
  const file = await copy
  const { mediaType } = file
  const { instructions } = rendition
  const { fmt } = instructions
  const isOpen = fmt === undefined || chooseBuiltInWorker({ fmt }) === 'metadata'
  if (!isOpen && mediaTypeOf(fmt) !== mediaType) {
    await rm(file.path)
    throw new RenditionError(
      'RenditionFormatUnsupported',
      `fmt must be that of the source, which is ${mediaType}, since ${instruction} is written into a copy of it, but it is ${JSON.stringify(fmt)}.`,
    )
  }
  await deliver(file, rendition)
}

/** What a source has to be for its copy to be of a `fmt`. */
function mediaTypeOf(fmt: unknown): string | undefined {
  const format = formatOfExtension(readFormat(fmt))
  // What Illustrator writes is a PDF.
  return format && KNOWN_FORMATS[format === 'ai' ? 'pdf' : format].mediaType
}
