/** `npm start`: keeps the service up until it is asked to stop. */
import { Core } from '@adobe/aio-sdk'
import { startService } from '../compose.ts'
import { readConfig } from '../config.ts'

const PARENT_INTERVAL_MS = 100

/** Who kills npm means the service, which npm can then no longer tell; left alone, it would hold its port and state. */
function endWithParent(): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1)
  }, PARENT_INTERVAL_MS).unref()
}

try {
  const config = readConfig()
  const log = Core.Logger('darkroom', { level: config.logLevel })
  const service = await startService({ config, log })

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

  if (config.startedByNpm) endWithParent()
  console.log(`ready ${service.origin}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
