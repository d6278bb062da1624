import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { openPrivateJson, writePrivateFile } from '../home/private-file.ts'
import type { CertificateSource } from './certificate-renewal.ts'
import { type Certificates, certificatesSchema } from './certificates-schema.ts'

/** A service that runs for days must not outlive its certificate. */
const RENEWAL_MS = 30 * 24 * 60 * 60 * 1000

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

/** The certificates that a service makes for itself: whoever has them made anew, or deletes the file, has others shown. */
export function ownCertificates(home: string): CertificateSource {
  return {
    read: (now) => openCertificates(home, now),
    news: `The certificate of the service was made anew; programs that have read ${caFile(home)} must read it again.`,
  }
}
