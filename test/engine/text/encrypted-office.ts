import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { compound } from './compound.ts'

/** What Office writes takes 100,000. */
const SPINS = 1000
/** What opens the documents of this file. */
export const PASSWORD = 'pässword'

const hash = (name: string, ...parts: readonly Uint8Array[]): Buffer =>
  createHash(name).update(Buffer.concat(parts)).digest()

function encrypt(cipher: string, key: Buffer, iv: Buffer | null, bytes: Buffer): Buffer {
  const padded = Buffer.concat([bytes, Buffer.alloc((16 - (bytes.length % 16)) % 16)])
  const state = createCipheriv(cipher, key, iv).setAutoPadding(false)
  return Buffer.concat([state.update(padded), state.final()])
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function spin(name: string, salt: Buffer, spins: number): Buffer {
  let value = hash(name, salt, Buffer.from(PASSWORD, 'utf16le'))
  for (let nth = 0; nth < spins; nth += 1) value = hash(name, number(nth), value)
  return value
}

function withLength(bytes: Buffer, encrypted: Buffer): Buffer {
  return Buffer.concat([number(bytes.length), number(0), encrypted])
}

/** Encrypts a package as Office 2010 and later do. */
export function agile(bytes: Buffer): Buffer {
  const salt = randomBytes(16)
  const dataSalt = randomBytes(16)
  const key = randomBytes(32)
  const input = randomBytes(16)
  const spun = spin('sha512', salt, SPINS)
  const lock = (purpose: string, value: Buffer): string => {
    const secret = hash('sha512', spun, Buffer.from(purpose, 'hex')).subarray(0, 32)
    return encrypt('aes-256-cbc', secret, salt, value).toString('base64')
  }
  const common = 'keyBits="256" blockSize="16" hashAlgorithm="SHA512" cipherAlgorithm="AES"'
  const xml = `<encryption xmlns:p="p"><keyData ${common} saltValue="${dataSalt.toString('base64')}"/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount="${SPINS}" ${common} saltValue="${salt.toString('base64')}" encryptedVerifierHashInput="${lock('fea7d2763b4b9e79', input)}" encryptedVerifierHashValue="${lock('d7aa0f6d3061344e', hash('sha512', input))}" encryptedKeyValue="${lock('146e0be7abacd0d6', key)}"/></keyEncryptor></keyEncryptors></encryption>`
  const segments: Buffer[] = []
  for (let at = 0; at < bytes.length; at += 4096) {
    const iv = hash('sha512', dataSalt, number(at / 4096)).subarray(0, 16)
    segments.push(encrypt('aes-256-cbc', key, iv, bytes.subarray(at, at + 4096)))
  }
  return compound({
    EncryptionInfo: Buffer.concat([Buffer.from('0400040040000000', 'hex'), Buffer.from(xml)]),
    EncryptedPackage: withLength(bytes, Buffer.concat(segments)),
  })
}

/** Encrypts a package as Office 2007 does. */
export function standard(bytes: Buffer): Buffer {
  const salt = randomBytes(16)
  const final = hash('sha1', spin('sha1', salt, 50_000), number(0))
  const block = Buffer.alloc(64, 0x36)
  for (const [index, byte] of final.entries()) block[index] = 0x36 ^ byte
  const key = hash('sha1', block).subarray(0, 16)
  const input = randomBytes(16)
  const header = Buffer.concat(
    [0x24, 0, 0x660e, 0x8004, 128, 0x18, 0, 0].map(number).concat(Buffer.from('A\0\0\0', 'latin1')),
  )
  const info = Buffer.concat([
    Buffer.from('0300020024000000', 'hex'),
    number(header.length),
    header,
    number(16),
    salt,
    encrypt('aes-128-ecb', key, null, input),
    number(20),
    encrypt('aes-128-ecb', key, null, hash('sha1', input)),
  ])
  return compound({
    EncryptionInfo: info,
    EncryptedPackage: withLength(bytes, encrypt('aes-128-ecb', key, null, bytes)),
  })
}
