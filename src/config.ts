import { existsSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { check } from './base/validation.ts'
import { type DatabaseSettings, readDatabaseUrl } from './database/database-url.ts'
import { EXPORT_LIMITS, type ExportLimits } from './doors/scene7/ips/exports/export-limits.ts'
import { MAX_SOURCE_PIXELS } from './engine/pictures/source.ts'
import { MAX_SOURCE_BYTES } from './fetching/save-file.ts'
import type { CertificateFiles } from './http/given-certificates.ts'
import { isLoopback, readListenAddress } from './http/listen-address.ts'
import { readTrustedProxies, type TrustedProxies } from './http/proxies.ts'
import type { PlatformAccess } from './orders/platform.ts'
import {
  type FoundPrograms,
  findPrograms,
  foldersOfAdded,
  PROGRAM_IDS,
  PROGRAMS,
} from './programs/programs.ts'
import { readStorageUrl, type StorageSettings } from './storage/storage-url.ts'

const portError = 'a port from 0 to 65535, 0 for any free one'

function wholeNumberOf(unit: string) {
  const error = `a whole number of ${unit}, 1 or more`
  // Larger ones are no whole numbers any more.
  return z.pipe(z.string().check(z.regex(/^[1-9]\d{0,14}$/, { error })), z.transform(Number))
}

const LOOPBACK = '127.0.0.1'

const DAY_MS = 24 * 60 * 60 * 1000
const GIGABYTE = 1000 ** 3

/** A whole number; 0 stands for none. */
const limitOf = (unit: string) =>
  z.pipe(
    z
      .string()
      .check(z.regex(/^\d{1,6}$/, { error: `a whole number of ${unit}, 0 for no such limit` })),
    z.transform(Number),
  )

const addressError =
  'an IP address of this machine, and perhaps a port behind it, such as 0.0.0.0:9443 or [::]:9443'

const listenAddress = z
  .string()
  .check(z.refine((text) => readListenAddress(text) !== undefined, { error: addressError }))

const urlError =
  'the https: URL of the service without a path, such as https://darkroom.example.com'

const proxiesError =
  'IP addresses and networks of proxies with commas between them, such as 192.0.2.7,10.0.0.0/8'

const trustedProxies = z.pipe(
  z
    .string()
    .check(z.refine((text) => readTrustedProxies(text) !== undefined, { error: proxiesError })),
  z.transform((text) => readTrustedProxies(text)),
)

const publicUrl = z.pipe(
  z.string().check(z.refine((text) => originOf(text) !== undefined, { error: urlError })),
  z.transform((text) => originOf(text) ?? text),
)

/** The origin that is all of a URL. */
function originOf(text: string): string | undefined {
  const url = URL.parse(text)
  return url?.protocol === 'https:' && url.href === `${url.origin}/` ? url.origin : undefined
}

/** Every variable that the service reads, by its name in the environment. */
export const variables = z.object({
  DARKROOM_PORT: z._default(
    z.pipe(
      z.string().check(z.regex(/^\d{1,5}$/, { error: portError })),
      z.pipe(z.transform(Number), z.number().check(z.maximum(65_535, { error: portError }))),
    ),
    9443,
  ),
  DARKROOM_LISTEN: z._default(listenAddress, LOOPBACK),
  DARKROOM_TLS_CERT: z.optional(z.string().check(z.minLength(1, { error: 'a file' }))),
  DARKROOM_TLS_KEY: z.optional(z.string().check(z.minLength(1, { error: 'a file' }))),
  DARKROOM_URL: z.optional(publicUrl),
  DARKROOM_TRUSTED_PROXIES: z.optional(trustedProxies),
  DARKROOM_HOME: z._default(z.string().check(z.minLength(1, { error: 'a folder' })), '.darkroom'),
  DARKROOM_STORAGE_DAYS: z._default(limitOf('days'), 30),
  DARKROOM_STORAGE_GB: z._default(limitOf('gigabytes'), 50),
  LOG_LEVEL: z._default(
    z.enum(['error', 'warn', 'info', 'verbose', 'debug', 'silly'], {
      error: 'one of error, warn, info, verbose, debug, silly',
    }),
    'info',
  ),
  LOG_FORMAT: z._default(z.enum(['text', 'json'], { error: 'text or json' }), 'text'),
  // Read by the worker itself, as an input in manifest.yml; here so that a mistake is found at the start.
  MAX_SOURCE_PIXELS: z._default(wholeNumberOf('pixels'), MAX_SOURCE_PIXELS),
  MAX_SOURCE_BYTES: z._default(wholeNumberOf('bytes'), MAX_SOURCE_BYTES),
  EXPORT_MAX_ASSETS: z._default(wholeNumberOf('assets'), EXPORT_LIMITS.mostAssets),
  EXPORT_MAX_BYTES: z._default(wholeNumberOf('bytes'), EXPORT_LIMITS.mostBytes),
  EXPORT_MAX_PIXELS: z._default(wholeNumberOf('pixels'), EXPORT_LIMITS.mostPixels),
})

/** Where a service can be reached, and by whom. */
export interface Place {
  /** The IP address to listen at. */
  readonly address: string
  /** The files of its certificate and key, as absolute paths; without them it has a certificate of its own making. */
  readonly tls: CertificateFiles | undefined
  /** The origin by which others reach it, such as `https://darkroom.example.com`. */
  readonly url: string | undefined
  /** Whether it is for more than the person at this machine, so that everything is behind credentials. */
  readonly isTeam: boolean
}

/** Where the service of a laptop is, and each that a command has for itself. */
export const ON_THIS_MACHINE: Place = {
  address: LOOPBACK,
  tls: undefined,
  url: undefined,
  isTeam: false,
}

/** Where activations run other than on this machine. */
export interface Elsewhere {
  /** The origin by which what runs there reaches this service. */
  readonly publicUrl: string
  /** What actions are deployed to; undefined for this machine. */
  readonly platform: PlatformAccess | undefined
  /** What runs the actions that are not deployed, those below `local` in manifest.yml; undefined for this machine. */
  readonly localRuntime: PlatformAccess | undefined
}

/** How the service is set up. */
export interface Config {
  /** The port to listen on; 0 for any free one. */
  port: number
  place: Place
  /** Undefined where all activations run on this machine. */
  elsewhere: Elsewhere | undefined
  /** The origin of `PUBLIC_URL`, also where all activations run here: then that of other services whose activations do. */
  publicUrl: string | undefined
  /** Where `aio` deploys actions to, though none runs there; undefined where it says nothing, or they do. */
  apiHostOfAio: string | undefined
  /** Whose word about who has sent a request is believed; undefined for nobody's. */
  trustedProxies: TrustedProxies | undefined
  /** The folder of all state, as an absolute path. */
  home: string
  /** How long objects of the storage are kept that clients have put there, and how much of them; undefined for no limit. */
  storageLimits: { longestMs: number | undefined; mostBytes: number | undefined }
  /** The object store elsewhere that objects are in, instead of the state folder. */
  storage: StorageSettings | undefined
  /** The database elsewhere that the tables are in, instead of the state folder. */
  database: DatabaseSettings | undefined
  /** How much is logged. */
  logLevel: 'error' | 'warn' | 'info' | 'verbose' | 'debug' | 'silly'
  /** What opens the metrics; without it they are for this machine alone. */
  metricsToken: string | undefined
  /** Whether the log is for people, or for programs: one JSON object a line. */
  logFormat: 'text' | 'json'
  /** What `$NAME` stands for in the inputs of manifest.yml; a program's variable for where it was found. */
  manifestVariables: Readonly<Record<string, string | undefined>>
  /** The programs of this machine that conversions can be made with. */
  programs: FoundPrograms
  /** Where `npm run add` brings things, each by its name; an absolute path. */
  added: Readonly<Record<string, string>>
  /** The most pixels that a source may have. */
  maxSourcePixels: number
  /** How much an export of IPS may be. */
  exportLimits: ExportLimits
  /** Whether npm started this process, as opposed to a shell or another program. */
  startedByNpm: boolean
  /** The file of authorities that Node.js was told to trust besides its own; undefined for none. */
  extraAuthorities: string | undefined
  /** What of the environment the processes of actions get to see: enough to run programs, and no secrets. */
  actionEnvironment: Record<string, string>
  /** The folder for what is built, and what tests write, as `aio` has it; relative to the current folder. */
  buildFolder: string
  /** Where the jobs API is that commands use, and their key for it, by the names that CloudConvert's clients read. */
  jobsApi: { url: string | undefined; key: string | undefined }
  /** By which server mails are sent, if by any, and from which address. */
  mail: { smtp: string | undefined; from: string }
}

let project: string | undefined

/**
 * Has commands serve the project of a folder, wherever the current folder is: its `.env` is read, and what its variables name
 * is relative to it.
 */
export function useProject(folder: string): void {
  project = path.resolve(folder)
}

/** The folder of the project that is served, or where to begin to look for it: the current folder unless told otherwise. */
export function projectFolder(): string {
  return project ?? process.cwd()
}

const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot']

/**
 * Reads the environment, and `.env` in the folder of the project beneath it. The only place that does.
 *
 * @param folder - that of the project
 * @throws {Error} one sentence naming the variable that is wrong
 */
export function readConfig(folder = projectFolder()): Config {
  const file = path.join(folder, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  const checked = check(variables, process.env)
  if (!checked.ok) throw new Error(checked.message)
  const {
    DARKROOM_PORT: otherPort,
    DARKROOM_LISTEN: listen,
    DARKROOM_TLS_CERT: cert,
    DARKROOM_TLS_KEY: key,
    DARKROOM_URL: url,
    DARKROOM_TRUSTED_PROXIES: proxies,
    DARKROOM_HOME: home,
    DARKROOM_STORAGE_DAYS: days,
    DARKROOM_STORAGE_GB: gigabytes,
    LOG_LEVEL: logLevel,
    LOG_FORMAT: logFormat,
    MAX_SOURCE_PIXELS: maxSourcePixels,
    EXPORT_MAX_ASSETS: mostAssets,
    EXPORT_MAX_BYTES: mostBytes,
    EXPORT_MAX_PIXELS: mostPixels,
  } = checked.value
  const elsewhere = readElsewhere(process.env)
  const { address = LOOPBACK, port = otherPort } = readListenAddress(listen) ?? {}
  const passedOn = PASSED_ON.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  const programs = findPrograms(process.env, { project: folder })
  const found = PROGRAM_IDS.map((id) => [PROGRAMS[id].variable, programs[id]])
  return {
    port,
    place: readPlace({ address, cert, key, url, elsewhere }, folder),
    elsewhere,
    // Other programs have variables of this name, for what is no such URL.
    publicUrl: originOf(process.env['PUBLIC_URL'] ?? ''),
    apiHostOfAio: elsewhere?.platform ? undefined : process.env['AIO_RUNTIME_APIHOST'] || undefined,
    trustedProxies: proxies,
    home: path.resolve(folder, home),
    storageLimits: {
      longestMs: days === 0 ? undefined : days * DAY_MS,
      mostBytes: gigabytes === 0 ? undefined : gigabytes * GIGABYTE,
    },
    storage: process.env['STORAGE_URL']
      ? readStorageUrl(process.env['STORAGE_URL'], process.env)
      : undefined,
    database: process.env['DATABASE_URL'] ? readDatabase(process.env['DATABASE_URL']) : undefined,
    logLevel,
    logFormat,
    metricsToken: readMetricsToken(process.env),
    manifestVariables: { ...process.env, ...Object.fromEntries(found) },
    programs,
    added: foldersOfAdded(process.env, folder),
    maxSourcePixels,
    exportLimits: { mostAssets, mostBytes, mostPixels },
    startedByNpm: process.env['npm_lifecycle_event'] !== undefined,
    extraAuthorities: process.env['NODE_EXTRA_CA_CERTS'] || undefined,
    actionEnvironment: Object.fromEntries(passedOn),
    mail: readMailSettings(process.env),
    buildFolder: process.env['AIO_BUILD_DIR'] || 'build',
    jobsApi: {
      url: process.env['CLOUDCONVERT_API_URL'] || undefined,
      key: process.env['CLOUDCONVERT_API_KEY'] || undefined,
    },
  }
}

/**
 * Reads where a database is that is named elsewhere than in `DATABASE_URL`.
 *
 * @throws {Error} one sentence, as for that variable
 */
export function readDatabase(url: string): DatabaseSettings {
  return readDatabaseUrl(url, process.env)
}

/** The value is not told when it is wrong: it is a secret. */
function readMetricsToken({ METRICS_TOKEN: token }: NodeJS.ProcessEnv): string | undefined {
  if (token && !/^[\u0021-\u007e]+$/.test(token)) {
    throw new Error('METRICS_TOKEN must be letters, digits and signs without spaces.')
  }
  return token || undefined
}

function readPlace(
  {
    address,
    cert,
    key,
    url,
    elsewhere,
  }: Record<'cert' | 'key' | 'url', string | undefined> & {
    address: string
    elsewhere: Elsewhere | undefined
  },
  folder: string,
): Place {
  if ((cert === undefined) !== (key === undefined)) {
    const [given, missing] = cert === undefined ? ['KEY', 'CERT'] : ['CERT', 'KEY']
    throw new Error(`DARKROOM_TLS_${given} is nothing without DARKROOM_TLS_${missing}.`)
  }
  const tls =
    cert === undefined || key === undefined
      ? undefined
      : { cert: path.resolve(folder, cert), key: path.resolve(folder, key) }
  const isOpen = !isLoopback(address)
  if (isOpen && tls === undefined) {
    throw new Error(
      `DARKROOM_LISTEN lets others than this machine connect, at ${address}; that takes a certificate of your own, in the files that DARKROOM_TLS_CERT and DARKROOM_TLS_KEY name.`,
    )
  }
  // The tunnel or proxy behind PUBLIC_URL leads others here.
  return { address, tls, url, isTeam: isOpen || url !== undefined || elsewhere !== undefined }
}

/**
 * `AIO_RUNTIME_*` are in the `.env` of many a project, for `aio` alone: unless `PUBLIC_URL` says how what runs there gets here, nothing
 * does. Keys are not told when they are wrong.
 */
function readElsewhere(environment: NodeJS.ProcessEnv): Elsewhere | undefined {
  const { AIO_RUNTIME_APIHOST: apiHost, LOCAL_RUNTIME_URL: localRuntime } = environment
  const { PUBLIC_URL: told } = environment
  if (localRuntime && !told) {
    throw new Error(
      'LOCAL_RUNTIME_URL is nothing without PUBLIC_URL, by which what runs there reaches this service.',
    )
  }
  if (!told || (!apiHost && !localRuntime)) return undefined
  const origin = originOf(told)
  if (origin === undefined) throw new Error(`PUBLIC_URL must be ${urlError}.`)
  return {
    publicUrl: origin,
    platform: apiHost ? readPlatform(apiHost, environment) : undefined,
    localRuntime: localRuntime ? readLocalRuntime(localRuntime) : undefined,
  }
}

function readPlatform(given: string, environment: NodeJS.ProcessEnv): PlatformAccess {
  const { AIO_RUNTIME_NAMESPACE: namespace, AIO_RUNTIME_AUTH: apiKey } = environment
  // As aio has it, https: may be left out.
  const url = readApiHost(/^https?:/i.test(given) ? given : `https://${given}`)
  if (url === undefined || url.username !== '') {
    throw new Error(
      'AIO_RUNTIME_APIHOST must be the https: URL of an OpenWhisk, such as https://adobeioruntime.net.',
    )
  }
  const missing = namespace ? 'AIO_RUNTIME_AUTH' : 'AIO_RUNTIME_NAMESPACE'
  if (!namespace || !apiKey) {
    throw new Error(
      `With AIO_RUNTIME_APIHOST and PUBLIC_URL actions run there, which takes ${missing} as well.`,
    )
  }
  if (!KEY.test(apiKey)) {
    throw new Error('AIO_RUNTIME_AUTH must be a key such as USER:PASSWORD, as aio has it.')
  }
  return { apiHost: pathOf(url), namespace, apiKey, keyName: 'AIO_RUNTIME_AUTH' }
}

function readLocalRuntime(given: string): PlatformAccess {
  const url = readApiHost(given)
  const apiKey = `${url?.username}:${url?.password}`
  if (url === undefined || !KEY.test(apiKey)) {
    throw new Error(
      'LOCAL_RUNTIME_URL must be the https: URL of another Darkroom with the key of its namespace, such as https://USER:PASSWORD@darkroom.example.com.',
    )
  }
  return { apiHost: pathOf(url), namespace: undefined, apiKey, keyName: 'LOCAL_RUNTIME_URL' }
}

/** What OpenWhisk knows a namespace by. */
const KEY = /^[^\s:]+:[^\s]+$/

/** A URL that keys may be sent to. */
function readApiHost(given: string): URL | undefined {
  const url = URL.parse(given)
  if (url === null || url.search !== '' || url.hash !== '') return undefined
  const isOwn = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return url.protocol === 'https:' || (url.protocol === 'http:' && isOwn) ? url : undefined
}

function pathOf({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

/** The value is not told when it is wrong: a password may be in it. */
function readMailSettings({ SMTP_URL: smtp, MAIL_FROM: from }: NodeJS.ProcessEnv): Config['mail'] {
  if (smtp && !/^smtps?:\/\/\S+$/.test(smtp)) {
    throw new Error('SMTP_URL must be a URL such as smtps://user:password@mail.example.com.')
  }
  return { smtp: smtp || undefined, from: from || 'darkroom@localhost' }
}
