import path from 'node:path'
import * as z from 'zod/mini'
import { openPrivateJson, writePrivateFile } from '../home/private-file.ts'

const certificatesSchema = z.object({
  /** The certificate authority's own certificate. */
  ca: z.string(),
  /** A certificate for `localhost`, signed by the authority. */
  cert: z.string(),
  /** The private key of {@link Certificates.cert}. */
  key: z.string(),
})

/** A certificate authority of this service alone and a certificate that it signed, all PEM. */
export type Certificates = z.infer<typeof certificatesSchema>

/** The file with the certificate authority of the service whose state is in `home`, PEM. */
export function caFile(home: string): string {
  return path.join(home, 'ca.pem')
}

/** Reads the certificates of the service whose state is in `home`; makes them at its first start. */
export async function openCertificates(home: string, now: number): Promise<Certificates> {
  const file = path.join(home, 'certificates.json')
  const certificates = await openPrivateJson(file, certificatesSchema, async () => {
    // Loaded only now: making certificates takes a library that no later start needs.
    const { makeCertificates } = await import('./certificates.ts')
    return makeCertificates(now)
  })
  await writePrivateFile(caFile(home), certificates.ca)
  return certificates
}
