/** `npm run convert`: files in, files of another format out, through the jobs API. */
import { readConfig } from '../config.ts'
import { UsageError } from './arguments.ts'
import { describeConversion, formatConversions } from './convert/conversion-outcome.ts'
import { convertFiles } from './convert/convert-files.ts'
import { readConvertCall } from './convert/convert-options.ts'
import { CONVERT_USAGE } from './convert/usage.ts'
import { explainFailure } from './explain-failure.ts'
import { makeOutFolder } from './files-of-call.ts'
import { resolveAccess } from './jobs-api/access.ts'
import { withJobsClient } from './jobs-api/with-jobs-client.ts'
import { createProgress } from './progress.ts'

async function main(): Promise<number> {
  const call = readConvertCall(process.argv.slice(2))
  if (call === 'help') {
    console.log(CONVERT_USAGE)
    return 0
  }
  const config = readConfig()
  const access = await resolveAccess(call, config)
  await makeOutFolder(call.out)
  const outcomes = await withJobsClient(config, access, async (client, interrupted) => {
    const progress = createProgress(describeConversion, call)
    try {
      return await convertFiles(client, call, progress.show, interrupted)
    } finally {
      progress.end()
    }
  })
  console.log(call.json ? JSON.stringify(outcomes, undefined, 2) : formatConversions(outcomes))
  return outcomes.every(({ state }) => state === 'converted') ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(explainFailure(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
