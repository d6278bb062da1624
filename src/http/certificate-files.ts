import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Log } from '../base/log.ts'
import type { Part } from '../base/part.ts'
import { openPrivateJson, writePrivateFile } from '../home/private-file.ts'
import { type Certificates, certificatesSchema } from './certificates-schema.ts'

/** A service that runs for days must not outlive its certificate. */
const RENEWAL_MS = 30 * 24 * 60 * 60 * 1000

/** Between two looks whether they are still good, in milliseconds: somebody may set the clock. */
const LOOK_INTERVAL_MS = 15_000

/** The file with the certificate authority of the service whose state is in `home`, PEM. */
export function caFile(home: string): string {
  return path.join(home, 'ca.pem')
}

/**
 * Whether certificates are good now and for a while. They are not when they were made while the clock was ahead of the time:
 * everybody would refuse them.
 */
function areGood({ cert }: Certificates, now: number): boolean {
  const { validFrom, validTo } = new X509Certificate(cert)
  return Date.parse(validFrom) <= now && now + RENEWAL_MS <= Date.parse(validTo)
}

/**
 * Reads the certificates of the service whose state is in `home`; makes them at its first start, and anew before they
 * expire or when they are of a time that has not come.
 */
export async function openCertificates(home: string, now: number): Promise<Certificates> {
  const file = path.join(home, 'certificates.json')
  const make = async () => {
    // Loaded only now: making certificates takes a library that hardly any later start needs.
    const { makeCertificates } = await import('./certificates.ts')
    return makeCertificates(now)
  }
  let certificates = await openPrivateJson(file, certificatesSchema, make)
  if (!areGood(certificates, now)) {
    certificates = await make()
    await writePrivateFile(file, JSON.stringify(certificates, undefined, 2))
  }
  const told = await readFile(caFile(home), 'utf8').catch(() => undefined)
  if (told !== certificates.ca) await writePrivateFile(caFile(home), certificates.ca)
  return certificates
}

/**
 * Makes the certificates of a service anew while it runs, when they are due or the clock was set.
 *
 * @param options.use - is given the new ones, which are on the disk
 * @returns a part, whose `look` is what it does every few seconds
 */
export function createCertificateRenewal(options: {
  home: string
  certificates: Certificates
  use: (certificates: Certificates) => void | Promise<void>
  log: Log
  now: () => number
}): Pick<Part, 'start' | 'close'> & { look: () => Promise<void> } {
  const { home, use, log, now } = options
  let { certificates } = options
  let looking: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  async function renew(): Promise<void> {
    if (areGood(certificates, now())) return
    try {
      certificates = await openCertificates(home, now())
      await use(certificates)
      log.warn(
        `The certificate of the service was made anew, since it was not good at this time; programs that have read ${caFile(home)} must read it again.`,
      )
    } catch (error) {
      log.error(`The certificate of the service could not be made anew: ${String(error)}`)
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
