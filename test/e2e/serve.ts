/** Runs the service with the manifest named on the command line, for tests that need a process to kill. */
import { startService } from '../../src/compose/service.ts'
import { readConfig } from '../../src/config.ts'

const [manifest] = process.argv.slice(2)
const say = (message: string): void => console.error(message)
const log = { error: say, warn: say, info: () => undefined, debug: () => undefined }
const service = await startService({
  config: readConfig(),
  log,
  ...(manifest === undefined ? {} : { manifest }),
})
process.on('SIGTERM', () => void service.stop().then(() => process.exit(0)))
console.log(`ready ${service.origin}`)
