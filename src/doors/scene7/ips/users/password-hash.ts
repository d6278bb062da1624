import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** What a hash costs whoever guesses: 16 MB and some 50 ms of one core, as the RFC 7914 has it for logins. */
const COST = 2 ** 14
const BLOCK_SIZE = 8
const PARALLEL = 1
const BYTES = 32

/** Hashes a password with a salt of its own; what is kept says how it was hashed. */
export async function hashForKeeping(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, COST)
  return ['scrypt', COST, salt.toString('base64url'), hash.toString('base64url')].join(':')
}

/** Whether it is the password of a hash; how long that takes says nothing of how much of it is right. */
export async function isPassword(password: string, kept: string): Promise<boolean> {
  const [, cost, salt = '', hash = ''] = kept.split(':')
  const known = Buffer.from(hash, 'base64url')
  const derived = await derive(password, Buffer.from(salt, 'base64url'), Number(cost))
  return known.length === derived.length && timingSafeEqual(known, derived)
}

function derive(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  const options = { N: cost, r: BLOCK_SIZE, p: PARALLEL }
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
