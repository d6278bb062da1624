import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Service } from '../compose.ts'

/** What a service of a command's own has to say matters only when something is broken. */
export const QUIET_LOG = {
  error: (message: string) => console.error(message),
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
}

/**
 * Runs with a service that is there for one command; its state is gone afterwards, also when the command is interrupted.
 *
 * @param start - starts the service with its state in `home`
 * @param use - is told by `interrupted` that the service is going, and that nobody waits for a result any more
 */
export async function withOwnService<S extends Pick<Service, 'stop'>, T>(
  start: (home: string) => Promise<S>,
  use: (service: S, home: string, interrupted: AbortSignal) => Promise<T>,
): Promise<T> {
  const home = await mkdtemp(path.join(tmpdir(), 'darkroom-'))
  const interruption = new AbortController()
  let service: S | undefined
  let ending: Promise<void> | undefined
  async function endNow(): Promise<void> {
    await service?.stop()
    await rm(home, { recursive: true, force: true })
  }
  const end = () => (ending ??= endNow())
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(signal, () => {
      interruption.abort()
      void end().then(() => process.exit(status))
    })
  }
  try {
    service = await start(home)
    return await use(service, home, interruption.signal)
  } finally {
    await end()
  }
}
