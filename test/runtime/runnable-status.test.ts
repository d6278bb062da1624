import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { readManifest } from '../../src/runtime/deploy/manifest.ts'
import type { RunnableStatus } from '../../src/runtime/run/runnable-status.ts'
import { annotations, script, sequence, usePlatform } from './deploying-fixture.ts'
import { openHost, pidOf, runAction, useGates, useHost } from './host-fixture.ts'

const MEGABYTE = 1024 * 1024

describe('the status of an action', () => {
  const { host } = useHost()
  const { gates } = useGates()

  async function statusOf(action: string): Promise<RunnableStatus> {
    const status = await host().status()
    return status.find(({ name }) => name === `test/${action}`) ?? assert.fail(`no ${action}`)
  }

  it('says what the manifest does, and that nothing runs', async () => {
    assert.deepEqual(await statusOf('pair'), {
      name: 'test/pair',
      version: '0.0.1',
      kind: 'nodejs:24',
      deployed: false,
      limits: { timeout: 20_000, memorySize: 512, concurrency: 2 },
      queued: 0,
      processes: [],
    })
  })

  it('has its warm processes and their memory', async () => {
    const pid = pidOf(await runAction(host(), 'alone'))
    const [process, ...others] = (await statusOf('alone')).processes
    assert.deepEqual(others, [])
    assert.partialDeepStrictEqual(process, { pid, running: 0 })
    assert.ok((process?.memory ?? 0) > 10 * MEGABYTE, String(process?.memory))
  })

  it('counts what runs in them, and what waits for one', async () => {
    const most = 2 * availableParallelism()
    const under = Array.from({ length: most + 3 }, (_, index) =>
      host().invoke('test/pair', { gate: gates().url(`status-${index}`) }),
    )
    for (let index = 0; index < most; index += 1) await gates().arrival(`status-${index}`)
    const { queued, processes } = await statusOf('pair')
    assert.equal(queued, 3)
    assert.deepEqual(
      processes.map(({ running }) => running),
      Array.from({ length: availableParallelism() }, () => 2),
    )
    for (const index of under.keys()) gates().open(`status-${index}`)
    await Promise.all(under.map(({ ended }) => ended))
    assert.equal((await statusOf('pair')).queued, 0)
  })

  it('has the processes that end their work after a reload beside the new ones', async () => {
    const { ended } = host().invoke('test/shared', { gate: gates().url('reloaded') })
    await gates().arrival('reloaded')
    const reloaded = host().reload('test/shared')
    const pid = pidOf(await runAction(host(), 'shared'))
    const { processes } = await statusOf('shared')
    assert.deepEqual(
      processes.map((process) => process.running).toSorted((a, b) => a - b),
      [0, 1],
    )
    assert.equal(processes.find(({ running }) => running === 0)?.pid, pid)
    gates().open('reloaded')
    await ended
    await reloaded
    assert.deepEqual(
      (await statusOf('shared')).processes.map((process) => process.pid),
      [pid],
    )
  })

  it('has no process once the host has stopped', async () => {
    const stopped = openHost()
    await runAction(stopped, 'alone')
    await stopped.stop(0)
    for (const { processes } of await stopped.status()) assert.deepEqual(processes, [])
  })
})

describe('the status of what is deployed', () => {
  const { platform, put, deploy, invoke } = usePlatform()
  const TELL = script('const main = () => ({ pid: process.pid })')

  it('comes after that of the own actions, with its version and limits', async () => {
    await deploy('told', TELL)
    await deploy('told', TELL, { limits: { timeout: 5000, memory: 256, concurrency: 1 } })
    const { pid } = await invoke('pkg/told')
    const status = await platform().host.status()
    const own = status.findLastIndex(({ deployed }) => !deployed)
    assert.ok(status.slice(0, own).every(({ deployed }) => !deployed))
    const { processes, ...rest } = status.at(own + 1) ?? assert.fail()
    assert.deepEqual(rest, {
      name: 'pkg/told',
      version: '0.0.2',
      kind: 'nodejs:22',
      deployed: true,
      limits: { timeout: 5000, memorySize: 256, concurrency: 1 },
      queued: 0,
    })
    assert.deepEqual(
      processes.map((process) => process.pid),
      [pid],
    )
  })

  it('is beside that of the own action of its name, and each has its processes', async () => {
    const web = { annotations: annotations({ 'web-export': true }) }
    await put('packages/test')
    await put('actions/test/alone', { exec: TELL, ...web })
    await put('actions/in%20none', { exec: TELL, ...web })
    await put('actions/test/chain', { exec: sequence('/_/test/alone'), ...web })
    await platform().host.own.invoke('test/alone', {}).ended
    const status = await platform().host.status()
    assert.deepEqual(
      status
        .filter(({ name }) => ['test/alone', 'in none', 'test/chain'].includes(name))
        .map(({ name, deployed, kind, webPath, processes }) => [
          name,
          deployed,
          kind,
          webPath,
          processes.length,
        ]),
      [
        ['test/alone', false, 'nodejs:24', undefined, 1],
        ['test/alone', true, 'nodejs:22', '/web/space/test/alone', 0],
        ['in none', true, 'nodejs:22', '/web/space/default/in%20none', 0],
        ['test/chain', true, 'sequence', '/web/space/test/chain', 0],
      ],
    )
  })

  it('has paths at which it answers', async () => {
    for (const { webPath } of await platform().host.status()) {
      if (webPath === undefined) continue
      const response = await platform().app.request(`/api/v1${webPath}.json`)
      assert.equal(response.status, 200, webPath)
    }
  })
})

describe('the status of a web action', () => {
  const { host } = useHost('web.yml')

  it('has the path that calls it', async () => {
    assert.deepEqual(
      (await host().status()).map(({ webPath }) => webPath),
      [
        '/web/space/test/echo',
        '/web/space/test/raw',
        undefined,
        '/web/space/test/guarded',
        '/web/space/test/open',
        '/web/space/test/opened%20as%20aio%20deploys%20it',
        '/web/space/test/with%20space',
      ],
    )
  })

  it('has no path where what is deployed goes before it', async () => {
    const [own] = await host().status()
    const action = readManifest('test/actions/web.yml')[0] ?? assert.fail()
    const hidden = openHost('web.yml', {
      deployed: { find: () => action, runnables: () => [action] },
    })
    const status = await hidden.status()
    await hidden.stop(0)
    const { webPath, ...rest } = own ?? assert.fail()
    assert.deepEqual(
      status.filter(({ name }) => name === action.name),
      [rest, { ...rest, deployed: true, webPath }],
    )
  })
})
