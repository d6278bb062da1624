import * as z from 'zod/mini'
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
    const { path: sourcePath, name, mediaType: mimetype } = onlySource(job)
    return startEach(job, 'text', async (wanted, textPath) => {
      await extractText({ sourcePath, textPath, name, mimetype, ...wanted }, job.signal)
      return [{ path: textPath, mediaType: 'text/plain', charset: 'utf-8' }]
    })
  },
}
