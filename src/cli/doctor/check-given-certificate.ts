import { chmod, stat } from 'node:fs/promises'
import type { Place } from '../../config.ts'
import { type Certificates, endOf } from '../../http/certificates-schema.ts'
import {
  type CertificateFiles,
  nameByCertificate,
  readGivenCertificates,
} from '../../http/given-certificates.ts'
import { count, type Finding, remark, sound, wrong } from './finding.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Whatever renews certificates by itself does so earlier. */
const SOON_MS = 14 * DAY_MS

/** The bits of a mode that let in all users of the machine; the group of a key is often that of those who may have it. */
const EVERYBODY = 0o007

/** Looks at a certificate of one's own as a service would that starts now, and whether nobody else has its key. */
export async function* checkGivenCertificate(
  place: Pick<Place, 'address' | 'url'>,
  files: CertificateFiles,
  now: number,
): AsyncGenerator<Finding> {
  yield* checkMode(files.key)
  let certificates: Certificates
  try {
    certificates = await readGivenCertificates(files, now)
    nameByCertificate(place, certificates)
  } catch (error) {
    yield wrong(error instanceof Error ? error.message : String(error))
    return
  }
  const left = endOf(certificates) - now
  const until = new Date(endOf(certificates)).toISOString().slice(0, 10)
  const what = `The certificate in the file of DARKROOM_TLS_CERT is good until ${until}`
  if (left < SOON_MS) {
    const days = count(Math.floor(left / DAY_MS), 'day')
    yield remark(
      `${what}, which is in ${days}; it should be renewed. A service that runs shows the new one by itself.`,
    )
  } else {
    yield sound(`${what}, and is for what the service is called.`)
  }
}

async function* checkMode(key: string): AsyncGenerator<Finding> {
  const found = await stat(key).catch(() => undefined)
  if (found === undefined || (found.mode & EVERYBODY) === 0) return
  yield wrong(
    `All users of the machine can get at ${key}, the file of DARKROOM_TLS_KEY; it should be for its owner alone (600), or its group as well (640).`,
    found.uid === process.getuid?.()
      ? {
          action: `Close ${key} to all but its owner and group`,
          isAlone: false,
          run: () => chmod(key, found.mode & 0o777 & ~EVERYBODY),
        }
      : undefined,
  )
}
