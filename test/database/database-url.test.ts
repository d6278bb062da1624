import assert from 'node:assert/strict'
import { nameDatabase, readDatabaseUrl } from '../../src/database/database-url.ts'

const KEY = '0123456789abcdef'.repeat(4)

describe('DATABASE_URL', () => {
  const databases: [url: string, taken: string, name: string][] = [
    ['postgres://me:hush@db.test/dark', 'postgres://me:hush@db.test/dark', 'db.test:5432/dark'],
    ['postgresql://me@db.test:6/d%20k', 'postgresql://me@db.test:6/d%20k', 'db.test:6/d k'],
    [
      'postgres://me@[::1]/dark?sslmode=disable',
      'postgres://me@[::1]/dark?sslmode=disable',
      '[::1]:5432/dark',
    ],
    [
      'postgres://me@db.test/dark?sslmode=require',
      'postgres://me@db.test/dark?sslmode=verify-full',
      'db.test:5432/dark',
    ],
    ['postgres:///dark?host=/run/pg', 'postgres:///dark?host=/run/pg', '/run/pg/dark'],
    ['postgres:///dark', 'postgres:///dark', 'localhost:5432/dark'],
  ]
  for (const [given, url, name] of databases) {
    it(`reads ${given}`, () => {
      assert.deepEqual(readDatabaseUrl(given, { DATABASE_KEY: KEY }), { url, key: KEY })
      assert.equal(nameDatabase(url), name)
    })
  }

  const wrong: [url: string, key: string | undefined, message: RegExp][] = [
    ['hush', KEY, /^DATABASE_URL must be postgres:\/\/USER:PASSWORD@HOST:PORT\/DATABASE/],
    ['mysql://me:hush@db.test/dark', KEY, /^DATABASE_URL must be postgres:/],
    ['postgres://me:hush@db.test', KEY, /^DATABASE_URL must be postgres:/],
    ['postgres://me:hush@db.test/', KEY, /^DATABASE_URL must be postgres:/],
    ['postgres://me:hush@db.test/dark?sslmode=no-verify', KEY, /^sslmode in DATABASE_URL must be/],
    ['postgres://me:hush@db.test/dark', undefined, /^DATABASE_URL takes DATABASE_KEY as well/],
    ['postgres://me:hush@db.test/dark', 'hush', /^DATABASE_URL takes DATABASE_KEY as well/],
    ['postgres://me:hush@db.test/dark', `${KEY}0`, /^DATABASE_URL takes DATABASE_KEY as well/],
  ]
  for (const [url, key, message] of wrong) {
    it(`refuses ${url} with ${key === KEY ? 'a' : (key ?? 'no')} key, and tells no secret`, () => {
      assert.throws(
        () => readDatabaseUrl(url, { DATABASE_KEY: key }),
        (error: Error) => {
          assert.match(error.message, message)
          return !error.message.includes('hush')
        },
      )
    })
  }
})
