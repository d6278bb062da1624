import { rm } from 'node:fs/promises'
import type { Action, Rendition, Source } from '@adobe/asset-compute-sdk'
import { RenditionError } from '../base/errors.ts'
import { chooseBuiltInWorker, readFormat } from '../contract/formats.ts'
import { readInstruction } from '../contract/instructions/instruction.ts'
import { METADATA_INSTRUCTIONS } from '../contract/instructions/metadata-instructions.ts'
import { metadata } from '../engine/metadata/metadata.ts'
import { formatOfExtension } from '../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../sources/formats.ts'
import { identifySource } from '../sources/identify.ts'
import { createBuiltInAction, requireFormat } from './built-in-action.ts'
import { requireSource } from './require-source.ts'

/**
 * The `main` of the action that reads metadata: all that a source says of itself as one XMP document. With the
 * instruction `xmp` it writes such a document into a copy of the source instead.
 */
export function createMetadataWorker(): Action {
  // While the SDK is loaded and the source downloaded.
  metadata.warm()
  return createBuiltInAction('metadata_worker', async (source, rendition) => {
    const xmp = readInstruction('xmp', METADATA_INSTRUCTIONS.xmp, rendition.instructions)
    if (xmp === undefined) await extract(source, rendition)
    else await writeBack(source, rendition, Buffer.from(xmp, 'base64'))
  })
}

async function extract(source: Source | undefined, rendition: Rendition): Promise<void> {
  const made = 'xmp or xml, which is what this worker makes of a source'
  requireFormat(rendition.instructions['fmt'], 'metadata', made)
  await metadata.extractXmp({
    source: await identifySource(requireSource(source, 'An XMP rendition')),
    xmpPath: rendition.path,
  })
  await rendition.setContentType(KNOWN_FORMATS.xmp.mediaType, 'utf-8')
}

async function writeBack(
  source: Source | undefined,
  rendition: Rendition,
  packet: Buffer,
): Promise<void> {
  const file = await identifySource(requireSource(source, 'A rendition with xmp'))
  const { instructions, path } = rendition
  const { mediaType } = await metadata.writeXmp({ source: file, packet, outputPath: path })
  const { fmt } = instructions
  const isOpen = fmt === undefined || chooseBuiltInWorker({ fmt }) === 'metadata'
  if (!isOpen && mediaTypeOf(fmt) !== mediaType) {
    await rm(path)
    throw new RenditionError(
      'RenditionFormatUnsupported',
      `fmt must be that of the source, which is ${mediaType}, since xmp is written into a copy of it, but it is ${JSON.stringify(fmt)}.`,
    )
  }
  await rendition.setContentType(mediaType, 'binary')
}

/** What a source has to be for its copy to be of a `fmt`. */
function mediaTypeOf(fmt: unknown): string | undefined {
  const format = formatOfExtension(readFormat(fmt))
  // What Illustrator writes is a PDF.
  return format && KNOWN_FORMATS[format === 'ai' ? 'pdf' : format].mediaType
}
