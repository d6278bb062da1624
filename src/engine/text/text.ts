import * as z from 'zod/mini'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { identifySource } from '../../sources/identify.ts'
import { type Operation, onlySource, startEach } from '../operation.ts'
import { extractText } from './extract-text.ts'

const options = z.object({
  /** The encoding of a source that is text, as the WHATWG standard names it; found out when it is missing or wrong. */
  encoding: z.optional(z.string()),
  /** What opens an encrypted source. */
  password: z.optional(z.string()),
})

/** What the text of a document is extracted with. */
export type TextOptions = Readonly<z.infer<typeof options>>

/** Makes the plain text of a document, see {@link extractText}. */
export const text: Operation<TextOptions> = {
  options,
  run(job) {
    const { path, name, mediaType: mimetype } = onlySource(job)
    const identified = identifySource(path, { name, mimetype })
    identified.catch(() => undefined)
    return startEach(job, 'text', async (wanted, textPath) => {
      const request = { source: await identified, textPath, ...wanted }
      const remarks = await extractText(request, job.signal)
      const { mediaType } = KNOWN_FORMATS.text
      return [{ path: textPath, mediaType, charset: 'utf-8', remarks }]
    })
  },
}
