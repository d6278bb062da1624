import { createCipheriv, createHash, pbkdf2Sync, randomBytes } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { odf, odfPart } from '../engine/text/documents.ts'
import { useExtraction } from '../engine/text/extraction.ts'

const PASSWORD = 'pässword'
const ITERATIONS = 1000

/** Encrypts an ODT file as LibreOffice does, or as `names` say. */
function encrypted(
  body: string,
  names: { readonly algorithm?: string; readonly iterations?: number } = {},
): Buffer {
  const packed = deflateRawSync(odfPart(body))
  const salt = randomBytes(16)
  const iv = randomBytes(16)
  const start = createHash('sha256').update(PASSWORD).digest()
  const key = pbkdf2Sync(start, salt, ITERATIONS, 32, 'sha1')
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const content = Buffer.concat([cipher.update(packed), cipher.final()])
  const checksum = createHash('sha256').update(packed.subarray(0, 1024)).digest('base64')
  const { algorithm = 'aes256-cbc', iterations = ITERATIONS } = names
  return odf('text', '', {
    'content.xml': content,
    'META-INF/manifest.xml': odfPart(
      `<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data manifest:checksum-type="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k" manifest:checksum="${checksum}"><manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#${algorithm}" manifest:initialisation-vector="${iv.toString('base64')}"/><manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:iteration-count="${iterations}" manifest:salt="${salt.toString('base64')}"/><manifest:start-key-generation manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256"/></manifest:encryption-data></manifest:file-entry>`,
    ),
  })
}

describe('an encrypted OpenDocument file', () => {
  const { assertText, assertFails } = useExtraction()
  const words = Array.from({ length: 2000 }, (_, index) => (index * 7919).toString(36)).join(' ')

  for (const text of ['short', words]) {
    it(`is opened with its password when it has ${text.length} characters`, () =>
      assertText(encrypted(`<text:p>${text}</text:p>`), `${text}\n`, { password: PASSWORD }))
  }

  it('asks for a password', () =>
    assertFails(
      encrypted('<text:p>x</text:p>'),
      'SourceUnsupported',
      /^The ODT source is encrypted; set password to open it\.$/,
    ))

  it('does not open with another password', () =>
    assertFails(encrypted('<text:p>x</text:p>'), 'SourceUnsupported', /to the one that opens it/, {
      password: 'other',
    }))

  for (const { name, names } of [
    { name: 'is encrypted in another way', names: { algorithm: 'aes256-gcm' } },
    { name: 'takes hours to open', names: { iterations: 2_000_000_000 } },
  ]) {
    it(`fails when it ${name}`, () =>
      assertFails(encrypted('', names), 'SourceUnsupported', /an encryption that is not/, {
        password: PASSWORD,
      }))
  }
})
