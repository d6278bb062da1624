import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { amountOf, itThoroughly } from '../support/amounts.ts'
import { presign, readJournal, register, sendProcess, signIn, trust, upload } from './api-client.ts'
import { drawPhoto } from './photo.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const NPM_START = ['npm', 'start', '--silent'] as const

/** Every process that descends from `pid`. */
function descendantsOf(pid: number): number[] {
  const children = childrenOf(pid)
  return children.flatMap((child) => [child, ...descendantsOf(child)])
}

function childrenOf(pid: number): number[] {
  // Small Linux images have no `ps`, and other systems have no /proc.
  const text = existsSync('/proc/self/task')
    ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    : execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
  return text.split(/\s+/).filter(Boolean).map(Number)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // What nobody waited for after its end is still listed, as a zombie.
    return (
      !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    )
  } catch {
    return false
  }
}

describe('npm start', function () {
  this.timeout(300_000)
  const home = useHome()

  const signals = amountOf({ thoroughly: ['SIGTERM', 'SIGINT'], usually: ['SIGINT'] } as const)
  for (const signal of signals) {
    it(`ends with status 0 and leaves no process behind on ${signal}`, async () => {
      const service = await startServiceProcess({ home, command: NPM_START })
      const pid = service.child.pid ?? 0
      const processes = descendantsOf(pid)
      assert.ok(processes.length >= 2, 'the service and a warm worker')
      service.child.kill(signal)
      assert.equal(await service.exited, 0)
      assert.deepEqual(processes.filter(isAlive), [])
    })
  }

  it('lets what runs come to its end when it is asked to stop', async () => {
    const service = await startServiceProcess({ home, command: NPM_START })
    const { origin } = service
    trust(home)
    const headers = await signIn(origin, home)
    const journal = await register(origin, headers)
    const source = await upload(origin, headers, 'source.jpg', await drawPhoto(3000, 2000))
    const target = await presign(origin, headers, 'target.png', 'w')
    const renditions = [{ name: 'a.png', fmt: 'png', target }]
    await sendProcess(origin, headers, { source, renditions })
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)

    const port = Number(new URL(origin).port)
    const again = await startServiceProcess({ home, port, command: NPM_START })
    const response = await fetch(journal, { headers })
    assert.equal(response.status, 200)
    const { events } = Object(await response.json())
    assert.deepEqual(
      events.map(({ event }: { event: { type: string } }) => event.type),
      ['rendition_created'],
    )
    again.child.kill('SIGTERM')
    await again.exited
  })

  it('is gone when npm is killed, so that it can be started again', async () => {
    const service = await startServiceProcess({ home, command: NPM_START })
    const port = Number(new URL(service.origin).port)
    const processes = descendantsOf(service.child.pid ?? 0)
    service.child.kill('SIGKILL')
    assert.equal(await service.exited, 'SIGKILL')
    while (processes.some(isAlive)) await nextTurn()
    const again = await startServiceProcess({ home, port, command: NPM_START })
    again.child.kill('SIGTERM')
    assert.equal(await again.exited, 0)
  })

  it('refuses a second service on the same state with one sentence', async () => {
    const service = await startServiceProcess({ home, command: NPM_START })
    await assert.rejects(
      startServiceProcess({ home, command: NPM_START }),
      /ended with 1: Another service \(.*\) has the state folder .*; DARKROOM_HOME sets another one\.\n$/,
    )
    service.child.kill('SIGTERM')
    await service.exited
  })

  itThoroughly('refuses a port that is taken with one sentence', async () => {
    const service = await startServiceProcess({ home, command: NPM_START })
    const port = Number(new URL(service.origin).port)
    const other = path.join(home, 'other')
    await assert.rejects(
      startServiceProcess({ home: other, port, command: NPM_START }),
      new RegExp(`Port ${port} is taken; DARKROOM_PORT sets another one, 0 any free one\\.\\n$`),
    )
    service.child.kill('SIGTERM')
    await service.exited
  })

  it('keeps its state in DARKROOM_HOME, readable by its owner alone', async () => {
    const files = readdirSync(home)
    for (const name of [
      'ca.pem',
      'console.json',
      'integration.yaml',
      'gateway.sqlite',
      'objects',
    ]) {
      assert.ok(files.includes(name), `${name} is one of ${files.join(', ')}`)
    }
    assert.match(readFileSync(path.join(home, 'ca.pem'), 'utf8'), /^-----BEGIN CERTIFICATE-----/)
  })
})

describe('a worker process that is killed', function () {
  this.timeout(300_000)
  const home = useHome()
  let service: ServiceProcess

  before(async () => {
    service = await startServiceProcess({ home })
    trust(home)
  })
  after(async () => {
    service.child.kill('SIGTERM')
    await service.exited
  })

  /** The SDK makes a folder for its activation as the first thing; there are files of the service beside it. */
  async function activationBegun(): Promise<void> {
    const work = path.join(home, 'work')
    const hasBegun = () => readdirSync(work, { withFileTypes: true }).some((e) => e.isDirectory())
    while (!hasBegun()) await nextTurn()
  }

  it('fails its own renditions with a reason, and the next request succeeds', async () => {
    const { origin } = service
    const headers = await signIn(origin, home)
    const journal = await register(origin, headers)
    const source = await upload(origin, headers, 'source.jpg', await drawPhoto(6000, 4000))
    const target = await presign(origin, headers, 'target', 'w')
    const renditions = [{ name: 'a.png', fmt: 'png', target }]

    await sendProcess(origin, headers, { source, renditions })
    await activationBegun()
    for (const pid of descendantsOf(service.child.pid ?? 0)) process.kill(pid, 'SIGKILL')
    const [failed] = await readEvents(journal, headers, 1)
    assert.partialDeepStrictEqual(failed, {
      type: 'rendition_failed',
      rendition: { name: 'a.png', fmt: 'png' },
      errorReason: 'GenericError',
      errorMessage: 'The action did not produce a valid response and exited unexpectedly.',
    })

    await sendProcess(origin, headers, { source, renditions: [{ ...renditions[0], width: 100 }] })
    const [, created] = await readEvents(journal, headers, 2)
    assert.partialDeepStrictEqual(created, { type: 'rendition_created' })
  })
})

async function readEvents(
  journal: string,
  headers: Record<string, string>,
  count: number,
): Promise<unknown[]> {
  return (await readJournal(journal, headers, count)).map(({ event }) => event)
}
