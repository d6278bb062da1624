import * as z from 'zod/mini'

/** Schema of a job as the API shows it with `include=payload`, as far as it matters here. */
export const storedJobSchema = z.object({
  data: z.object({
    tag: z.nullable(z.string()),
    tasks: z.array(
      z.object({
        name: z.optional(z.string()),
        operation: z.string(),
        payload: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
})

/** What the service shows in place of what opens something elsewhere. */
const HIDDEN = '***'

/** A job as it was asked for, but for what is hidden of it. */
export function draftOfJob({ data }: z.infer<typeof storedJobSchema>): {
  text: string
  /** What has to be entered again, such as `import-1.password`. */
  hidden: readonly string[]
} {
  const named = data.tasks.map(({ name, operation, payload }, index) => ({
    name: name ?? `task-${index + 1}`,
    operation,
    payload,
  }))
  const tasks = named.map(({ name, operation, payload }) => [
    name,
    {
      operation,
      ...Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== HIDDEN)),
    },
  ])
  const job = {
    tasks: Object.fromEntries(tasks),
    ...(data.tag !== null && { tag: data.tag }),
  }
  return {
    text: JSON.stringify(job, undefined, 2),
    hidden: named.flatMap(({ name, payload }) =>
      Object.entries(payload)
        .filter(([, value]) => value === HIDDEN)
        .map(([option]) => `${name}.${option}`),
    ),
  }
}
