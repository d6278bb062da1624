import { X509Certificate } from 'node:crypto'
import { getCACertificates } from 'node:tls'

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** The certificates of a text, each by itself. */
export function splitCertificates(text: string): readonly string[] {
  return text.match(PEM) ?? []
}

/** How the certificates of a file end: by whom the first of them is vouched for in the end. */
export interface ChainEnd {
  /** What is missing in the file of those who have signed, up to an authority that this machine knows; PEM. */
  readonly added: readonly string[]
  /** Whose certificate is not to be had here; undefined when it leads to an authority. */
  readonly missing: string | undefined
}

/** No chain is as long. */
const LONGEST_CHAIN = 16

/**
 * Goes from the first certificate of a file to those who have signed it. Servers leave out the last one, as whoever trusts it has it;
 * but programs that are told to trust the file alone need it, and those of Node.js know no authority that only the system does.
 *
 * @param cert - PEM, with at least one that is whole
 * @param known - the authorities that this machine knows, unless given; PEM
 */
export function findChainEnd(cert: string, known = knownAuthorities): ChainEnd {
  const given = splitCertificates(cert).map((pem) => new X509Certificate(pem))
  const added: string[] = []
  let [last] = given
  for (let length = 0; last !== undefined && length < LONGEST_CHAIN; length += 1) {
    const signed = last
    if (isOfItself(signed)) return { added, missing: undefined }
    const issuer = given.find((each) => signed.checkIssued(each))
    if (issuer === undefined) {
      const authority = findAuthority(signed, known())
      if (authority === undefined) return { added, missing: signed.issuer.replaceAll('\n', ', ') }
      added.push(authority.toString())
      if (isOfItself(authority)) return { added, missing: undefined }
      last = authority
    } else last = issuer
  }
  return { added, missing: last?.issuer.replaceAll('\n', ', ') }
}

function isOfItself(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer
}

/** Who has signed a certificate, or who it is that another authority has signed as well. */
function findAuthority(
  signed: X509Certificate,
  known: readonly string[],
): X509Certificate | undefined {
  const all = known.map((pem) => new X509Certificate(pem))
  return (
    all.find((each) => signed.checkIssued(each)) ??
    all.find((each) => each.subject === signed.subject && each.publicKey.equals(signed.publicKey))
  )
}

/** Those that Node.js knows, and those of the system, which it does not look at. */
function knownAuthorities(): readonly string[] {
  return [...getCACertificates('default'), ...getCACertificates('system')]
}
