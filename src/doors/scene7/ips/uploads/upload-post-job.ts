import * as z from 'zod/mini'
import type { ToldKind } from '../jobs/job-kind.ts'
import { uploadOptionsSchema } from './upload-options.ts'

/** What jobs are of that `POST /scene7/UploadFile` makes; submitJob has none of them. */
export const UPLOAD_POST_JOB = 'uploadPostJob'

/** What is kept of such a job. */
export const uploadPostSchema = z.object({
  options: uploadOptionsSchema,
  /** Of the client, as far as it is known: all of a job comes from one. */
  address: z.optional(z.string()),
})

/** What is told of such jobs. */
export const uploadPostKind: ToldKind = {
  type: 'UploadPost',
  logType: 'BeginUpload',
  emailSetting: (details) => uploadPostSchema.parse(details).options.emailSetting,
  tell(details) {
    const { unused: _, ...uploadPostJob } = uploadPostSchema.parse(details).options
    return { uploadPostJob }
  },
}
