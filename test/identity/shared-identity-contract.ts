import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { openSharedCredentials } from '../../src/identity/credentials.ts'
import type { IdentityDatabase } from '../../src/identity/identity-schema.ts'
import { createNamedSealing } from '../../src/identity/named-sealing.ts'
import { createSharedSecrets } from '../../src/identity/shared-secrets.ts'
import { now, specifyAccounts } from './accounts-contract.ts'
import { KEY, openShared } from './shared-database.ts'

const schema = z.object({ a: z.string() })

async function never(): Promise<never> {
  throw new Error('it is there already')
}

/**
 * What front ends have in common, in either kind of database.
 *
 * @param make - makes an empty database
 */
export function specifySharedIdentity(make: () => Promise<IdentityDatabase>): void {
  describe('secrets', () => {
    it('are made once, and then the same for all', async () => {
      const database = await make()
      assert.deepEqual(await openSecrets(database).open('s', schema, async () => ({ a: 'x' })), {
        a: 'x',
      })
      assert.deepEqual(await openSecrets(database).open('s', schema, never), { a: 'x' })
      assert.deepEqual(await openSecrets(database).open('t', schema, async () => ({ a: 'y' })), {
        a: 'y',
      })
    })

    it('are the same for all that make them at once', async () => {
      const database = await make()
      const opened = await Promise.all(
        ['x', 'y', 'z'].map((a) => openSecrets(database).open('s', schema, async () => ({ a }))),
      )
      const [first] = opened
      assert.deepEqual(opened, [first, first, first])
    })

    it('are not there when they could not be made', async () => {
      const secrets = openSecrets(await make())
      await assert.rejects(secrets.open('s', schema, never), /it is there already/)
      assert.deepEqual(await secrets.open('s', schema, async () => ({ a: 'x' })), { a: 'x' })
    })

    it('lie encrypted', async () => {
      const database = await make()
      await openSecrets(database).open('s', schema, async () => ({ a: 'hush-hush' }))
      const rows = await database.committed.selectFrom('secrets').selectAll().execute()
      assert.deepEqual(
        rows.map(({ name, sealed }) => [name, Buffer.from(sealed).includes('hush')]),
        [['s', false]],
      )
    })

    it('are refused with another key, and stay what they are', async () => {
      const database = await make()
      await openSecrets(database).open('s', schema, async () => ({ a: 'x' }))
      await assert.rejects(openSecrets(database, 'f'.repeat(64)).open('s', schema, never), {
        message:
          'DATABASE_KEY is not the one that the secrets of this database were encrypted with.',
      })
      assert.deepEqual(await openSecrets(database).open('s', schema, never), { a: 'x' })
    })

    it('are refused where another one should be', async () => {
      const database = await make()
      await openSecrets(database).open('s', schema, async () => ({ a: 'x' }))
      await database.write((tables) => tables.updateTable('secrets').set({ name: 't' }).execute())
      await assert.rejects(openSecrets(database).open('t', schema, never), {
        message: 'The database has the secret s in the place of t.',
      })
    })

    it('get what a newer version has besides, once', async () => {
      const database = await make()
      const newer = z.object({ a: z.string(), b: z.string() })
      await openSecrets(database).open('s', schema, async () => ({ a: 'x' }))
      const expected = { a: 'x', b: 'new' }
      assert.deepEqual(await openSecrets(database).open('s', newer, never, complete), expected)
      assert.deepEqual(await openSecrets(database).open('s', newer, never), expected)
    })

    it('are refused when they are not what they must be', async () => {
      const database = await make()
      await openSecrets(database).open('s', schema, async () => ({ a: 'x' }))
      await assert.rejects(openSecrets(database).open('s', z.string(), never), {
        message: 'The secret s of the database is not what it must be.',
      })
    })

    it('give way to another one, unless somebody was faster', async () => {
      const secrets = openSecrets(await make())
      await secrets.open('s', z.string(), async () => 'worthless')
      assert.equal(await secrets.renew('s', 'worthless', 'good'), 'good')
      assert.equal(await secrets.renew('s', 'worthless', 'late'), 'good')
      assert.equal(await secrets.open('s', z.string(), never), 'good')
    })

    it('have the credentials of the service among them', async () => {
      const database = await make()
      const all = await Promise.all(
        [1, 2].map(() => openSharedCredentials(openSecrets(database), 'no-folder')),
      )
      assert.deepEqual(all[0], all[1])
    })

    it('are not made where a folder has the state of another service', async () => {
      const secrets = openSecrets(await make())
      await assert.rejects(openSharedCredentials(secrets, 'test/homes/0.1.0'), {
        message:
          'The database of DATABASE_URL is new, and test/homes/0.1.0 has the state of a service: npm run migrate copies it there, or DARKROOM_HOME must name another folder.',
      })
      const made = await openSharedCredentials(secrets, 'no-folder')
      assert.deepEqual(await openSharedCredentials(secrets, 'test/homes/0.1.0'), made)
    })
  })

  describe('accounts', () => {
    specifyAccounts(async () => {
      const { openAccounts } = openShared(await make(), now)
      return openAccounts
    })
  })
}

function openSecrets(database: IdentityDatabase, key = KEY) {
  return createSharedSecrets(database, createNamedSealing(key))
}

async function complete(kept: Record<string, unknown>): Promise<object> {
  return { b: 'new', ...kept }
}
