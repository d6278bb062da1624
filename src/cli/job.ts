/** `npm run job`: a job of the jobs API, with files from here and to here. */
import { readConfig } from '../config.ts'
import { UsageError } from './arguments.ts'
import { explainFailure } from './explain-failure.ts'
import { makeOutFolder } from './files-of-call.ts'
import { readJobCall } from './job/job-options.ts'
import { describeTask, endOfTask, formatJob } from './job/job-outcome.ts'
import { runJob } from './job/run-job.ts'
import { JOB_USAGE } from './job/usage.ts'
import { resolveAccess } from './jobs-api/access.ts'
import { withJobsClient } from './jobs-api/with-jobs-client.ts'
import { createProgress } from './progress.ts'

async function main(): Promise<number> {
  const call = readJobCall(process.argv.slice(2))
  if (call === 'help') {
    console.log(JOB_USAGE)
    return 0
  }
  const config = readConfig()
  const access = await resolveAccess(call, config)
  await makeOutFolder(call.out)
  const outcome = await withJobsClient(config, access, async (client, interrupted) => {
    const progress = createProgress({ describe: describeTask, endOf: endOfTask }, call)
    try {
      return await runJob(client, call, progress.show, interrupted)
    } finally {
      progress.end()
    }
  })
  console.log(call.json ? JSON.stringify(outcome, undefined, 2) : formatJob(outcome))
  return outcome.state === 'finished' ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(explainFailure(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
