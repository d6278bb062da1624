/** Runs the service for tests that need a process to kill; the arguments are those of `startServiceProcess`. */
import { parseArgs } from 'node:util'
import { countBuffersWithHeap } from '../../src/base/buffer-limit.ts'
import { keepCompiledCode, useCompileCache } from '../../src/base/compile-cache.ts'

countBuffersWithHeap()
useCompileCache()
const {
  manifest,
  warm,
  assets,
  'days-later': daysLater = '0',
  clock = '1',
  trusting = false,
} = parseArgs({
  options: {
    manifest: { type: 'string' },
    warm: { type: 'string', multiple: true },
    assets: { type: 'string' },
    'days-later': { type: 'string' },
    clock: { type: 'string' },
    // Whoever asks may have it reach this machine, though it is reached by a name of its own.
    trusting: { type: 'boolean' },
  },
}).values
const realNow = Date.now
if (daysLater !== '0') Date.now = () => realNow() + Number(daysLater) * 24 * 60 * 60 * 1000
const realElapsed = performance.now.bind(performance)
if (clock !== '1') performance.now = () => realElapsed() * Number(clock)

const { startService } = await import('../../src/compose/service.ts')
const { readConfig } = await import('../../src/config.ts')
const { createLog, formatText } = await import('../../src/base/log.ts')
const log = createLog((line) => {
  if (line.level === 'error' || line.level === 'warn') console.error(formatText(line))
})
const config = readConfig()
const service = await startService({
  config: trusting ? { ...config, place: { ...config.place, isTeam: false } } : config,
  log,
  ...(manifest !== undefined && { manifest }),
  ...(warm !== undefined && { warm }),
  ...(assets !== undefined && { images: { assetsFolder: assets } }),
})
process.on('SIGTERM', () => void service.stop().then(() => process.exit(0)))
console.log(`ready ${service.origin}`)
setImmediate(keepCompiledCode)
