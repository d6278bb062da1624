import { rm } from 'node:fs/promises'
import type { Action, Rendition, Source } from '@adobe/asset-compute-sdk'
import { chooseBuiltInWorker, readFormat } from '../contract/actions.ts'
import { METADATA_INSTRUCTIONS } from '../contract/instructions/metadata-instructions.ts'
import { metadata } from '../engine/metadata/metadata.ts'
import { xmp, xmpCopy } from '../engine/metadata/xmp.ts'
import { formatOfExtension } from '../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../sources/formats.ts'
import { createBuiltInAction, requireFormat } from './built-in-action.ts'
import { readInstruction } from './parameters.ts'
import { RenditionError } from './rendition-error.ts'
import { deliver, makeRendition, prepareJob, requireSource, startJob } from './rendition-job.ts'

/**
 * The `main` of the action that reads metadata: all that a source says of itself as one XMP document. With the
 * instruction `xmp` it writes such a document into a copy of the source instead.
 */
export function createMetadataWorker(): Action {
  // While the SDK is loaded and the source downloaded.
  metadata.warm()
  return createBuiltInAction('metadata_worker', async (source, rendition) => {
    const packet = readInstruction('xmp', METADATA_INSTRUCTIONS.xmp, rendition.instructions)
    if (packet === undefined) await extract(source, rendition)
    else await writeBack(source, rendition, Buffer.from(packet, 'base64'))
  })
}

async function extract(source: Source | undefined, rendition: Rendition): Promise<void> {
  const made = 'xmp or xml, which is what this worker makes of a source'
  requireFormat(rendition.instructions['fmt'], 'metadata', made)
  const path = requireSource(source, 'An XMP rendition')
  await makeRendition(xmp, prepareJob(rendition, [{ path }]), {}, rendition)
}

async function writeBack(
  source: Source | undefined,
  rendition: Rendition,
  packet: Buffer,
): Promise<void> {
  const path = requireSource(source, 'A rendition with xmp')
  const job = prepareJob(rendition, [{ path }])
  const [copy] = startJob(xmpCopy, job, [rendition.instructions], () => ({ packet }))
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
      `fmt must be that of the source, which is ${mediaType}, since xmp is written into a copy of it, but it is ${JSON.stringify(fmt)}.`,
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
