import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { STATE_DATABASES } from '../../src/compose/state-files.ts'
import { presign, readJournal, register, sendProcess, signIn, trust, upload } from './api-client.ts'
import { type EndedCommand, runCommand } from './command.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const CLIENTS = 8

/** How much every client is told to be done with before a backup begins. */
const BEFORE = 12

/** What a client does in its turn: an object that stays, one that is replaced each time, and a rendition. */
interface Acknowledged {
  objects: Map<string, string>
  renditions: string[]
}

function startClients(origin: string, headers: Record<string, string>, target: string) {
  const told: Acknowledged = { objects: new Map(), renditions: [] }
  let isOver = false
  let enough: () => void
  const hasBegun = new Promise<void>((resolve) => {
    enough = resolve
  })

  async function work(client: number): Promise<void> {
    for (let turn = 0; !isOver; turn += 1) {
      const key = `kept/${client}-${turn}`
      const bytes = `${key} `.repeat(200 * (1 + (turn % 7)))
      await upload(origin, headers, key, bytes)
      told.objects.set(key, bytes)
      await upload(origin, headers, `replaced/${client}`, bytes)
      const name = `${client}-${turn}`
      const renditions = [{ name, fmt: 'png', target }]
      const source = `${origin}/nothing`
      const response = await sendProcess(origin, headers, { source, renditions })
      assert.equal(response.status, 200)
      told.renditions.push(name)
      if (told.renditions.length >= CLIENTS * BEFORE) enough()
    }
  }

  const clients = Promise.all(Array.from({ length: CLIENTS }, (_none, client) => work(client)))
  return {
    hasBegun,
    /** What was acknowledged until now. */
    soFar: (): Acknowledged => ({
      objects: new Map(told.objects),
      renditions: [...told.renditions],
    }),
    async end(): Promise<void> {
      isOver = true
      await clients
    },
  }
}

describe('a backup of a service that works', function () {
  this.timeout(240_000)
  const home = useHome()
  const restored = useHome()
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-test-'))
  let service: ServiceProcess
  let headers: Record<string, string>
  let journal: string
  let clients: ReturnType<typeof startClients>

  before(async () => {
    service = await startServiceProcess({ home, manifest: 'instant.yml', assets: folder })
    trust(home)
    headers = await signIn(service.origin, home)
    journal = await register(service.origin, headers)
    const target = await presign(service.origin, headers, 'target', 'w')
    clients = startClients(service.origin, headers, target)
    await clients.hasBegun
  })
  after(() => rmSync(folder, { recursive: true }))

  const environment = { DARKROOM_HOME: home }
  /** What backups have left: an empty folder may be just being made, for all that a service knows. */
  const left = (): string[] =>
    readdirSync(home)
      .filter((name) => name.startsWith('darkroom-own-'))
      .flatMap((name) => readdirSync(path.join(home, name)))

  it('knows every database of it', () => {
    const found = readdirSync(home, { recursive: true, encoding: 'utf8' })
    const known = STATE_DATABASES.map(({ name }) => name)
    const databases = found.filter((name) => name.endsWith('.sqlite'))
    assert.deepEqual(
      databases.filter((name) => !known.includes(name)),
      [],
    )
    assert.ok(databases.length > 4, databases.join())
  })

  it('that is killed is no backup, and the next start removes what it left', async () => {
    // Wherever it is by then: the whole of it takes longer than the first of these.
    let killed = 0
    for (const milliseconds of [1, 20, 60, 200]) {
      const file = path.join(folder, `killed-${milliseconds}.tar`)
      const child = spawn(process.execPath, ['src/cli/backup.ts', file], {
        env: { ...process.env, ...environment },
        stdio: 'ignore',
      })
      while (!existsSync(`${file}.${child.pid}.draft`) && child.exitCode === null) {
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
      setTimeout(() => child.kill('SIGKILL'), milliseconds)
      await once(child, 'close')
      const draft = `${file}.${child.pid}.draft`
      if (child.signalCode === null) continue
      killed += 1
      assert.ok(!existsSync(file))
      const refused = await runCommand('restore', [draft], { DARKROOM_HOME: restored })
      assert.equal(refused.code, 1, refused.stderr)
      assert.match(refused.stderr, /has no end|is no backup of Darkroom/)
    }
    assert.ok(killed > 0)
  })

  it('has all that was acknowledged before it began, and is a home that a service starts in', async () => {
    const before = clients.soFar()
    const backups: EndedCommand[] = []
    for (const number of [1, 2, 3]) {
      const file = path.join(folder, `${number}.tar`)
      backups.push(await runCommand('backup', [file, '--json'], environment))
    }
    await clients.end()
    for (const { code, stderr } of backups) assert.equal(code, 0, stderr)
    assert.equal(statSync(path.join(folder, '1.tar')).mode & 0o777, 0o600)
    service.child.kill('SIGKILL')
    await service.exited

    const made = await runCommand('restore', [path.join(folder, '1.tar')], {
      DARKROOM_HOME: restored,
    })
    assert.equal(made.code, 0, made.stderr)
    const again = await startServiceProcess({
      home: restored,
      manifest: 'instant.yml',
      port: Number(new URL(service.origin).port),
      assets: folder,
    })
    // Nothing in it is unknown to its index, nor missing.
    assert.doesNotMatch(again.errors(), /moved to|missing/)
    for (const [key, bytes] of before.objects) {
      const url = await presign(again.origin, headers, key, 'r')
      assert.equal(await (await fetch(url)).text(), bytes, key)
    }
    for (let client = 0; client < CLIENTS; client += 1) {
      const url = await presign(again.origin, headers, `replaced/${client}`, 'r')
      assert.match(await (await fetch(url)).text(), new RegExp(`^kept/${client}-`))
    }
    let names: string[] = []
    const isTold = (name: string): boolean => names.includes(name)
    while (!before.renditions.every(isTold)) {
      const events = await readJournal(journal, headers, names.length + 1)
      names = events.map(({ event }) => String(Object(event['rendition']).name))
    }
    assert.equal(new Set(names).size, names.length, 'no event twice')
    again.child.kill('SIGTERM')
    assert.equal(await again.exited, 0)
  })

  it('leaves nothing in the home, once a service was started there again', async () => {
    service = await startServiceProcess({ home, manifest: 'instant.yml', warm: [] })
    assert.deepEqual(left(), [])
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
  })
})
