/** Starts the service, and keeps it up until it is asked to stop; with the arguments of the command line. */
import path from 'node:path'
import { keepCompiledCode } from '../../base/compile-cache.ts'
import { describeInspected, INSPECTOR } from '../../compose/service-actions.ts'
import { startService } from '../../compose/service.ts'
import { type Config, readConfig } from '../../config.ts'
import type { PageAddress } from '../../doors/page/sign-in/entrance.ts'
import { UsageError } from '../arguments.ts'
import { findOtherProject, OWN_PROJECT, readProjectActions } from '../project-actions.ts'
import { requireFreePort } from './free-port.ts'
import { casesOf, describeServed } from './other-project.ts'
import { openServiceLog } from './service-log.ts'
import { readStartOptions, START_USAGE, type StartOptions } from './start-options.ts'
import { watchService } from './watch.ts'

const PARENT_INTERVAL_MS = 100

/** Who kills npm means the service, which npm can then no longer tell; left alone, it would hold its port and state. */
function endWithParent(): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1)
  }, PARENT_INTERVAL_MS).unref()
}

/** An address with a key is for the terminal of who starts the service, and for no log that the output goes to. */
function describePage({ url, file }: PageAddress, { logFormat }: Config): string {
  const isForLog = logFormat === 'json' || !process.stdout.isTTY
  const address = isForLog && file !== undefined ? `the address in ${file}` : url
  return `the developer page is at ${address}`
}

async function openPage({ url, file }: PageAddress): Promise<void> {
  // Loaded only now: hardly anybody asks for it.
  const { default: openInBrowser } = await import('open')
  const browser = await openInBrowser(file ?? url)
  // Where there is no browser, the address that was printed is all there is to be had.
  browser.on('error', () => undefined)
}

async function start({ open, watch, inspect, assets }: StartOptions): Promise<void> {
  if (inspect !== undefined) await requireFreePort(INSPECTOR)
  const config = readConfig()
  // For the processes of actions as well: nothing that is written here is for other users of the machine.
  process.umask(0o077)
  const { log, say, fail } = await openServiceLog(config)
  const other = findOtherProject()
  const project = readProjectActions(config, other ?? OWN_PROJECT)
  const service = await startService({
    config,
    log,
    page: {
      samples: path.join(OWN_PROJECT, 'samples'),
      cases: casesOf(project),
      startMocked: async (...cases) => {
        // Loaded only now: few projects have cases with mocks.
        const { createStartMocked } = await import('../mocked-service.ts')
        return createStartMocked({ config, project })(...cases)
      },
    },
    ...(other !== undefined && { project: project.manifest }),
    images: { assetsFolder: assets },
    inspect,
    watch,
  }).catch((error: unknown) => {
    fail(error instanceof Error ? error.message : String(error))
    process.exit(1)
  })

  let stopping = false
  const stop = async (): Promise<void> => {
    // A terminal's Ctrl-C arrives twice, from the terminal and from npm.
    if (stopping) return
    stopping = true
    await service.stop()
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
  // That of a terminal which is closed ends the service as ever.
  if (!process.stdin.isTTY) process.on('SIGHUP', () => void service.renewCertificates())

  if (config.startedByNpm) endWithParent()
  if (watch) watchService(service, { say, fail })
  say(`ready ${service.origin}`)
  for (const sentence of describeServed(other, project, config.home)) say(sentence)
  setImmediate(keepCompiledCode)
  const { page } = service
  if (page !== undefined) say(describePage(page, config))
  if (open && page !== undefined) await openPage(page)
  if (inspect !== undefined) say(describeInspected(inspect))
}

try {
  const options = readStartOptions(process.argv.slice(2))
  if (options === 'help') console.log(START_USAGE)
  else await start(options)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(error instanceof UsageError ? 2 : 1)
}
