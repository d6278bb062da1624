import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { COUNT_BUFFERS_WITH_HEAP } from '../../src/base/buffer-limit.ts'
import { type Answer, answerSchema, type Job, type Usage } from './job.ts'

/**
 * The heap that the runtime gives the worker action (src/runtime/run/fork-action.ts, manifest.yml). Everybody gets it: with less
 * to begin with, V8 collects garbage anew with every picture.
 */
const HEAP = ['--max-old-space-size=2048', '--initial-heap-size=256', COUNT_BUFFERS_WITH_HEAP]

/** A process that does nothing but make renditions. */
export interface RendererProcess {
  /**
   * Does a job; one at a time.
   *
   * @throws {Error} with what went wrong in the process
   */
  render: (job: Job) => Promise<Usage>
  end: () => void
}

/**
 * Starts a renderer and waits until it has loaded its libraries.
 *
 * @param module - file that calls {@link serveJobs}: in this folder, or the URL of another
 * @param path - where it looks for programs; as in this process unless given
 */
export async function startRenderer(module: string, path?: string): Promise<RendererProcess> {
  const child = fork(fileURLToPath(new URL(module, import.meta.url)), {
    execArgv: HEAP,
    env: { ...process.env, ...(path === undefined ? {} : { PATH: path }) },
    // The SDK tells its standard output about every picture.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const nextAnswer = () =>
    new Promise<Answer>((resolve, reject) => {
      const giveUp = (code: number | null) => reject(new Error(`${module} ended with ${code}.`))
      child.once('exit', giveUp)
      child.once('message', (message) => {
        child.off('exit', giveUp)
        resolve(answerSchema.parse(message))
      })
    })
  await nextAnswer()
  return {
    async render(job) {
      const answered = nextAnswer()
      child.send(job)
      const answer = await answered
      if (answer.type === 'done') return answer
      throw new Error(answer.type === 'failed' ? answer.message : `${module} gave no answer.`)
    },
    end: () => void child.kill('SIGKILL'),
  }
}
