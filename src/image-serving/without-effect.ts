import { COMMANDS } from './commands/commands.ts'
import { valueOf } from './commands/value-of.ts'
import type { Settings, SortedCommands } from './sort-commands.ts'

/** What commands say that are served, and that changes nothing nevertheless. */
export function findWithoutEffect(settings: Settings): SortedCommands['ignored'] {
  const scans = valueOf(settings, COMMANDS.pscan) ?? 'auto'
  const dithered = valueOf(settings, COMMANDS.icc)?.dithered ?? false
  return [
    ...(scans === 'auto'
      ? []
      : [{ name: `pscan=${scans}`, why: 'the number of scans is always that of auto' }]),
    ...(dithered ? [{ name: 'dither of icc', why: 'colours are never dithered' }] : []),
  ]
}
