import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { isDictionary, nameOf, type PdfDictionary, type PdfValue } from './values.ts'

/** How a piece of a file is encrypted. */
type Method = 'none' | 'RC4' | 'AES-128' | 'AES-256'

/** What strings and streams of an encrypted file are read with. */
export interface Decryption {
  /** Decrypts a string of an object. */
  readonly text: (bytes: Buffer, number: number, generation: number) => Buffer
  /**
   * Decrypts a stream of an object.
   *
   * @param filter - the crypt filter that it names itself
   */
  readonly stream: (
    bytes: Buffer,
    of: {
      readonly number: number
      readonly generation: number
      readonly filter: string | undefined
    },
  ) => Buffer
  /** Whether packets of metadata are encrypted as other streams are. */
  readonly coversMetadata: boolean
}

/** Whether and how a file can be opened. */
export type Security =
  | { readonly state: 'none' }
  | { readonly state: 'open'; readonly decryption: Decryption }
  /** No password was given, or another one; `coversMetadata` as in {@link Decryption}. */
  | { readonly state: 'locked'; readonly coversMetadata: boolean }
  /** For certificates, or of a kind that is not known. */
  | { readonly state: 'unknown' }

/** The string that fills passwords up (ISO 32000-1, algorithm 2). */
const PADDING = Buffer.from(
  '28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A',
  'hex',
)

const NO_VECTOR = Buffer.alloc(16)

/** The entries of an encryption dictionary that keys are made of. */
interface Handler {
  readonly revision: number
  /** Of the key, in bytes. */
  readonly keyBytes: number
  readonly owner: Buffer
  readonly user: Buffer
  readonly ownerKey: Buffer
  readonly userKey: Buffer
  readonly permissions: number
  readonly id: Buffer
  readonly coversMetadata: boolean
}

/**
 * Opens a file with a password, be it that of its owner or that of everybody else, or without one (ISO 32000-2, 7.6).
 *
 * @param encrypt - the encryption dictionary, of which all values are there
 * @param id - the first part of the file's identifier
 */
export function openSecurity(
  encrypt: PdfDictionary | undefined,
  id: Buffer,
  password: string | undefined,
): Security {
  if (encrypt === undefined) return { state: 'none' }
  const version = numberIn(encrypt, 'V', 0)
  const revision = numberIn(encrypt, 'R', 0)
  const isKnown = [1, 2, 4, 5].includes(version) && revision >= 2 && revision <= 6
  if (nameOf(encrypt.get('Filter')) !== 'Standard' || !isKnown) return { state: 'unknown' }
  const coversMetadata = encrypt.get('EncryptMetadata') !== false
  const handler: Handler = {
    revision,
    keyBytes: keyBytesOf(encrypt, version),
    owner: bytesIn(encrypt, 'O'),
    user: bytesIn(encrypt, 'U'),
    ownerKey: bytesIn(encrypt, 'OE'),
    userKey: bytesIn(encrypt, 'UE'),
    permissions: numberIn(encrypt, 'P', 0) | 0,
    id,
    coversMetadata,
  }
  const key = findKey(handler, password)
  if (key === undefined) return { state: 'locked', coversMetadata }
  return { state: 'open', decryption: createDecryption(encrypt, version, key, coversMetadata) }
}

function keyBytesOf(encrypt: PdfDictionary, version: number): number {
  if (version === 5) return 32
  if (version === 1) return 5
  const usual = version === 4 ? 128 : 40
  const bits = numberIn(encrypt, 'Length', usual)
  // Some write how many bytes.
  const bytes = bits < 40 ? bits : bits / 8
  return version === 4 ? 16 : Math.min(16, Math.max(5, Math.floor(bytes)))
}

/** @returns undefined when no way to read the password opens the file */
function findKey(handler: Handler, password: string | undefined): Buffer | undefined {
  for (const attempt of spell(password ?? '', handler.revision)) {
    const key =
      handler.revision >= 5 ? findModernKey(handler, attempt) : findEarlyKey(handler, attempt)
    if (key !== undefined) return key
  }
  return undefined
}

/** The bytes that writers make of a password; there should be one way, and there are several. */
function spell(password: string, revision: number): Buffer[] {
  const plain = Buffer.from(password)
  const composed = Buffer.from(password.normalize('NFKC').replaceAll(/[\u00AD\u200B-\u200D]/gu, ''))
  const latin = Buffer.from(password.normalize('NFC'), 'latin1')
  const spellings = revision >= 5 ? [composed, plain] : [latin, plain, composed]
  return spellings.map((bytes) => (revision >= 5 ? bytes.subarray(0, 127) : bytes))
}

