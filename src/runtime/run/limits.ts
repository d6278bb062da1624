import * as z from 'zod/mini'

/** What Adobe I/O Runtime allows an action and assumes for it, see its "System settings and limits" page. */
export const LIMITS = {
  timeout: { default: 60_000, min: 100, max: 10_800_000, unit: 'milliseconds' },
  memorySize: { default: 256, min: 128, max: 4096, unit: 'megabytes' },
  concurrency: { default: 200, min: 1, max: 500, unit: 'activations a process' },
  logs: { default: 10, min: 0, max: 10, unit: 'megabytes' },
} as const

/** The schema of a limit, which may be left out. */
export function limitSchema(name: keyof typeof LIMITS) {
  const { min, max, unit } = LIMITS[name]
  const error = `a whole number of ${unit} from ${min} to ${max}`
  return z.optional(z.int({ error }).check(z.minimum(min, { error }), z.maximum(max, { error })))
}
