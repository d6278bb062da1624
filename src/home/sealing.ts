import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Encrypts what lies in the state folder and would open doors elsewhere, such as the passwords of somebody's storage. */
export interface Sealing {
  seal: (text: string) => Uint8Array
  /** @throws {Error} when the bytes were not sealed with this key, or have been changed */
  open: (sealed: Uint8Array) => string
}

/** @param key - 32 bytes in hexadecimal */
export function createSealing(key: string): Sealing {
  // Node reads a key that comes as bytes anew each time, which takes longer than to encrypt.
  const secret = createSecretKey(key, 'hex')
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, secret, nonce, { authTagLength: TAG_BYTES })
      const sealed = [cipher.update(text, 'utf8'), cipher.final()]
      return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed])
    },
    open(sealed) {
      const bytes = Buffer.from(sealed)
      const nonce = bytes.subarray(0, NONCE_BYTES)
      const decipher = createDecipheriv(CIPHER, secret, nonce, { authTagLength: TAG_BYTES })
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      const opened = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES))
      return Buffer.concat([opened, decipher.final()]).toString()
    },
  }
}
