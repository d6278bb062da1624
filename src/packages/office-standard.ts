import { decrypt, digest, hashPassword, isHashOf } from './office-crypto.ts'

const SPINS = 50_000
const HASH = 'sha1'
const BLOCK_BYTES = 16

/**
 * Finds the key of a document with the "standard" encryption of Office 2007 (MS-OFFCRYPTO, 2.3.4.5 to 9): AES without
 * chaining.
 *
 * @param info - the stream EncryptionInfo behind its version and flags
 * @returns what decrypts the package, or undefined when the password is another
 */
export function openStandard(
  info: Buffer,
  password: string,
): ((encrypted: Buffer) => Buffer) | undefined {
  const header = info.subarray(4, 4 + info.readUInt32LE(0))
  const verifier = info.subarray(4 + header.length)
  const keyBits = header.readUInt32LE(16)
  const cipher = `aes-${keyBits}-ecb`
  const salt = verifier.subarray(4, 20)
  const spun = hashPassword({ hash: HASH, salt, spins: SPINS }, password)
  const key = deriveKey(digest(HASH, spun, Buffer.alloc(4))).subarray(0, keyBits / 8)
  const input = decrypt(cipher, key, null, verifier.subarray(20, 36))
  const expected = decrypt(cipher, key, null, verifier.subarray(40, 72))
  if (!isHashOf(expected, HASH, input)) return undefined
  return (encrypted) => {
    const whole = encrypted.length - (encrypted.length % BLOCK_BYTES)
    return decrypt(cipher, key, null, encrypted.subarray(0, whole))
  }
}

/** Makes a hash as long as any key (MS-OFFCRYPTO, 2.3.4.7). */
function deriveKey(hash: Buffer): Buffer {
  const halves = [0x36, 0x5c].map((filler) => {
    const block = Buffer.alloc(64, filler)
    for (const [index, byte] of hash.entries()) block[index] = filler ^ byte
    return digest(HASH, block)
  })
  return Buffer.concat(halves)
}
