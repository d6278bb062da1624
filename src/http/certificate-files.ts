import { X509Certificate } from 'node:crypto'
import path from 'node:path'
import { openPrivateJson, writePrivateFile } from '../home/private-file.ts'
import { type Certificates, certificatesSchema } from './certificates-schema.ts'

/** A service that runs for days must not outlive its certificate. */
const RENEWAL_MS = 30 * 24 * 60 * 60 * 1000

/** The file with the certificate authority of the service whose state is in `home`, PEM. */
export function caFile(home: string): string {
  return path.join(home, 'ca.pem')
}

/**
 * Reads the certificates of the service whose state is in `home`; makes them at its first start, and anew before they
 * expire.
 */
export async function openCertificates(home: string, now: number): Promise<Certificates> {
  const file = path.join(home, 'certificates.json')
  const make = async () => {
    // Loaded only now: making certificates takes a library that hardly any later start needs.
    const { makeCertificates } = await import('./certificates.ts')
    return makeCertificates(now)
  }
  let certificates = await openPrivateJson(file, certificatesSchema, make)
  if (Date.parse(new X509Certificate(certificates.cert).validTo) < now + RENEWAL_MS) {
    certificates = await make()
    await writePrivateFile(file, JSON.stringify(certificates, undefined, 2))
  }
  await writePrivateFile(caFile(home), certificates.ca)
  return certificates
}
