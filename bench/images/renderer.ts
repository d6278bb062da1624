import { type Answer, type Job, jobSchema } from './job.ts'

/** Makes this process a renderer: it does the jobs that its parent sends, and tells what each one took. */
export function serveJobs(render: (job: Job) => Promise<void>): void {
  let counted = process.cpuUsage()

  async function serve(message: unknown): Promise<void> {
    try {
      await render(jobSchema.parse(message))
      // From the job before: to be told what to do is part of it, and waiting takes no processor time.
      const { user, system } = process.cpuUsage(counted)
      counted = process.cpuUsage()
      const { maxRSS } = process.resourceUsage()
      tell({ type: 'done', cpuMs: (user + system) / 1000, peakBytes: maxRSS * 1024 })
    } catch (error) {
      tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  }

  process.on('message', (message) => void serve(message))
  tell({ type: 'ready' })
}

function tell(answer: Answer): void {
  process.send?.(answer)
}
