import * as z from 'zod/mini'

const formSchema = z.object({ url: z.string(), parameters: z.record(z.string(), z.string()) })

const exportedFileSchema = z.object({
  filename: z.string(),
  size: z.optional(z.number()),
  url: z.optional(z.string()),
})

const status = z.enum(['waiting', 'processing', 'finished', 'error'])

/** Schema of a task as the jobs API answers it: what a program needs of it. */
export const taskAnswerSchema = z.object({
  id: z.string(),
  name: z.nullish(z.string()),
  operation: z.string(),
  status,
  code: z.nullish(z.string()),
  message: z.nullish(z.string()),
  percent: z.nullish(z.number()),
  result: z.nullish(
    z.object({
      form: z.optional(formSchema),
      /** CloudConvert does not have it. */
      tus: z.optional(z.object({ url: z.string() })),
      files: z.optional(z.array(exportedFileSchema)),
    }),
  ),
})

/** Schema of a job as the jobs API answers it: what a program needs of it. */
export const jobAnswerSchema = z.object({
  id: z.string(),
  status,
  tasks: z._default(z.array(taskAnswerSchema), []),
})

/** Where a file is sent for a task, and the fields that go before it. */
export type AnsweredForm = z.infer<typeof formSchema>

/** A file of an `export/url` task. */
export type ExportedFile = z.infer<typeof exportedFileSchema>

/** A task as the jobs API answers it. */
export type TaskAnswer = z.infer<typeof taskAnswerSchema>

/** A job as the jobs API answers it. */
export type JobAnswer = z.infer<typeof jobAnswerSchema>

/** Whether nothing more will happen to a job or a task. */
export function isEnded({ status: reached }: Pick<JobAnswer | TaskAnswer, 'status'>): boolean {
  return reached === 'finished' || reached === 'error'
}

/** What a job makes available to be downloaded. */
export function exportedFiles({ tasks }: JobAnswer): ExportedFile[] {
  return tasks
    .filter((task) => task.operation === 'export/url' && task.status === 'finished')
    .flatMap(({ result }) => result?.files ?? [])
}

/** The task by which a job failed: one that failed of itself, and not since another had. */
export function failedTask({ tasks }: JobAnswer): TaskAnswer | undefined {
  const failed = tasks.filter((task) => task.status === 'error')
  return failed.find(({ code }) => code !== 'INPUT_TASK_FAILED') ?? failed[0]
}

/** What there is to be said of a task though it went well: what could not be done, or made no difference. */
export function remarkOf({ status: reached, message }: TaskAnswer): string | undefined {
  return reached === 'finished' && message ? message : undefined
}
