import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { createSecureContext } from 'node:tls'
import { writePrivateFile } from '../home/private-file.ts'
import { findChainEnd, splitCertificates } from './authorities.ts'
import { caFile } from './certificate-files.ts'
import type { CertificateSource } from './certificate-renewal.ts'
import type { Certificates } from './certificates-schema.ts'
import { isLoopback } from './listen-address.ts'

/** The files of a certificate that somebody else has made. */
export interface CertificateFiles {
  /** PEM: that of the service, and those of who has signed it. */
  readonly cert: string
  /** PEM. */
  readonly key: string
}

/**
 * The certificates of files that somebody else writes, and may replace while the service runs. Who talks to the service is told to
 * trust whatever is in the file of the certificate, and the authority behind it.
 */
export function givenCertificates(home: string, files: CertificateFiles): CertificateSource {
  return {
    async read(now) {
      const certificates = await readGivenCertificates(files, now)
      const told = await readFile(caFile(home), 'utf8').catch(() => undefined)
      if (told !== certificates.ca) await writePrivateFile(caFile(home), certificates.ca)
      return certificates
    },
    news: `The service shows the certificate that is in ${files.cert} now; programs that have read ${caFile(home)} must read it again.`,
  }
}

/**
 * Reads a certificate and its key, which others than this service have made. Whatever is in the file of the certificate is
 * trusted by what the service starts, as an authority of one's own is to be; where that is left out, it is added.
 *
 * @throws {Error} one sentence when a file cannot be read, they do not go together, no server can show them, the certificate is not
 * good at this time, or nobody knows who has signed it
 */
export async function readGivenCertificates(
  files: CertificateFiles,
  now: number,
): Promise<Certificates> {
  const [cert, key] = await Promise.all([
    readText('DARKROOM_TLS_CERT', files.cert),
    readText('DARKROOM_TLS_KEY', files.key),
  ])
  const certificate = firstOf(cert)
  if (!certificate.checkPrivateKey(keyOf(key))) {
    throw new Error(
      'The key in the file of DARKROOM_TLS_KEY is not that of the first certificate in the file of DARKROOM_TLS_CERT.',
    )
  }
  requireUsable(cert, key)
  const { validFrom, validTo } = certificate
  if (now < Date.parse(validFrom) || Date.parse(validTo) < now) {
    throw new Error(
      `The certificate in the file of DARKROOM_TLS_CERT is good from ${validFrom} to ${validTo} only; it has to be one that is good now.`,
    )
  }
  const { added, missing } = findChainEnd(cert)
  if (missing !== undefined) {
    throw new Error(
      `The file of DARKROOM_TLS_CERT ends before a certificate of an authority that this machine knows; that of ${JSON.stringify(missing)} must follow, or clients and the workers here refuse the service.`,
    )
  }
  return { ca: [cert, ...added].join('\n'), cert, key }
}

/**
 * The name that a certificate is for; the first where there are several.
 *
 * @throws {Error} one sentence when it is for none, or for too many
 */
export function nameOfCertificate({ cert }: Pick<Certificates, 'cert'>): string {
  const name = /(?:^|, )DNS:([\w.-]+)(?:,|$)/.exec(firstOf(cert).subjectAltName ?? '')?.[1]
  if (name !== undefined) return name
  throw new Error(
    'The certificate in the file of DARKROOM_TLS_CERT does not tell what the service is called; DARKROOM_URL has to, as in https://darkroom.example.com.',
  )
}

/**
 * Makes sure that clients who look for a host take the certificate.
 *
 * @throws {Error} one sentence when they do not
 */
export function requireCertificateFor(origin: string, { cert }: Pick<Certificates, 'cert'>): void {
  const host = new URL(origin).hostname.replace(/^\[(.*)\]$/, '$1')
  const certificate = firstOf(cert)
  const isIts = isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)
  if (isIts !== undefined) return
  throw new Error(
    `The certificate in the file of DARKROOM_TLS_CERT is not for ${host}, where the service is reached by ${origin}; DARKROOM_URL sets another address.`,
  )
}

/**
 * By which origin a service is reached that has a certificate of one's own: the URL that was given, the name of the certificate where others
 * can connect, or else `localhost`.
 *
 * @throws {Error} one sentence when the certificate is for no name, or for another
 */
export function nameByCertificate(
  { url, address }: { url: string | undefined; address: string },
  certificates: Pick<Certificates, 'cert'>,
): { url?: string; name?: string } {
  const name =
    url === undefined && !isLoopback(address) ? nameOfCertificate(certificates) : undefined
  requireCertificateFor(url ?? `https://${name ?? 'localhost'}`, certificates)
  return { ...(url !== undefined && { url }), ...(name !== undefined && { name }) }
}

/** One of those that follow may be damaged, and a key too short for anybody to take it. */
function requireUsable(cert: string, key: string): void {
  try {
    createSecureContext({ cert, key, ca: [...splitCertificates(cert)] })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(
      `The certificates in the file of DARKROOM_TLS_CERT cannot be shown to anybody (${why}); each must be whole, and its key long enough.`,
      { cause: error },
    )
  }
}

function firstOf(cert: string): X509Certificate {
  try {
    return new X509Certificate(cert)
  } catch (error) {
    throw new Error(
      'The file of DARKROOM_TLS_CERT must have certificates in PEM, that of the service first.',
      { cause: error },
    )
  }
}

function keyOf(text: string): KeyObject {
  try {
    return createPrivateKey(text)
  } catch (error) {
    throw new Error('The file of DARKROOM_TLS_KEY must have a key in PEM, without a passphrase.', {
      cause: error,
    })
  }
}

async function readText(variable: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code = 'it is none' }: NodeJS.ErrnoException =
      error instanceof Error ? error : new Error(String(error))
    throw new Error(`The file of ${variable}, ${file}, cannot be read: ${code}.`, { cause: error })
  }
}
