import { unsupported } from './document-errors.ts'
import { type Attributes, parseMarkup } from './markup.ts'
import { decrypt, digest, hashPassword, isHashOf } from './office-crypto.ts'

/** As often as a password may be hashed (MS-OFFCRYPTO, 2.3.4.10). Office does it 100,000 times. */
const MOST_SPINS = 10_000_000

/** An encrypted package is in segments of as many bytes, each with an initialisation vector of its own. */
const SEGMENT_BYTES = 4096

/** What the keys for the parts of the information are made with (MS-OFFCRYPTO, 2.3.4.11 and 2.3.4.13). */
const VERIFIER_INPUT = Buffer.from('fea7d2763b4b9e79', 'hex')
const VERIFIER_HASH = Buffer.from('d7aa0f6d3061344e', 'hex')
const KEY_VALUE = Buffer.from('146e0be7abacd0d6', 'hex')

/** What encrypts: the document, or the key to it. */
interface Encryption {
  readonly cipher: string
  readonly keyBytes: number
  readonly blockBytes: number
  readonly hash: string
  readonly salt: Buffer
}

/**
 * Finds the key of a document with the "agile" encryption of Office 2010 and later (MS-OFFCRYPTO, 2.3.4.10 to 15).
 *
 * @param xml - the stream EncryptionInfo behind its version and flags
 * @returns what decrypts the package, or undefined when the password is another
 */
export async function openAgile(
  xml: string,
  password: string,
): Promise<((encrypted: Buffer) => Buffer) | undefined> {
  const elements = await readElements(xml)
  const data = readEncryption(elements.get('keyData') ?? {})
  const attributes = elements.get('encryptedKey') ?? {}
  const lock = readEncryption(attributes)
  const spins = Number(attributes['spinCount'])
  if (spins > MOST_SPINS) throw unsupported('a password that is hashed too often to be checked')
  const spun = hashPassword({ hash: lock.hash, salt: lock.salt, spins }, password)

  function unlock(purpose: Buffer, value: string | undefined): Buffer {
    const key = fit(digest(lock.hash, spun, purpose), lock.keyBytes)
    const iv = fit(lock.salt, lock.blockBytes)
    return decrypt(lock.cipher, key, iv, Buffer.from(value ?? '', 'base64'))
  }

  const input = unlock(VERIFIER_INPUT, attributes['encryptedVerifierHashInput'])
  const expected = unlock(VERIFIER_HASH, attributes['encryptedVerifierHashValue'])
  if (!isHashOf(expected, lock.hash, input.subarray(0, lock.salt.length))) return undefined
  const key = unlock(KEY_VALUE, attributes['encryptedKeyValue']).subarray(0, data.keyBytes)
  return (encrypted) => decryptSegments(encrypted, key, data)
}

function decryptSegments(encrypted: Buffer, key: Buffer, data: Encryption): Buffer {
  const segments: Buffer[] = []
  const number = Buffer.alloc(4)
  for (let at = 0; at < encrypted.length; at += SEGMENT_BYTES) {
    number.writeUInt32LE(at / SEGMENT_BYTES)
    const iv = fit(digest(data.hash, data.salt, number), data.blockBytes)
    segments.push(decrypt(data.cipher, key, iv, encrypted.subarray(at, at + SEGMENT_BYTES)))
  }
  return Buffer.concat(segments)
}

async function readElements(xml: string): Promise<Map<string, Attributes>> {
  const elements = new Map<string, Attributes>()
  await parseMarkup(
    [xml],
    { open: (name, attributes) => void elements.set(name, attributes) },
    { language: 'XML' },
  )
  return elements
}

function readEncryption(attributes: Attributes): Encryption {
  const keyBits = Number(attributes['keyBits'])
  return {
    cipher: `aes-${keyBits}-cbc`,
    keyBytes: keyBits / 8,
    blockBytes: Number(attributes['blockSize']),
    hash: (attributes['hashAlgorithm'] ?? '').toLowerCase(),
    salt: Buffer.from(attributes['saltValue'] ?? '', 'base64'),
  }
}

/** Cut to a length, or filled up to it as MS-OFFCRYPTO, 2.3.4.11 says. */
function fit(bytes: Buffer, length: number): Buffer {
  return bytes.length >= length
    ? bytes.subarray(0, length)
    : Buffer.concat([bytes, Buffer.alloc(length - bytes.length, 0x36)])
}
