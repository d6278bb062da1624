import { cpus } from 'node:os'

/** What the figures are measured on. */
export function describeMachine(): string {
  return `${cpus().length} cores, ${cpus()[0]?.model ?? 'of unknown kind'}, Node ${process.version}`
}
