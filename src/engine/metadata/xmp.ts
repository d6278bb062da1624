import * as z from 'zod/mini'
import { type Operation, onlySource, startEach } from '../operation.ts'
import { metadata } from './metadata.ts'

/** Of XMP: ISO 16684-1, 6.1 and RFC 3870. */
const XMP_MEDIA_TYPE = 'application/rdf+xml'

const none = z.object({})

const packet = z.object({
  /** XMP in UTF-8 or UTF-16, with or without the wrapper of a packet. */
  packet: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
})

/** What a copy of a source gets. */
export type PacketOptions = Readonly<z.infer<typeof packet>>

/** Makes one document of XMP of all that a source says of itself; there is nothing to choose. */
export const xmp: Operation<object> = {
  options: none,
  run(job) {
    const { path: sourcePath } = onlySource(job)
    return startEach(job, 'xmp', async (_wanted, xmpPath) => {
      await metadata.extractXmp({ sourcePath, xmpPath }, job.signal)
      return [{ path: xmpPath, mediaType: XMP_MEDIA_TYPE, charset: 'utf-8' }]
    })
  },
}

/** Makes a copy of a source in which a packet takes the place of its own. */
export const xmpCopy: Operation<PacketOptions> = {
  options: packet,
  run(job) {
    const { path: sourcePath } = onlySource(job)
    return startEach(job, 'copy', async (wanted, outputPath) => {
      const request = { sourcePath, packet: wanted.packet, outputPath }
      const { mediaType } = await metadata.writeXmp(request, job.signal)
      return [{ path: outputPath, mediaType }]
    })
  },
}
