import { X509Certificate } from 'node:crypto'
import * as z from 'zod/mini'

/** Schema of {@link Certificates}, as they are kept. */
export const certificatesSchema = z.object({
  /** The certificate authority's own certificate. */
  ca: z.string(),
  /** A certificate for `localhost`, signed by the authority. */
  cert: z.string(),
  /** The private key of {@link Certificates.cert}. */
  key: z.string(),
})

/** A certificate authority of this service alone and a certificate that it signed, all PEM. */
export type Certificates = z.infer<typeof certificatesSchema>

/** When a certificate is not good any more, in milliseconds since 1970. */
export function endOf({ cert }: Certificates): number {
  return Date.parse(new X509Certificate(cert).validTo)
}
