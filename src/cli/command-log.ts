import type { Log } from '../base/log.ts'

/** What there is to be told of what a command opens: what is wrong, and nothing else. */
export const COMMAND_LOG: Log = {
  error: (message) => console.error(message),
  warn: (message) => console.error(message),
  info: () => undefined,
  debug: () => undefined,
}
