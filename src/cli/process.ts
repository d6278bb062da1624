/** `npm run process`: pictures in, renditions out, through the whole service. */
import { readFile } from 'node:fs/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { connect, type ServiceClient } from '../client/service-client.ts'
import { type Config, readConfig } from '../config.ts'
import { caFile } from '../http/certificate-files.ts'
import { UsageError } from './arguments.ts'
import { explainFailure } from './explain-failure.ts'
import { interruptible } from './interruptible.ts'
import { makeFiles } from './make-files.ts'
import { makeRenditions } from './make-renditions.ts'
import { startOwnService, withOwnService } from './own-service.ts'
import { readProcessOptions } from './process/process-options.ts'
import { PROCESS_USAGE } from './process/usage.ts'
import {
  describeFailures,
  describeProgress,
  describeRenditionRemarks,
  endOfRendition,
  formatTable,
  type RenditionOutcome,
} from './rendition-outcome.ts'

/** Uses the service at a URL, or one that is there for this command only. */
async function withClient<T>(
  url: string | undefined,
  config: Config,
  use: (client: ServiceClient, interrupted: AbortSignal) => Promise<T>,
): Promise<T> {
  if (url === undefined) {
    return withOwnService(
      (home) => startOwnService(config, home),
      async ({ origin }, home, interrupted) =>
        use(await connect(origin, home, interrupted), interrupted),
    )
  }
  const ca = await readFile(caFile(config.home), 'utf8').catch(() => {
    throw new Error(
      `There is no ca.pem in ${config.home}; DARKROOM_HOME must be the folder of the service at ${url}.`,
    )
  })
  setDefaultCACertificates([...getCACertificates('default'), ca])
  return interruptible(async (interrupted) =>
    use(await connect(url, config.home, interrupted), interrupted),
  )
}

async function main(): Promise<number> {
  const options = readProcessOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(PROCESS_USAGE)
    return 0
  }
  const config = readConfig()
  const words = {
    describe: describeProgress,
    endOf: endOfRendition,
    formatTable: (outcomes: readonly RenditionOutcome[]) =>
      formatTable(outcomes, options.sources.length > 1),
    describeFailures,
    describeRemarks: (outcomes: readonly RenditionOutcome[]) =>
      describeRenditionRemarks(outcomes, options.remarks),
    filesOf: ({ file }: RenditionOutcome) => (file === undefined ? [] : [file]),
  }
  return makeFiles(options, words, (files, watch) =>
    withClient(options.url, config, (client, interrupted) =>
      watch(
        (show) => makeRenditions(client, { ...options, ...files }, show, interrupted),
        interrupted,
      ),
    ),
  )
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(explainFailure(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
