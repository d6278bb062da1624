import { createLog, formatJson, formatText, type Log, type LogLevel } from '../../base/log.ts'
import { loadPackagesLate } from '../../base/required/late-loading.ts'
import type { Config } from '../../config.ts'

/** What a service that is kept up tells: its log, and what the command itself has to say. */
export interface ServiceLog {
  readonly log: Log
  /** Tells what was asked for, such as where the service is, whatever `LOG_LEVEL` says. */
  readonly say: (message: string) => void
  /** Tells why there is no service. */
  readonly fail: (message: string) => void
}

/** By how much each of the values of `LOG_LEVEL` tells; `verbose` and `silly` tell no more than the one before. */
const TOLD: Readonly<Record<Config['logLevel'], readonly LogLevel[]>> = {
  error: ['error'],
  warn: ['error', 'warn'],
  info: ['error', 'warn', 'info'],
  verbose: ['error', 'warn', 'info'],
  debug: ['error', 'warn', 'info', 'debug'],
  silly: ['error', 'warn', 'info', 'debug'],
}

/** Opens the log as `LOG_FORMAT` has it. */
export function openServiceLog(
  config: Pick<Config, 'logFormat' | 'logLevel'>,
): Promise<ServiceLog> {
  return config.logFormat === 'json' ? openJsonLog(config) : openTextLog(config)
}

async function openJsonLog({ logLevel }: Pick<Config, 'logLevel'>): Promise<ServiceLog> {
  const told = TOLD[logLevel]
  const all = createLog((line) => console.log(formatJson(line, Date.now())))
  const log = createLog((line) => {
    if (told.includes(line.level)) console.log(formatJson(line, Date.now()))
  })
  return { log, say: all.info, fail: all.error }
}

async function openTextLog({ logLevel }: Pick<Config, 'logLevel'>): Promise<ServiceLog> {
  // Loaded only now, since lines of JSON need it not, and without all that is in it beside the logger, which takes half a second.
  loadPackagesLate()
  const { Core } = await import('@adobe/aio-sdk')
  const core = Core.Logger('darkroom', { level: logLevel })
  return {
    log: createLog((line) => core[line.level](formatText(line))),
    say: console.log,
    fail: console.error,
  }
}
