import * as z from 'zod/mini'
import { refuseBad } from '../refusal.ts'
import { downloadFile } from './download-file.ts'
import { followJob } from './follow-job.ts'
import { type JobAnswer, jobAnswerSchema, type TaskAnswer } from './job-answer.ts'
import { uploadFile } from './upload-file.ts'

const answerSchema = z.object({ data: jobAnswerSchema })

/** Where a jobs API is, and the key for it. */
export interface JobsAccess {
  /** Such as `https://localhost:9443/v2`. */
  readonly url: string
  readonly key: string
}

/** The jobs API of a service, as a program uses it. */
export interface JobsClient {
  /**
   * Creates a job.
   *
   * @param body - as `POST /jobs` takes it
   * @throws {ServiceRefusal} 422 with `fields` for what is wrong with the body
   */
  create: (body: unknown) => Promise<JobAnswer>
  /** See {@link uploadFile}. */
  upload: typeof uploadFile
  /**
   * Follows a job to its end.
   *
   * @param onTask - is told of each change of a task
   * @returns the job as it ended
   * @throws {ServiceRefusal} 404 when it is deleted meanwhile; the reason of `signal` when that aborts
   */
  follow: (
    job: JobAnswer,
    onTask: (task: TaskAnswer) => void,
    signal?: AbortSignal,
  ) => Promise<JobAnswer>
  /** See {@link downloadFile}. */
  download: typeof downloadFile
  /** Deletes a job with what it has brought and made. */
  remove: (id: string) => Promise<void>
}

/** Makes a client of the jobs API. */
export function createJobsClient({ url, key }: JobsAccess): JobsClient {
  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${key}`)
    return refuseBad(await fetch(`${url}${path}`, { ...init, headers }))
  }

  return {
    async create(body) {
      const response = await call('/jobs', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return answerSchema.parse(await response.json()).data
    },
    upload: uploadFile,
    download: downloadFile,
    follow: (job, onTask, signal) =>
      followJob({
        open: () => call(`/jobs/${job.id}/events`, signal === undefined ? {} : { signal }),
        onTask,
        signal,
      }),
    async remove(id) {
      await call(`/jobs/${id}`, { method: 'DELETE' })
    },
  }
}
