import type { Log } from '../base/log.ts'
import type { Part } from '../base/part.ts'
import type { Certificates } from './certificates-schema.ts'

/** Where the certificates of a service come from. */
export interface CertificateSource {
  /**
   * Reads those that are to be shown at a time, in milliseconds since 1970. It may make them, if that is its business.
   *
   * @throws {Error} one sentence when there are none that a client could accept
   */
  readonly read: (now: number) => Promise<Certificates>
  /** What is to be said when they are others than before, in one sentence. */
  readonly news: string
}

/** Between two looks at the source, in milliseconds: its files may be changed, and somebody may set the clock. */
const LOOK_INTERVAL_MS = 15_000

/**
 * Has a service show other certificates while it runs, as soon as its source has some. Connections that are there go on with those that
 * they were made with. A source that has none to give changes nothing; that is told once, and again when it is another trouble.
 *
 * @param options.certificates - what the source gave at the start
 * @param options.use - is given the new ones
 * @returns a part, whose `look` is what it does every few seconds
 */
export function createCertificateRenewal(options: {
  source: CertificateSource
  certificates: Certificates
  use: (certificates: Certificates) => void | Promise<void>
  log: Log
  now: () => number
}): Pick<Part, 'start' | 'close'> & { look: () => Promise<void> } {
  const { source, use, log, now } = options
  let { certificates } = options
  let told: string | undefined
  let looking: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  async function renew(): Promise<void> {
    try {
      const read = await source.read(now())
      if (!areSame(read, certificates)) {
        await use(read)
        certificates = read
        log.warn(source.news)
      }
      told = undefined
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      if (why === told) return
      told = why
      log.error(`The certificate of the service stays what it was: ${why}`)
    }
  }

  const look = (): Promise<void> =>
    (looking ??= renew().finally(() => {
      looking = undefined
    }))

  return {
    look,
    start() {
      timer = setInterval(() => void look(), LOOK_INTERVAL_MS).unref()
    },
    async close() {
      clearInterval(timer)
      await looking
    },
  }
}

function areSame(one: Certificates, other: Certificates): boolean {
  return one.ca === other.ca && one.cert === other.cert && one.key === other.key
}
