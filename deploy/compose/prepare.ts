/**
 * What deploy/compose.yaml runs before all else: makes the passwords, keys and certificates of its services, at the first start, and
 * gives each service a folder with those that are its own and nobody else's. Nothing of it is in the repository or in an environment
 * that Docker shows.
 */
import { randomBytes, X509Certificate } from 'node:crypto'
import { lchown, mkdir, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { openPrivateJson, writePrivateFile } from '../../src/home/private-file.ts'
import { certificatesSchema, endOf, type Certificates } from '../../src/http/certificates-schema.ts'
import { makeCertificates } from '../../src/http/certificates.ts'
import { openCredentials } from '../../src/identity/credentials.ts'

/** A certificate is made anew when it is good for less. */
const RENEWAL_MS = 30 * 24 * 60 * 60 * 1000

/** How Debian's image of PostgreSQL, that of HAProxy and our own number their users. */
const USERS = { postgres: 999, balancer: 99, darkroom: 1000 } as const

const secretsSchema = z.object({
  /** Of the user of PostgreSQL. */
  databasePassword: z.string(),
  /** Encrypts what front ends share in the database. */
  databaseKey: z.string(),
  /** The key of the bucket, as Garage has them: `GK` and 12 bytes. */
  storeKeyId: z.string(),
  storeKey: z.string(),
  /** Garage wants one, though it talks to itself alone. */
  storeRpcSecret: z.string(),
})

type Secrets = z.infer<typeof secretsSchema>

/** Where the services are, and the folders that each has. */
export interface Prepared {
  /** Such as `darkroom.example.com`; the store is at `store.` and the runtime at `runtime.` before it. */
  readonly host: string
  readonly port: number
  /** What this has made, to make it once. */
  readonly kept: string
  /** Where somebody may have put a certificate of their own, as `cert.pem` with its chain and `key.pem`, and `settings.env` of front ends. */
  readonly own: string
  /** The folders that are mounted into the services. */
  readonly folders: Readonly<
    Record<'front' | 'runtime' | 'postgres' | 'store' | 'balancer' | 'runtimeHome', string>
  >
}

/**
 * Makes what is not there yet, and writes the folder of each service anew.
 *
 * @param options.give - has a folder and all that is in it belong to a user
 * @throws {Error} one sentence about a certificate of one's own that is not whole, or not for all names
 */
export async function prepare(
  { host, port, kept, own, folders }: Prepared,
  options: { now: number; give: (folder: string, user: number) => Promise<void> },
): Promise<void> {
  const { now, give } = options
  const secrets = await openPrivateJson(path.join(kept, 'secrets.json'), secretsSchema, makeSecrets)
  const hosts = [host, `store.${host}`, `runtime.${host}`]
  const certificateOf = (name: string, names: readonly string[]): Promise<Certificates> =>
    openCertificates(path.join(kept, `${name}.json`), names, now)
  const ofServices = await certificateOf('certificates', [...hosts, 'postgres'])
  // The runtime runs the code of others, which may read its key: so that is good for itself alone.
  const ofRuntime = await certificateOf('runtime-certificates', hosts.slice(2))
  const shown = await readOwnCertificate(own, hosts)
  const settings = (await readOwn(own, 'settings.env')) ?? ''
  const { runtimeKey } = await openCredentials(folders.runtimeHome)

  // Whoever talks to another by a name of the balancer is shown what that shows.
  const authorities = [ofServices.ca, ofRuntime.ca, shown?.cert ?? ''].join('\n')
  const tlsOf = ({ cert, ca, key }: Certificates) => ({
    'cert.pem': `${cert}\n${ca}`,
    'key.pem': key,
    'ca.pem': authorities,
  })
  const ofStore = {
    AWS_ACCESS_KEY_ID: secrets.storeKeyId,
    AWS_SECRET_ACCESS_KEY: secrets.storeKey,
  }
  const database = `postgres://darkroom:${secrets.databasePassword}@postgres/darkroom?sslmode=verify-full`
  const files: readonly [keyof Prepared['folders'], number, Readonly<Record<string, string>>][] = [
    [
      'front',
      USERS.darkroom,
      {
        ...tlsOf(ofServices),
        // The last of several lines counts.
        '.env': `${variables({
          ...ofStore,
          DATABASE_URL: database,
          DATABASE_KEY: secrets.databaseKey,
          AIO_RUNTIME_AUTH: runtimeKey,
          LOCAL_RUNTIME_URL: `https://${runtimeKey}@runtime.${host}${port === 443 ? '' : `:${port}`}`,
        })}${settings}`,
      },
    ],
    // Nothing of the database either.
    ['runtime', USERS.darkroom, { ...tlsOf(ofRuntime), '.env': variables(ofStore) }],
    [
      'postgres',
      USERS.postgres,
      {
        'cert.pem': ofServices.cert,
        'key.pem': ofServices.key,
        password: secrets.databasePassword,
      },
    ],
    [
      'store',
      USERS.darkroom,
      {
        '.env': variables({
          GARAGE_DEFAULT_ACCESS_KEY: secrets.storeKeyId,
          GARAGE_DEFAULT_SECRET_KEY: secrets.storeKey,
          GARAGE_DEFAULT_BUCKET: 'darkroom',
          GARAGE_RPC_SECRET: secrets.storeRpcSecret,
        }),
      },
    ],
    [
      'balancer',
      USERS.balancer,
      {
        'shown.pem': `${shown?.cert ?? `${ofServices.cert}\n${ofServices.ca}`}\n${shown?.key ?? ofServices.key}`,
        'ca.pem': authorities,
      },
    ],
  ]
  for (const [name, user, contents] of files) {
    const folder = folders[name]
    await mkdir(folder, { recursive: true })
    for (const [file, text] of Object.entries(contents)) {
      await writePrivateFile(path.join(folder, file), text)
    }
    await give(folder, user)
  }
  await give(folders.runtimeHome, USERS.darkroom)
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}

async function makeSecrets(): Promise<Secrets> {
  return {
    databasePassword: hex(24),
    databaseKey: hex(32),
    storeKeyId: `GK${hex(12)}`,
    storeKey: hex(32),
    storeRpcSecret: hex(32),
  }
}

/** Reads a certificate by which services know each other, or makes it: at first, for other names, and before it expires. */
async function openCertificates(
  file: string,
  hosts: readonly string[],
  now: number,
): Promise<Certificates> {
  const make = (): Promise<Certificates> => makeCertificates(now, hosts)
  const found = await openPrivateJson(file, certificatesSchema, make)
  const { subjectAltName = '' } = new X509Certificate(found.cert)
  const names = [...subjectAltName.matchAll(/DNS:([^,]+)/g)].map(([, name]) => name)
  if (names.join() === hosts.join() && endOf(found) - now > RENEWAL_MS) return found
  const made = await make()
  await writePrivateFile(file, JSON.stringify(made, undefined, 2))
  return made
}

/** What the balancer is to show; undefined when nobody has a certificate of their own. */
async function readOwnCertificate(
  folder: string,
  hosts: readonly string[],
): Promise<{ cert: string; key: string } | undefined> {
  const [cert, key] = await Promise.all([readOwn(folder, 'cert.pem'), readOwn(folder, 'key.pem')])
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined) {
    throw new Error('The folder own must have both cert.pem and key.pem, or neither.')
  }
  const certificate = new X509Certificate(cert)
  for (const host of hosts) {
    if (certificate.checkHost(host) === undefined) {
      throw new Error(
        `The certificate in own/cert.pem must be for ${hosts.join(', ')}; it is not for ${host}.`,
      )
    }
  }
  return { cert, key }
}

/** A file that somebody may have put there; undefined when nobody has. */
async function readOwn(folder: string, name: string): Promise<string | undefined> {
  return readFile(path.join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

/** As files of variables are, for Node.js and shells alike; no value has a sign that means something to either. */
function variables(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('')
}

/** Only an administrator can give files away. Where links lead that somebody has put there is not given. */
async function giveAway(folder: string, user: number): Promise<void> {
  for (const name of await readdir(folder)) {
    await lchown(path.join(folder, name), user, user).catch((error: NodeJS.ErrnoException) => {
      // A service that runs meanwhile has taken it away again.
      if (error.code !== 'ENOENT') throw error
    })
  }
  await lchown(folder, user, user)
}

if (import.meta.main) {
  const { DARKROOM_HOST: host = '', DARKROOM_PORT: port } = process.env
  await prepare(
    {
      host,
      port: Number(port),
      kept: '/run/kept',
      own: '/run/own',
      folders: {
        front: '/run/front',
        runtime: '/run/runtime',
        postgres: '/run/postgres',
        store: '/run/store',
        balancer: '/run/balancer',
        runtimeHome: '/var/lib/darkroom',
      },
    },
    { now: Date.now(), give: giveAway },
  ).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
