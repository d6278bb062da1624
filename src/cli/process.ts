/** `npm run process`: pictures in, renditions out, through the whole service. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { logUpdateStderr } from 'log-update'
import { startService } from '../compose.ts'
import { type Config, readConfig } from '../config.ts'
import { caFile } from '../server/certificate-files.ts'
import { type Options, readOptions } from './process/options.ts'
import { describeProgress, formatTable, type Outcome } from './process/outcome.ts'
import { run } from './process/run.ts'
import { connect } from './process/service-client.ts'
import { USAGE, UsageError } from './process/usage.ts'

/** What the service has to say matters here only when something is broken. */
const LOG = {
  error: (message: string) => console.error(message),
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
}

function createProgress(json: boolean) {
  const live = process.stderr.isTTY && !json
  return {
    show: (outcomes: readonly Outcome[], changed: Outcome | undefined): void => {
      if (live) logUpdateStderr(outcomes.map(describeProgress).join('\n'))
      else if (changed !== undefined && !json) console.error(describeProgress(changed))
    },
    end: (): void => {
      if (live) logUpdateStderr.clear()
    },
  }
}

/** Runs against a service of this command's own, whose state is gone afterwards. */
async function runWithOwnService(options: Options, config: Config): Promise<Outcome[]> {
  const home = await mkdtemp(path.join(tmpdir(), 'darkroom-'))
  const service = await startService({ config: { ...config, port: 0, home }, log: LOG })
  async function end(): Promise<void> {
    await service.stop()
    await rm(home, { recursive: true, force: true })
  }
  process.on('SIGINT', () => void end().then(() => process.exit(130)))
  process.on('SIGTERM', () => void end().then(() => process.exit(143)))
  try {
    return await runWith(service.origin, home, options)
  } finally {
    await end()
  }
}

async function runWithService(url: string, options: Options, config: Config): Promise<Outcome[]> {
  const ca = await readFile(caFile(config.home), 'utf8').catch(() => {
    throw new Error(
      `There is no ca.pem in ${config.home}; DARKROOM_HOME must be the folder of the service at ${url}.`,
    )
  })
  setDefaultCACertificates([...getCACertificates('default'), ca])
  return runWith(url, config.home, options)
}

async function runWith(url: string, home: string, options: Options): Promise<Outcome[]> {
  const progress = createProgress(options.json)
  try {
    return await run(await connect(url, home), options, progress.show)
  } finally {
    progress.end()
  }
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(USAGE)
    return 0
  }
  await mkdir(options.out, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--out ${options.out}: the folder cannot be made (${error.code}).`)
  })
  const config = readConfig()
  const outcomes =
    options.url === undefined
      ? await runWithOwnService(options, config)
      : await runWithService(options.url, options, config)
  const report = options.json
    ? JSON.stringify(outcomes, undefined, 2)
    : formatTable(outcomes, options.sources.length > 1)
  console.log(report)
  return outcomes.every(({ state }) => state === 'created') ? 0 : 1
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // fetch() says "fetch failed" and keeps the reason to itself.
  return error.cause instanceof Error && error.message === 'fetch failed'
    ? `The service cannot be reached: ${error.cause.message}`
    : error.message
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(explain(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
