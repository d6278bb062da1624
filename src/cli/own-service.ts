import { setTimeout } from 'node:timers/promises'
import { type Service, startService } from '../compose/service.ts'
import { type Config, ON_THIS_MACHINE } from '../config.ts'
import { makeTemporaryFolder } from '../home/temporary-folder.ts'

/** What a service of a command's own has to say matters only when something is broken. */
const QUIET_LOG = {
  error: (message: string) => console.error(message),
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
}

/** The signals that interrupt a command, and the status that it then ends with. */
export const INTERRUPTIONS: ReadonlyMap<NodeJS.Signals, number> = new Map([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
])

/** The status of a command to which nobody listens any more, as of one that SIGPIPE has ended. */
export const BROKEN_PIPE_STATUS = 141

/** What a command may take to leave nothing half done when it is interrupted, in milliseconds. */
const GRACE_MS = 5_000

/** Starts a service of a command's own, on any free port and with its state in `home`. */
export function startOwnService(
  config: Config,
  home: string,
  options: Omit<Parameters<typeof startService>[0], 'config' | 'log'> = {},
): Promise<Service> {
  const own = {
    ...config,
    port: 0,
    place: ON_THIS_MACHINE,
    elsewhere: undefined,
    database: undefined,
    home,
  }
  return startService({ ...options, config: own, log: QUIET_LOG })
}

/**
 * Runs with a service that is there for one command; its state is gone afterwards, also when the command is interrupted
 * or what it prints goes nowhere.
 *
 * @param start - starts the service with its state in `home`
 * @param use - is told by `interrupted` that the service is going, and that nobody waits for a result any more; it is given
 *   {@link GRACE_MS} to end what it has begun
 */
export async function withOwnService<S extends Pick<Service, 'stop'>, T>(
  start: (home: string) => Promise<S>,
  use: (service: S, home: string, interrupted: AbortSignal) => Promise<T>,
): Promise<T> {
  const folder = makeTemporaryFolder()
  const interruption = new AbortController()
  let service: S | undefined
  let ending: Promise<void> | undefined
  let using: Promise<unknown> = Promise.resolve()
  async function endNow(graceMs?: number): Promise<void> {
    await service?.stop(graceMs)
    await folder.remove()
  }
  const end = (graceMs?: number) => (ending ??= endNow(graceMs))
  function interrupt(status: number): void {
    interruption.abort()
    const used = Promise.race([using, setTimeout(GRACE_MS)])
    void Promise.allSettled([end(0), used]).finally(() => process.exit(status))
  }
  const interruptions = Array.from(INTERRUPTIONS, ([signal, status]) => ({
    signal,
    listener: () => interrupt(status),
  }))
  const onBrokenPipe = () => interrupt(BROKEN_PIPE_STATUS)
  const streams = [process.stdout, process.stderr]
  // A terminal's Ctrl-C arrives twice, from the terminal and from npm, so that a second one is no reason to leave things behind.
  for (const { signal, listener } of interruptions) process.on(signal, listener)
  for (const stream of streams) stream.on('error', onBrokenPipe)
  try {
    service = await start(folder.path)
    const used = use(service, folder.path, interruption.signal)
    using = used
    const result = await used
    await end()
    return result
  } finally {
    // Nobody waits for what still runs when there is no result.
    await end(0)
    // The process is about to end, and nothing is left to be said.
    if (interruption.signal.aborted) await new Promise<never>(() => undefined)
  }
}
