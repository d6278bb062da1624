import * as z from 'zod/mini'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { identifySource } from '../../sources/identify.ts'
import { type Operation, onlySource, startEach } from '../operation.ts'
import { metadata } from './metadata.ts'
import { tellSigned } from './tell-signed.ts'

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
    const { path } = onlySource(job)
    return startEach(job, 'xmp', async (_wanted, xmpPath) => {
      await metadata.extractXmp({ source: await identifySource(path), xmpPath }, job.signal)
      return [{ path: xmpPath, mediaType: KNOWN_FORMATS.xmp.mediaType, charset: 'utf-8' }]
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
      const { mediaType } = await metadata.writeXmp(request, job.signal)
      return [{ path: outputPath, mediaType, ...(await tellSigned(source, job.signal)) }]
    })
  },
}
