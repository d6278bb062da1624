/** `npm run process`: pictures in, renditions out, through the whole service. */
import { readFile } from 'node:fs/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { connect } from '../client/service-client.ts'
import { type Config, readConfig } from '../config.ts'
import { caFile } from '../http/certificate-files.ts'
import { UsageError } from './arguments.ts'
import { explainFailure } from './explain-failure.ts'
import { makeOutFolder } from './files-of-call.ts'
import { makeRenditions } from './make-renditions.ts'
import { startOwnService, withOwnService } from './own-service.ts'
import { type ProcessOptions, readProcessOptions } from './process/process-options.ts'
import { PROCESS_USAGE } from './process/usage.ts'
import { createProgress } from './progress.ts'
import { describeProgress, formatTable, type RenditionOutcome } from './rendition-outcome.ts'

async function runWithService(
  url: string,
  options: ProcessOptions,
  config: Config,
): Promise<RenditionOutcome[]> {
  const ca = await readFile(caFile(config.home), 'utf8').catch(() => {
    throw new Error(
      `There is no ca.pem in ${config.home}; DARKROOM_HOME must be the folder of the service at ${url}.`,
    )
  })
  setDefaultCACertificates([...getCACertificates('default'), ca])
  return runWith(url, config.home, options)
}

async function runWith(
  url: string,
  home: string,
  options: ProcessOptions,
  interrupted?: AbortSignal,
): Promise<RenditionOutcome[]> {
  const progress = createProgress(describeProgress, options)
  try {
    return await makeRenditions(await connect(url, home, interrupted), options, progress.show)
  } finally {
    progress.end()
  }
}

async function main(): Promise<number> {
  const options = readProcessOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(PROCESS_USAGE)
    return 0
  }
  await makeOutFolder(options.out)
  const config = readConfig()
  const outcomes =
    options.url === undefined
      ? await withOwnService(
          (home) => startOwnService(config, home),
          (service, home, interrupted) => runWith(service.origin, home, options, interrupted),
        )
      : await runWithService(options.url, options, config)
  const report = options.json
    ? JSON.stringify(outcomes, undefined, 2)
    : formatTable(outcomes, options.sources.length > 1)
  console.log(report)
  return outcomes.every(({ state }) => state === 'created') ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(explainFailure(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
