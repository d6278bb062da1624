import * as z from 'zod/mini'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { identifySource } from '../../sources/identify.ts'
import { type Operation, onlySource, startEach } from '../operation.ts'
import { metadata } from './metadata.ts'

const reading = z.object({
  /** What opens an encrypted source. */
  password: z.optional(z.string()),
})

const packet = z.object({
  /** XMP in UTF-8 or UTF-16, with or without the wrapper of a packet. */
  packet: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
})

/** How a source is read. */
export type XmpOptions = Readonly<z.infer<typeof reading>>

/** What a copy of a source gets. */
export type PacketOptions = Readonly<z.infer<typeof packet>>

/** Makes one document of XMP of all that a source says of itself. */
export const xmp: Operation<XmpOptions> = {
  options: reading,
  run(job) {
    const { path } = onlySource(job)
    return startEach(job, 'xmp', async ({ password }, xmpPath) => {
      const source = await identifySource(path)
      const { remarks } = await metadata.extractXmp({ source, password, xmpPath }, job.signal)
      const { mediaType } = KNOWN_FORMATS.xmp
      return [{ path: xmpPath, mediaType, charset: 'utf-8', ...(remarks && { remarks }) }]
    })
  },
}

/** Makes a copy of a source in which a packet takes the place of its own. */
export const xmpCopy: Operation<PacketOptions> = {
  options: packet,
  run(job) {
    const { path } = onlySource(job)
    return startEach(job, 'copy', async (wanted, outputPath) => {
      const source = await identifySource(path)
      const request = { source, packet: wanted.packet, outputPath }
      const { mediaType, remarks } = await metadata.writeXmp(request, job.signal)
      return [{ path: outputPath, mediaType, ...(remarks && { remarks }) }]
    })
  },
}
