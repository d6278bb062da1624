import * as z from 'zod/mini'
import { OperationError } from '../../base/operation-error.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { identifySource } from '../../sources/identify.ts'
import { type Operation, onlySource, startEach } from '../operation.ts'
import { writePdfPositions } from '../pdf/pdf.ts'
import { textKindOf } from './text-kind.ts'

const options = z.object({
  /** What opens an encrypted source. */
  password: z.optional(z.string()),
})

/** What the text of a PDF and its places are read with. */
export type PositionOptions = Readonly<z.infer<typeof options>>

/** Makes JSON of the text of a PDF, page by page, with where it stands; see {@link writePdfPositions}. */
export const positions: Operation<PositionOptions> = {
  options,
  run(job) {
    const { path, name, mediaType: mimetype } = onlySource(job)
    return startEach(job, 'positions', async ({ password }, jsonPath) => {
      const source = await identifySource(path, { name, mimetype })
      if (source.start.length === 0) throw new OperationError('source_empty', {})
      if (textKindOf(source) !== 'PDF') throw new OperationError('source_without_positions', {})
      const remarks = await writePdfPositions({ path, password }, jsonPath, job.signal)
      const { mediaType } = KNOWN_FORMATS.json
      return [{ path: jsonPath, mediaType, charset: 'utf-8', remarks }]
    })
  },
}