/** Revisions 2 to 4, by MD5 and RC4. */
function findEarlyKey(handler: Handler, password: Buffer): Buffer | undefined {
  const asUser = earlyKey(handler, password)
  if (isEarlyUser(handler, asUser)) return asUser
  const asOwner = earlyKey(handler, userPasswordOf(handler, password))
  return isEarlyUser(handler, asOwner) ? asOwner : undefined
}

/** ISO 32000-1, algorithm 2. */
function earlyKey(handler: Handler, password: Buffer): Buffer {
  const { revision, keyBytes, owner, permissions, id, coversMetadata } = handler
  const flags = Buffer.alloc(4)
  flags.writeInt32LE(permissions)
  const parts = [pad(password), owner.subarray(0, 32), flags, id]
  if (revision >= 4 && !coversMetadata) parts.push(Buffer.alloc(4, 0xff))
  let key = md5(...parts)
  if (revision >= 3)
    for (let round = 0; round < 50; round += 1) key = md5(key.subarray(0, keyBytes))
  return key.subarray(0, keyBytes)
}

/** ISO 32000-1, algorithm 7. */
function userPasswordOf({ revision, keyBytes, owner }: Handler, password: Buffer): Buffer {
  let key = md5(pad(password))
  if (revision >= 3) for (let round = 0; round < 50; round += 1) key = md5(key)
  key = key.subarray(0, keyBytes)
  return undoRounds(owner.subarray(0, 32), key, revision)
}

/** ISO 32000-1, algorithms 4 to 6. */
function isEarlyUser({ revision, user, id }: Handler, key: Buffer): boolean {
  if (revision === 2) return rc4(key, PADDING).equals(user.subarray(0, 32))
  const expected = md5(PADDING, id)
  return undoRounds(user.subarray(0, 16), key, revision).equals(expected)
}

function undoRounds(bytes: Buffer, key: Buffer, revision: number): Buffer {
  let plain = bytes
  for (let round = revision === 2 ? 0 : 19; round >= 0; round -= 1) {
    plain = rc4(
      key.map((byte) => byte ^ round),
      plain,
    )
  }
  return plain
}

function pad(password: Buffer): Buffer {
  return Buffer.concat([password, PADDING]).subarray(0, 32)
}

/** Revisions 5 and 6, by SHA-2 and AES (ISO 32000-2, algorithm 2.A). */
function findModernKey(handler: Handler, password: Buffer): Buffer | undefined {
  const { revision, owner, user, ownerKey, userKey } = handler
  const ofUser = user.subarray(0, 48)
  const isOwner = hash(revision, password, owner.subarray(32, 40), ofUser).equals(
    owner.subarray(0, 32),
  )
  if (isOwner && ownerKey.length >= 32) {
    const key = hash(revision, password, owner.subarray(40, 48), ofUser)
    return aes('aes-256-cbc', key, NO_VECTOR, ownerKey.subarray(0, 32))
  }
  const nobody = Buffer.alloc(0)
  const isUser = hash(revision, password, user.subarray(32, 40), nobody).equals(
    user.subarray(0, 32),
  )
  if (!isUser || userKey.length < 32) return undefined
  const key = hash(revision, password, user.subarray(40, 48), nobody)
  return aes('aes-256-cbc', key, NO_VECTOR, userKey.subarray(0, 32))
}

/** ISO 32000-2, algorithm 2.B; revision 5 has its first line only. */
function hash(revision: number, password: Buffer, salt: Buffer, ofUser: Buffer): Buffer {
  let key = sha('sha256', password, salt, ofUser)
  if (revision < 6) return key
  for (let round = 0, last = 0; round < 64 || last > round - 32; round += 1) {
    const once = Buffer.concat([password, key, ofUser])
    const many = Buffer.concat(Array.from({ length: 64 }, () => once))
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32))
    const encrypted = cipher.setAutoPadding(false).update(many)
    const remainder = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3
    key = sha(remainder === 0 ? 'sha256' : remainder === 1 ? 'sha384' : 'sha512', encrypted)
    last = encrypted.at(-1) ?? 0
  }
  return key.subarray(0, 32)
}

