import type { Log } from '../base/log.ts'
import type { Config } from '../config.ts'
import { openAccounts } from '../identity/accounts-file.ts'
import type { Accounts } from '../identity/accounts.ts'
import {
  type Credentials,
  openCredentials,
  openSharedCredentials,
} from '../identity/credentials.ts'
import type { IdentityTables } from '../identity/identity-schema.ts'
import type { SharedSecrets } from '../identity/shared-secrets.ts'
import { type Databases, openDatabases, type SharedDatabase } from './databases.ts'
import { createParts } from './parts.ts'

/** Who may come in, and by what they are known. */
export interface Identity {
  readonly credentials: Credentials
  readonly accounts: Accounts
  /** Undefined for one that has its secrets in its state folder. */
  readonly secrets: SharedSecrets | undefined
}

/**
 * Opens what is known of who may come in; makes it at the first start.
 *
 * @throws {Error} one sentence, when it cannot be read
 */
export async function openIdentity(
  home: string,
  { shared }: Pick<Databases, 'shared'>,
  now: () => number,
): Promise<Identity> {
  if (shared === undefined) {
    const [credentials, accounts] = await Promise.all([
      openCredentials(home),
      openAccounts(home, now),
    ])
    return { credentials, accounts, secrets: undefined }
  }
  const { secrets, openAccountsThere } = await openShared(shared, now)
  return {
    credentials: await openSharedCredentials(secrets, home),
    accounts: await openAccountsThere(),
    secrets,
  }
}

/** Opens the users and keys of the jobs API for a command; `close` lets go of them. */
export async function openAccountsAlone(
  config: Pick<Config, 'home' | 'database'>,
  log: Log,
  now: () => number,
): Promise<{ accounts: Accounts; close: () => Promise<void> }> {
  const parts = createParts()
  try {
    const { shared } = await openDatabases(config, log, parts)
    const accounts =
      shared === undefined
        ? await openAccounts(config.home, now)
        : await (await openShared(shared, now)).openAccountsThere()
    return { accounts, close: parts.unwind }
  } catch (error) {
    await parts.unwind()
    throw error
  }
}

/** Opens the secrets that front ends have in common; undefined for one that has its own in its state folder. */
export async function openSecrets(
  { shared }: Pick<Databases, 'shared'>,
  now: () => number,
): Promise<SharedSecrets | undefined> {
  return shared && (await openShared(shared, now)).secrets
}

async function openShared({ open, key }: SharedDatabase, now: () => number) {
  // Loaded only now: on a laptop there is none.
  const [
    { IDENTITY_MIGRATIONS },
    { createNamedSealing },
    { createSharedSecrets },
    { openSharedAccounts },
  ] = await Promise.all([
    import('../identity/identity-schema.ts'),
    import('../identity/named-sealing.ts'),
    import('../identity/shared-secrets.ts'),
    import('../identity/accounts-tables.ts'),
  ])
  const database = await open<IdentityTables>('identity', IDENTITY_MIGRATIONS)
  const sealing = createNamedSealing(key)
  const secrets = createSharedSecrets(database, sealing)
  return {
    secrets,
    openAccountsThere: () => openSharedAccounts({ database, secrets, sealing, now }),
  }
}
