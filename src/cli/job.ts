/** `npm run job`: a job of the jobs API, with files from here and to here. */
import { readConfig } from '../config.ts'
import { UsageError } from './arguments.ts'
import { explainFailure } from './explain-failure.ts'
import { type JobCall, readJobCall } from './job/job-options.ts'
import {
  describeFailedTasks,
  describeTask,
  describeTaskRemarks,
  endOfTask,
  formatJob,
  type JobOutcome,
} from './job/job-outcome.ts'
import { runJob } from './job/run-job.ts'
import { JOB_USAGE } from './job/usage.ts'
import { resolveAccess } from './jobs-api/access.ts'
import { withJobsClient } from './jobs-api/with-jobs-client.ts'
import { printJson } from './print-json.ts'
import { createProgress } from './progress.ts'
import { STANDARD_OUTPUT } from './standard-output.ts'
import { withOutFolder } from './with-out-folder.ts'

/** Has the job done, with its files in a folder, or the only one of them on the standard output. */
async function haveDone(call: JobCall): Promise<JobOutcome> {
  const config = readConfig()
  const access = await resolveAccess(call, config)
  const isPiped = call.out === STANDARD_OUTPUT
  const make = (out: string) =>
    withJobsClient(config, access, async (client, interrupted) => {
      const words = { describe: describeTask, endOf: endOfTask }
      const progress = createProgress(words, { ...call, quiet: call.quiet || isPiped })
      try {
        return await runJob(client, { ...call, out }, progress.show, interrupted)
      } finally {
        progress.end()
      }
    })
  return withOutFolder(call.out, make, ({ files }) => files.map(({ file }) => file))
}

async function main(): Promise<number> {
  const call = readJobCall(process.argv.slice(2))
  if (call === 'help') {
    console.log(JOB_USAGE)
    return 0
  }
  const outcome = await haveDone(call)
  if (call.json) printJson(outcome)
  else if (call.quiet || call.out === STANDARD_OUTPUT) {
    const remarks = call.quiet ? [] : describeTaskRemarks(outcome)
    for (const line of [...describeFailedTasks(outcome), ...remarks]) console.error(line)
  } else console.log(formatJob(outcome))
  return outcome.state === 'finished' ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(explainFailure(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
