import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { TELLS_DESCENT } from '../../src/programs/process-session.ts'
import { newMark } from '../../src/runtime/run/process-mark.ts'
import { openProcessRecord } from '../../src/runtime/run/process-record.ts'
import { isAlive, isGone, openHost, pidOf, resultOf, runAction } from '../runtime/host-fixture.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const MANIFEST = '../attack/hostile.yml'

describe('what an action starts', function () {
  this.slow(10_000)
  before(function () {
    if (!TELLS_DESCENT) this.skip()
  })

  for (const [what, act] of [
    ['in a session of its own', 'apart'],
    ['in a session of its own, and its parent gone', 'apartFromParent'],
    ['without an environment, and its parent gone', 'withoutEnvironment'],
  ] as const) {
    it(`ends with the action although it is ${what}`, async () => {
      const host = openHost(MANIFEST)
      const pid = pidOf(await runAction(host, 'hostile', { act }))
      assert.ok(isAlive(pid))
      await host.stop(0)
      while (!isGone(pid)) await nextTurn()
    })
  }

  it('counts as memory of the action, in whatever session it is', async () => {
    const host = openHost(MANIFEST)
    const activation = await runAction(host, 'hostile', { act: 'memoryApart' })
    await host.stop(0)
    assert.deepEqual(resultOf(activation), {
      error: 'The action exhausted its memory and was aborted (limit: 128 MB).',
    })
  })
})

describe('the record of the processes of actions', function () {
  this.slow(10_000)
  const temporary = useTemporaryFolder()

  it('has those ended that never pause, after the service was killed', async () => {
    const folder = temporary.pathTo('killed')
    const host = spawn(process.execPath, ['test/attack/looping-host.ts', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line]: unknown[] = await once(createInterface({ input: host.stdout }), 'line')
    const pid = Number(line)
    host.kill('SIGKILL')
    await once(host, 'close')
    assert.ok(!isGone(pid))
    const record = await openProcessRecord(folder)
    assert.equal(await record.sweep(), 1)
    while (!isGone(pid)) await nextTurn()
    assert.equal(await record.sweep(), 0)
    assert.deepEqual(await readdir(folder), [])
  })

  it('ends nobody who has the number of one that is gone', async () => {
    const folder = temporary.pathTo('recycled')
    const record = await openProcessRecord(folder)
    const innocent = spawn('sleep', ['60'])
    const forget = record.note({ pid: innocent.pid ?? 0, mark: newMark() })
    const read = async (): Promise<[file: string, text: string][]> => {
      const files = (await readdir(folder)).map((name) => path.join(folder, name))
      return Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')]))
    }
    while ((await read()).every(([, text]) => text === '')) await nextTurn()
    for (const [file, text] of await read()) {
      await writeFile(file, text.replace(/"started":"\d*/, '$&0'))
    }
    assert.equal(await record.sweep(), 0)
    await forget()
    assert.equal(innocent.exitCode ?? innocent.signalCode, null)
    innocent.kill('SIGKILL')
    await once(innocent, 'close')
  })

  it('is swept of whatever else an action has put there, which ends nobody', async () => {
    const folder = temporary.pathTo('strange')
    const record = await openProcessRecord(folder)
    await mkdir(path.join(folder, 'folder', 'folder'), { recursive: true })
    const texts = {
      empty: '',
      everybody: JSON.stringify({ pid: -1, mark: newMark(), started: '' }),
      searched: JSON.stringify({ pid: 2, mark: `PATH=${process.env['PATH']}`, started: '' }),
    }
    for (const [name, text] of Object.entries(texts)) await writeFile(path.join(folder, name), text)
    assert.equal(await record.sweep(), 0)
    assert.deepEqual(await readdir(folder), [])
  })

  it('forgets those that have ended', async () => {
    const folder = temporary.pathTo('ended')
    const host = openHost(MANIFEST, { record: await openProcessRecord(folder) })
    await runAction(host, 'hostile')
    assert.equal((await readdir(folder)).length, 1)
    await host.stop(0)
    assert.deepEqual(await readdir(folder), [])
  })
})
