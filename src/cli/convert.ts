/** `npm run convert`: files in, files of another format out, through the jobs API. */
import { readConfig } from '../config.ts'
import { UsageError } from './arguments.ts'
import {
  type ConversionOutcome,
  describeConversion,
  describeFailedConversions,
  describeRemarks,
  endOfConversion,
  formatConversions,
} from './convert/conversion-outcome.ts'
import { convertFiles } from './convert/convert-files.ts'
import { readConvertCall } from './convert/convert-options.ts'
import { CONVERT_USAGE } from './convert/usage.ts'
import { explainFailure } from './explain-failure.ts'
import { resolveAccess } from './jobs-api/access.ts'
import { withJobsClient } from './jobs-api/with-jobs-client.ts'
import { makeFiles } from './make-files.ts'

async function main(): Promise<number> {
  const call = readConvertCall(process.argv.slice(2))
  if (call === 'help') {
    console.log(CONVERT_USAGE)
    return 0
  }
  const config = readConfig()
  const access = await resolveAccess(call, config)
  const words = {
    describe: describeConversion,
    endOf: endOfConversion,
    formatTable: formatConversions,
    describeFailures: describeFailedConversions,
    describeRemarks: (outcomes: readonly ConversionOutcome[]) =>
      describeRemarks(outcomes, call.unknownOptions),
    filesOf: ({ files }: { files: readonly { file: string }[] }) => files.map(({ file }) => file),
  }
  return makeFiles(call, words, (files, watch) =>
    withJobsClient(config, access, (client, interrupted) =>
      watch((show) => convertFiles(client, { ...call, ...files }, show, interrupted), interrupted),
    ),
  )
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(explainFailure(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
