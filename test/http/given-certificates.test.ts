import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { splitCertificates } from '../../src/http/authorities.ts'
import { caFile } from '../../src/http/certificate-files.ts'
import type { Certificates } from '../../src/http/certificates-schema.ts'
import { makeCertificates } from '../../src/http/certificates.ts'
import {
  givenCertificates,
  nameOfCertificate,
  readGivenCertificates,
  requireCertificateFor,
} from '../../src/http/given-certificates.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const YEAR_MS = 365 * 24 * 60 * 60 * 1000

const chainOf = ({ cert, ca }: Certificates): string => `${cert}\n${ca}`

describe('certificates of one’s own', () => {
  const folder = useTemporaryFolder()
  const now = Date.now()
  let ours: Certificates
  let others: Certificates

  before(async () => {
    ours = await makeCertificates(now, ['darkroom.example.com', '*.example.org'])
    others = await makeCertificates(now, ['other.example.com'])
  })

  function write(cert: string, key: string) {
    const files = { cert: folder.pathTo('cert.pem'), key: folder.pathTo('key.pem') }
    writeFileSync(files.cert, cert)
    writeFileSync(files.key, key)
    return files
  }

  it('are read of their files, and all that are in the one are trusted', async () => {
    const chain = chainOf(ours)
    const read = await readGivenCertificates(write(chain, ours.key), now)
    assert.deepEqual(read, { ca: chain, cert: chain, key: ours.key })
    assert.equal(splitCertificates(read.ca).length, 2)
  })

  const REFUSED: [what: string, cert: () => string, key: () => string, at: number, told: RegExp][] =
    [
      [
        'a file that is none',
        () => 'no',
        () => ours.key,
        now,
        /DARKROOM_TLS_CERT must have certif/,
      ],
      ['a key that is none', () => ours.cert, () => 'no', now, /DARKROOM_TLS_KEY must have a key/],
      [
        'one that is damaged among those that follow',
        () => `${ours.cert}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
        () => ours.key,
        now,
        /cannot be shown to anybody \(.+\); each must be whole/,
      ],
      ['the key of another', () => ours.cert, () => others.key, now, /is not that of the first/],
      [
        'one whose authority nobody knows',
        () => ours.cert,
        () => ours.key,
        now,
        /ends before .*; that of "CN=Darkroom local CA" must follow/,
      ],
      ['those that are over', () => ours.cert, () => ours.key, now + 3 * YEAR_MS, /is good from/],
      ['those yet to come', () => ours.cert, () => ours.key, now - YEAR_MS, /is good from/],
    ]
  for (const [what, cert, key, at, told] of REFUSED) {
    it(`are refused in a sentence: ${what}`, async () => {
      await assert.rejects(readGivenCertificates(write(cert(), key()), at), { message: told })
    })
  }

  it('are refused when a file is missing, with its name and nothing of a key', async () => {
    const files = { ...write(ours.cert, ours.key), key: folder.pathTo('none.pem') }
    await assert.rejects(readGivenCertificates(files, now), {
      message: /^The file of DARKROOM_TLS_KEY, .*none\.pem, cannot be read: ENOENT\.$/,
    })
  })

  it('say what the service is called', async () => {
    assert.equal(nameOfCertificate(ours), 'darkroom.example.com')
    const many = await makeCertificates(now, ['*.example.org'])
    assert.throws(() => nameOfCertificate(many), { message: /DARKROOM_URL has to/ })
  })

  for (const [origin, isIts] of [
    ['https://darkroom.example.com', true],
    ['https://darkroom.example.com:9443', true],
    ['https://a.example.org', true],
    ['https://127.0.0.1:9443', true],
    ['https://[::1]:9443', true],
    ['https://example.com', false],
    ['https://10.0.0.1', false],
  ] as const) {
    it(`${isIts ? 'are' : 'are not'} for ${origin}`, () => {
      if (isIts) return requireCertificateFor(origin, ours)
      assert.throws(() => requireCertificateFor(origin, ours), {
        message: /is not for .*; DARKROOM_URL sets another address/,
      })
    })
  }

  it('are read anew, and clients told whom to trust, whenever their files have changed', async () => {
    const home = folder.pathTo('.')
    const files = write(chainOf(ours), ours.key)
    const source = givenCertificates(home, files)
    assert.equal((await source.read(now)).cert, chainOf(ours))
    assert.equal(readFileSync(caFile(home), 'utf8'), chainOf(ours))
    writeFileSync(files.cert, chainOf(others))
    await assert.rejects(source.read(now), { message: /is not that of the first certificate/ })
    assert.equal(readFileSync(caFile(home), 'utf8'), chainOf(ours))
    writeFileSync(files.key, others.key)
    const { cert, key } = await source.read(now)
    assert.deepEqual({ cert, key }, { cert: chainOf(others), key: others.key })
    assert.equal(readFileSync(caFile(home), 'utf8'), chainOf(others))
  })
})
