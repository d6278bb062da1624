import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'

/** How a password becomes a key (MS-OFFCRYPTO, 2.3.4.7 and 2.3.4.11). */
export interface PasswordHashing {
  /** As node:crypto names it. */
  readonly hash: string
  readonly salt: Buffer
  /** How often it is hashed again. */
  readonly spins: number
}

export function digest(hash: string, ...parts: readonly Uint8Array[]): Buffer {
  const state = createHash(hash)
  for (const part of parts) state.update(part)
  return state.digest()
}

export function hashPassword({ hash, salt, spins }: PasswordHashing, password: string): Buffer {
  let value = digest(hash, salt, Buffer.from(password, 'utf16le'))
  const number = Buffer.alloc(4)
  for (let nth = 0; nth < spins; nth += 1) {
    number.writeUInt32LE(nth)
    value = digest(hash, number, value)
  }
  return value
}

/** @param iv - null for a cipher that chains nothing */
export function decrypt(cipher: string, key: Buffer, iv: Buffer | null, bytes: Buffer): Buffer {
  const decipher = createDecipheriv(cipher, key, iv).setAutoPadding(false)
  return Buffer.concat([decipher.update(bytes), decipher.final()])
}

/** Whether a decrypted hash, which may be padded, is that of what has been decrypted. */
export function isHashOf(expected: Buffer, hash: string, input: Buffer): boolean {
  const actual = digest(hash, input)
  return (
    expected.length >= actual.length && timingSafeEqual(actual, expected.subarray(0, actual.length))
  )
}
