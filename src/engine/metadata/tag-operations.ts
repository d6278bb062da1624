import * as z from 'zod/mini'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { identifySource } from '../../sources/identify.ts'
import { type Operation, onlySource, startEach } from '../operation.ts'
import { metadata } from './metadata.ts'

const reading = z.object({
  /** What opens an encrypted source. */
  password: z.optional(z.string()),
})

const writing = z.object({
  /** Texts by plain names, such as `Title`; an empty one takes away what there is. */
  texts: z.record(z.string(), z.string()),
})

/** How a source is read. */
export type TagReadingOptions = Readonly<z.infer<typeof reading>>

/** What a copy of a source says of itself. */
export type TagWritingOptions = Readonly<z.infer<typeof writing>>

/** Makes one flat object of JSON of what a source says of itself. */
export const tags: Operation<TagReadingOptions> = {
  options: reading,
  run(job) {
    const { path } = onlySource(job)
    return startEach(job, 'tags', async ({ password }, jsonPath) => {
      const source = await identifySource(path)
      const { remarks } = await metadata.readTags({ source, password, jsonPath }, job.signal)
      const { mediaType } = KNOWN_FORMATS.json
      return [{ path: jsonPath, mediaType, charset: 'utf-8', ...(remarks && { remarks }) }]
    })
  },
}

/** Makes a copy of a source that says other things of itself. */
export const tagsCopy: Operation<TagWritingOptions> = {
  options: writing,
  run(job) {
    const { path } = onlySource(job)
    return startEach(job, 'copy', async ({ texts }, outputPath) => {
      const source = await identifySource(path)
      const { mediaType, remarks } = await metadata.writeTags(
        { source, texts, outputPath },
        job.signal,
      )
      return [{ path: outputPath, mediaType, ...(remarks && { remarks }) }]
    })
  },
}