function createDecryption(
  encrypt: PdfDictionary,
  version: number,
  key: Buffer,
  coversMetadata: boolean,
): Decryption {
  const methodOf = (filter: string | undefined): Method =>
    version < 4 ? 'RC4' : methodOfFilter(encrypt, filter)
  const ofTexts = methodOf(nameOf(encrypt.get('StrF')))
  const ofStreams = nameOf(encrypt.get('StmF'))
  return {
    coversMetadata,
    text: (bytes, number, generation) => decrypt(bytes, ofTexts, key, number, generation),
    stream: (bytes, { number, generation, filter }) =>
      decrypt(bytes, methodOf(filter ?? ofStreams), key, number, generation),
  }
}

function methodOfFilter(encrypt: PdfDictionary, filter: string | undefined): Method {
  const filters = encrypt.get('CF')
  const found = isDictionary(filters) && filter !== undefined ? filters.get(filter) : undefined
  const name = isDictionary(found) ? nameOf(found.get('CFM')) : undefined
  return METHODS.get(name ?? '') ?? 'none'
}

/** What crypt filters call them. */
const METHODS: ReadonlyMap<string, Method> = new Map([
  ['V2', 'RC4'],
  ['AESV2', 'AES-128'],
  ['AESV3', 'AES-256'],
])

/** ISO 32000-2, algorithms 1 and 1.A. */
function decrypt(
  bytes: Buffer,
  method: Method,
  key: Buffer,
  number: number,
  generation: number,
): Buffer {
  if (method === 'none') return bytes
  if (method === 'AES-256') return decryptAes('aes-256-cbc', key, bytes)
  const place = Buffer.alloc(5)
  place.writeUIntLE(number, 0, 3)
  place.writeUIntLE(generation, 3, 2)
  const salt = method === 'RC4' ? [] : [Buffer.from('sAlT')]
  const own = md5(key, place, ...salt).subarray(0, Math.min(16, key.length + 5))
  return method === 'RC4' ? rc4(own, bytes) : decryptAes('aes-128-cbc', own, bytes)
}

/** In front are the 16 bytes of its vector, and at the end is what fills the last block up. */
function decryptAes(cipher: string, key: Buffer, bytes: Buffer): Buffer {
  const whole = bytes.length - (bytes.length % 16)
  if (whole < 32) return Buffer.alloc(0)
  const plain = aes(cipher, key, bytes.subarray(0, 16), bytes.subarray(16, whole))
  const filler = plain.at(-1) ?? 0
  return filler >= 1 && filler <= 16 ? plain.subarray(0, plain.length - filler) : plain
}

function aes(cipher: string, key: Buffer, vector: Buffer, bytes: Buffer): Buffer {
  return createDecipheriv(cipher, key, vector).setAutoPadding(false).update(bytes)
}

/** OpenSSL has it no more, unless it is told to. */
function rc4(key: Uint8Array, bytes: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index)
  let other = 0
  for (let index = 0; index < 256; index += 1) {
    const held = state[index] ?? 0
    other = (other + held + (key[index % key.length] ?? 0)) & 0xff
    state[index] = state[other] ?? 0
    state[other] = held
  }
  const plain = Buffer.alloc(bytes.length)
  let one = 0
  other = 0
  for (const [index, byte] of bytes.entries()) {
    one = (one + 1) & 0xff
    const held = state[one] ?? 0
    other = (other + held) & 0xff
    state[one] = state[other] ?? 0
    state[other] = held
    plain[index] = byte ^ (state[((state[one] ?? 0) + held) & 0xff] ?? 0)
  }
  return plain
}

function md5(...parts: readonly Buffer[]): Buffer {
  return sha('md5', ...parts)
}

function sha(
  algorithm: 'md5' | 'sha256' | 'sha384' | 'sha512',
  ...parts: readonly Buffer[]
): Buffer {
  const digest = createHash(algorithm)
  for (const part of parts) digest.update(part)
  return digest.digest()
}

function numberIn(dictionary: PdfDictionary, name: string, usual: number): number {
  const value: PdfValue | undefined = dictionary.get(name)
  return typeof value === 'number' ? value : usual
}

function bytesIn(dictionary: PdfDictionary, name: string): Buffer {
  const value = dictionary.get(name)
  return Buffer.isBuffer(value) ? value : Buffer.alloc(0)
}
