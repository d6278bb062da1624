import assert from 'node:assert/strict'
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { X509CertificateGenerator } from '@peculiar/x509'
import { findChainEnd, splitCertificates } from '../../src/http/authorities.ts'
import type { Certificates } from '../../src/http/certificates-schema.ts'
import { makeCertificates } from '../../src/http/certificates.ts'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
type Keys = Awaited<ReturnType<typeof newKeys>>

const trimmed = (pem: string): string => pem.trim()
const nobody = (): never => assert.fail('nobody else is looked for')

/** A certificate of a key under a name, signed by another. */
async function certify(subject: string, of: Keys, issuer: string, by: Keys): Promise<string> {
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${subject}`,
    publicKey: of.publicKey,
    issuer: `CN=${issuer}`,
    signingKey: by.privateKey,
    signingAlgorithm: ALGORITHM,
  })
  return certificate.toString('pem')
}

describe('who vouches for a certificate', () => {
  let ours: Certificates
  let others: Certificates
  before(async () => {
    ours = await makeCertificates(Date.now(), ['darkroom.example.com'])
    others = await makeCertificates(Date.now(), ['other.example.com'])
  })
  it('is in the file', () => {
    assert.deepEqual(findChainEnd(`${ours.cert}\n${others.ca}\n${ours.ca}`, nobody), {
      added: [],
      missing: undefined,
    })
  })

  it('is itself, where it is signed by itself', () => {
    assert.deepEqual(
      findChainEnd(ours.ca, () => []),
      { added: [], missing: undefined },
    )
  })

  it('is an authority of the machine, which is added', () => {
    const { added, missing } = findChainEnd(ours.cert, () => [others.ca, ours.ca])
    assert.deepEqual([added.map(trimmed), missing], [[trimmed(ours.ca)], undefined])
  })

  it('is an authority of the machine that is in the file as an older one has signed it', async () => {
    const [leaf, root, older] = await Promise.all([newKeys(), newKeys(), newKeys()])
    const [own, crossed, itself] = await Promise.all([
      certify('Leaf', leaf, 'Root', root),
      certify('Root', root, 'Older', older),
      certify('Root', root, 'Root', root),
    ])
    const { added, missing } = findChainEnd(`${own}\n${crossed}`, () => [ours.ca, itself])
    assert.deepEqual([added.map(trimmed), missing], [[trimmed(itself)], undefined])
  })

  it('is told where it is not to be had', () => {
    assert.deepEqual(
      findChainEnd(ours.cert, () => [others.ca]),
      {
        added: [],
        missing: 'CN=Darkroom local CA',
      },
    )
    assert.equal(splitCertificates(`${ours.cert}\n${ours.ca}`).length, 2)
  })
})
