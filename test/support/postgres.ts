import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { chown } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { type Environment, findOnPath } from '../../src/programs/programs.ts'
import { freePort } from './free-port.ts'

/** Where Debian has its versions, which are not on the path. */
const DEBIAN = '/usr/lib/postgresql'

/** The folder of PostgreSQL's programs; undefined where it is not installed. */
export function findPostgres(environment: Environment): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : []
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0]
  if (newest !== undefined) return path.join(DEBIAN, newest, 'bin')
  const onPath = findOnPath(['pg_ctl'], environment)
  return onPath === undefined ? undefined : path.dirname(onPath)
}

/** A PostgreSQL of its own, with its files in a temporary folder. */
export interface PostgresCluster {
  /** Of the database that is there from the beginning. */
  readonly url: string
  /** The process that all others come of; another one after each start. */
  readonly pid: () => number
  /** Makes an empty database; returns its URL. */
  readonly createDatabase: () => Promise<string>
  /** Cuts the connections to a database of all whose name begins like this; their names are `application_name`. */
  readonly cutConnections: (url: string, name: string) => Promise<void>
  /** Ends it at once, as a kill does; what is committed is kept. */
  readonly kill: () => Promise<void>
  /** Starts it again where it was. */
  readonly start: () => Promise<void>
  /** Ends it at once, and removes its files. */
  readonly stop: () => void
}

/**
 * Starts one.
 *
 * @param isDurable - whether what is committed is safe from a power cut; without it there are no waits for the disk
 */
export async function startPostgres(isDurable = false): Promise<PostgresCluster> {
  const programs = findPostgres(process.env) ?? ''
  if (programs === '') throw new Error('PostgreSQL is not installed')
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-postgres-'))
  // It refuses to be run by root.
  const owner = process.getuid?.() === 0 ? ownerOf() : undefined
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid)
  const options = { ...owner, cwd: folder, stdio: 'ignore' } as const
  const data = path.join(folder, 'data')
  const run = (program: string, args: readonly string[]): void =>
    void execFileSync(path.join(programs, program), args, options)
  run('initdb', ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '-E', 'UTF8'])
  const port = await freePort()
  const settings = `-c fsync=${isDurable ? 'on' : 'off'} -c port=${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`
  const starting = ['-D', data, '-l', path.join(folder, 'log'), '-o', settings, '-w', 'start']
  const killing = ['-D', data, '-m', 'immediate', '-w', 'stop']
  run('pg_ctl', starting)
  const urlOf = (name: string): string => `postgres://postgres@127.0.0.1:${port}/${name}`
  async function control(args: readonly string[]): Promise<void> {
    const [code] = await once(spawn(path.join(programs, 'pg_ctl'), args, options), 'exit')
    if (code !== 0) throw new Error(`pg_ctl ended with ${code}`)
  }
  async function ask(query: string, values: readonly string[] = []): Promise<void> {
    const client = new Client(urlOf('postgres'))
    await client.connect()
    await client.query(query, [...values])
    await client.end()
  }

  return {
    url: urlOf('postgres'),
    pid: () => Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]),
    async createDatabase() {
      const name = `test_${randomBytes(8).toString('hex')}`
      await ask(`CREATE DATABASE ${name}`)
      return urlOf(name)
    },
    cutConnections: (url, name) =>
      ask(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND starts_with(application_name, $2)',
        [path.basename(new URL(url).pathname), name],
      ),
    async kill() {
      await control(killing)
    },
    async start() {
      await control(starting)
    },
    stop() {
      if (existsSync(path.join(data, 'postmaster.pid'))) run('pg_ctl', killing)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function ownerOf(): { uid: number; gid: number } {
  return { uid: idOf('-u'), gid: idOf('-g') }
}

function idOf(flag: string): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
}
