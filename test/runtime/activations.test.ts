import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { mock } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import * as z from 'zod/mini'
import { PROGRAMS } from '../../src/programs/programs.ts'
import { readManifest } from '../../src/runtime/deploy/manifest.ts'
import type { Sequence } from '../../src/runtime/run/action.ts'
import { MAX_CONCURRENT_ACTIVATIONS } from '../../src/runtime/run/invocation.ts'
import {
  isAlive,
  linesOf,
  openHost,
  pidOf,
  resultOf,
  runAction,
  useGates,
  useHost,
} from './host-fixture.ts'

const told = z.object({
  env: z.record(z.string(), z.string()),
  params: z.record(z.string(), z.unknown()),
})

describe('an activation', () => {
  const { host } = useHost()

  it('finds the variables of its action and its own in the environment', async () => {
    const first = await runAction(host(), 'alone')
    const second = await runAction(host(), 'alone')
    for (const activation of [first, second]) {
      const { env } = told.parse(resultOf(activation))
      const {
        __OW_TRANSACTION_ID: transactionId,
        DARKROOM_PROCESS: mark,
        PATH: _path,
        ...rest
      } = env
      assert.match(mark ?? '', /^[0-9a-f-]{36}$/)
      assert.match(transactionId ?? '', /^[0-9a-f]{32}$/)
      assert.deepEqual(rest, {
        __OW_ACTION_NAME: '/space/test/alone',
        __OW_ACTION_VERSION: '0.0.1',
        __OW_ACTIVATION_ID: activation.activationId,
        __OW_ALLOW_CONCURRENT: 'false',
        __OW_API_HOST: 'https://host.test',
        __OW_API_KEY: 'user:password',
        __OW_DEADLINE: String(activation.start + 20_000),
        __OW_NAMESPACE: 'space',
      })
    }
    assert.notEqual(first.activationId, second.activationId)
  })

  it('sees nothing of the environment of the host', async () => {
    process.env['DARKROOM_TEST_SECRET'] = 'hush'
    const isolated = openHost()
    const { env } = told.parse(resultOf(await runAction(isolated, 'alone')))
    delete process.env['DARKROOM_TEST_SECRET']
    await isolated.stop(0)
    assert.ok(!JSON.stringify(env).includes('hush'))
  })

  it('gets the inputs of the manifest, which its own parameters override', async () => {
    const activation = await runAction(host(), 'alone', { name: 'Ada' })
    const { params } = told.parse(resultOf(activation))
    assert.equal(params['greeting'], 'hello')
    assert.equal(params['name'], 'Ada')
  })

  it('gets from no caller where programs are, who would have it run another', async () => {
    const variables = Object.values(PROGRAMS).map(({ variable }) => variable)
    const given = Object.fromEntries(variables.map((name) => [name, '/tmp/evil']))
    const activation = await runAction(host(), 'alone', { ...given, name: 'Ada' })
    const { params } = told.parse(resultOf(activation))
    assert.equal(params['name'], 'Ada')
    assert.ok(!variables.some((name) => Object.hasOwn(params, name)))
  })

  it('gets what the platform binds, over what the caller says', async () => {
    const binding = openHost('host.yml', { bindParams: (given) => ({ ...given, name: 'bound' }) })
    const activation = await runAction(binding, 'alone', { name: 'Ada' })
    await binding.stop(0)
    assert.equal(told.parse(resultOf(activation)).params['name'], 'bound')
  })

  it('leaves a record in the shape of OpenWhisk', async () => {
    const invocation = host().invoke('test/alone', { act: 'returnNothing' })
    assert.equal(host().activation(invocation.activationId), undefined)
    assert.ok(host().isUnderWay(invocation.activationId))
    const activation = await invocation.ended
    assert.ok(!host().isUnderWay(invocation.activationId))
    assert.equal(host().activation(invocation.activationId), activation)
    assert.equal(host().activations()[0], activation)
    const { start, end, duration, annotations, ...rest } = activation
    assert.equal(duration, end - start)
    assert.deepEqual(rest, {
      activationId: invocation.activationId,
      namespace: 'space',
      name: 'alone',
      version: '0.0.1',
      subject: 'space',
      statusCode: 0,
      response: { status: 'success', statusCode: 0, success: true, result: {} },
      logs: [],
      publish: false,
    })
    const { waitTime, ...known } = Object.fromEntries(
      annotations.map(({ key, value }) => [key, value]),
    )
    assert.ok(typeof waitTime === 'number' && waitTime >= 0)
    assert.deepEqual(known, {
      path: 'space/test/alone',
      kind: 'nodejs:24',
      timeout: false,
      limits: { timeout: 20_000, memory: 512, concurrency: 1 },
    })
  })

  it('tells the listeners of the host when it ends', async () => {
    const listening = openHost()
    const heard: string[] = []
    listening.onActivationEnd(({ activationId }) => heard.push(activationId))
    const { activationId } = await runAction(listening, 'alone')
    await listening.stop(0)
    assert.deepEqual(heard, [activationId])
  })

  it('tells the listeners of the host when a process has taken it up', async () => {
    const listening = openHost()
    const heard: unknown[] = []
    listening.onActivationBegin((...begun) => heard.push(begun))
    const { activationId, start } = await runAction(listening, 'alone', { name: 'Ada' })
    await runAction(listening, 'throwing')
    await listening.stop(0)
    assert.deepEqual(heard, [[{ activationId, name: 'test/alone', start }, { name: 'Ada' }]])
  })

  it('of an action that the namespace does not have is refused with 404', () => {
    assert.throws(() => host().invoke('test/other', {}), {
      status: 404,
      message: 'The namespace "space" has no action "test/other".',
    })
  })

  const noDictionary = developerError('The action did not return a dictionary.')
  const tooDeep = developerError(
    'The action produced a response that is nested more than 1000 levels deep.',
  )
  const asked = { name: 'Error', message: 'as asked' }
  const notFound = { statusCode: 404, body: { message: 'as asked' } }
  const ends: [what: string, act: string, response: object][] = [
    ['nothing', 'returnNothing', success({})],
    ['null', 'returnNull', noDictionary],
    ['a number', 'returnNumber', noDictionary],
    ['a text', 'returnText', noDictionary],
    ['an array', 'returnArray', noDictionary],
    ['a function', 'returnFunction', noDictionary],
    [
      'an error',
      'returnError',
      applicationError({ statusCode: 418, body: { message: 'as asked' } }),
    ],
    [
      'more than 1 MB',
      'returnLarge',
      developerError(
        'The action produced a response that exceeded the allowed length: 1048587 > 1048576 bytes.',
      ),
    ],
    ['what is nested 1001 levels deep', 'returnDeep', tooDeep],
    ['what is nested 1001 levels deep, thrown', 'throwDeep', tooDeep],
    ['what is no JSON, past the runner', 'sendNonsense', noDictionary],
    [
      'a number that JSON does not know',
      'returnBigInt',
      applicationError({ name: 'TypeError', message: 'Do not know how to serialize a BigInt' }),
    ],
    ['an Error, thrown', 'fail', applicationError(asked)],
    [
      'an Error with more to say, thrown',
      'failWithCode',
      applicationError({ ...asked, code: 'E_ASKED' }),
    ],
    ['an Error that leads back to itself, thrown', 'failInCircles', applicationError(asked)],
    ['a response, thrown', 'failWithResponse', applicationError(notFound)],
    ['nothing, thrown', 'failWithNothing', applicationError('undefined')],
  ]
  for (const [what, act, response] of ends) {
    it(`ends as "${Object(response).status}" with ${what}`, async () => {
      const activation = await runAction(host(), 'alone', { act })
      assert.deepEqual(activation.response, response)
      assert.equal(activation.statusCode, activation.response.statusCode)
    })
  }

  it('ends as "application error" with a result that contains itself', async () => {
    const activation = await runAction(host(), 'alone', { act: 'returnCircular' })
    assert.equal(activation.response.status, 'application error')
    assert.match(JSON.stringify(activation.response.result), /circular structure/)
  })

  it('prints what it throws', async () => {
    const activation = await runAction(host(), 'alone', { act: 'fail' })
    assert.equal(linesOf(activation)[0], 'stderr: Error: as asked')
  })

  it('cannot speak to the host in the name of its process', async () => {
    const activation = await runAction(host(), 'alone', { act: 'sendToHost' })
    assert.deepEqual(activation.response.result, { sent: false })
  })

  const unloadable: [action: string, message: RegExp, lines: string[]][] = [
    ['throwing', /^The action could not be loaded: no licence for today$/, ['stdout: loading']],
    [
      'mainless',
      /^The action could not be loaded: .*mainless\.ts exports no function named main$/,
      [],
    ],
    ['absent', /^The action could not be loaded: Cannot find module '.*absent\.ts'/, []],
    ['exiting', /^The action did not produce a valid response and exited unexpectedly\.$/, []],
  ]
  for (const [action, message, lines] of unloadable) {
    it(`of an action that cannot be loaded (${action}) fails, every time`, async () => {
      for (let time = 0; time < 2; time += 1) {
        const activation = await runAction(host(), action)
        assert.equal(activation.response.status, 'action developer error')
        assert.match(String(resultOf(activation)['error']), message)
        assert.deepEqual(linesOf(activation).slice(0, lines.length), lines)
      }
    })
  }

  it('of an action that cannot be loaded says that it is broken, until a process has loaded it', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-broken-'))
    const file = path.join(folder, 'action.mjs')
    const [action] = readManifest('test/actions/host.yml')
    assert.ok(action)
    const own = openHost('host.yml', { actions: [{ ...action, name: 'test/own', file }] })
    try {
      assert.deepEqual(own.broken(), [])
      writeFileSync(file, 'throw new Error("no licence for today")')
      await runAction(own, 'own')
      assert.deepEqual(own.broken(), ['test/own'])
      assert.equal(own.underWay(), 0)
      writeFileSync(file, 'export const main = () => ({})')
      const { ended } = own.invoke('test/own', {})
      assert.equal(own.underWay(), 1)
      assert.equal((await ended).response.success, true)
      assert.deepEqual(own.broken(), [])
    } finally {
      await own.stop(0)
      rmSync(folder, { recursive: true })
    }
  })

  it('tells who listens whether its action was loaded, and whether its process has died', async () => {
    const faults = new Map<string, unknown>()
    host().onActivationEnd(({ activationId }, _params, _exchanges, fault) => {
      faults.set(activationId, fault)
    })
    const faultOf = async (action: string, params = {}) =>
      faults.get((await runAction(host(), action, params)).activationId)
    assert.equal(await faultOf('throwing'), 'unloaded')
    assert.equal(await faultOf('mainless'), 'unloaded')
    assert.equal(await faultOf('exiting'), 'unloaded')
    assert.equal(await faultOf('alone', { act: 'exit' }), 'died')
    assert.equal(await faultOf('alone', { act: 'fail' }), undefined)
    assert.equal(await faultOf('alone'), undefined)
  })

  it('of an action that takes over 30 s to load fails', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      const { ended } = host().invoke('test/stuck', {})
      // Its process is being started by then.
      await turn()
      mock.timers.tick(30_000)
      assert.deepEqual((await ended).response.result, {
        error: 'The action could not be loaded within 30000 milliseconds.',
      })
    } finally {
      mock.timers.reset()
    }
  })

  it('whose parameters cannot be sent to its process fails, and the next one works', async () => {
    const unsendable = await runAction(host(), 'alone', { count: 5n })
    assert.deepEqual(
      unsendable.response,
      developerError(
        'The parameters cannot be handed to the action: Do not know how to serialize a BigInt.',
      ),
    )
    assert.equal((await runAction(host(), 'alone')).response.success, true)
  })

  it('whose environment the system refuses fails, as often as it is tried', async () => {
    const refused = openHost('host.yml', { environment: () => ({ WRONG: '\0' }) })
    refused.warm('test/alone')
    const under = [1, 2, 3].map(() => runAction(refused, 'alone'))
    for (const activation of await Promise.all(under)) {
      assert.equal(activation.response.status, 'action developer error')
      assert.match(
        String(resultOf(activation)['error']),
        /^The action could not be started: .*without null bytes/,
      )
    }
    await refused.stop(0)
  })

  it('that fails in the host itself is recorded, and is under way no more', async () => {
    const broken = openHost('host.yml', { deployed: { find: findBroken, runnables: () => [] } })
    const invocation = broken.invoke('broken', {})
    const { response } = await invocation.ended
    assert.deepEqual(response, {
      status: 'whisk internal error',
      statusCode: 3,
      success: false,
      result: { error: 'as asked' },
    })
    assert.ok(!broken.isUnderWay(invocation.activationId))
    await broken.stop(0)
  })

  it('whose process cannot be started fails', async () => {
    const nowhere = openHost('host.yml', { directory: '/nowhere/at/all' })
    const activation = await runAction(nowhere, 'alone')
    await nowhere.stop(0)
    assert.match(
      String(resultOf(activation)['error']),
      /^The action could not be started: .*ENOENT/,
    )
  })
})

describe('the processes of an action', () => {
  const { host } = useHost()
  const { gates } = useGates()

  /** Starts activations that end only when the gate opens. */
  function start(action: string, count: number, gate: string) {
    return Array.from({ length: count }, (_, index) => {
      const name = `${gate}-${index}`
      const { ended } = host().invoke(`test/${action}`, { gate: gates().url(name) })
      return { ended, arrival: gates().arrival(name), open: () => gates().open(name) }
    })
  }

  it('are reused', async () => {
    const first = await runAction(host(), 'alone')
    const second = await runAction(host(), 'alone')
    assert.equal(pidOf(first), pidOf(second))
  })

  it('are there before the first activation of an action that was warmed', async () => {
    const starts: number[] = []
    const warmed = openHost('host.yml', {
      environment: () => {
        starts.push(starts.length)
        return {}
      },
    })
    warmed.warm('test/alone')
    assert.equal(starts.length, 1)
    await runAction(warmed, 'alone')
    await warmed.stop(0)
    assert.equal(starts.length, 1)
  })

  const cores = availableParallelism()
  for (const [action, concurrency] of [
    ['alone', 1],
    ['pair', 2],
  ] as const) {
    it(`run ${concurrency} activations at a time with a concurrency of ${concurrency}, in at most ${cores} processes`, async () => {
      const room = cores * concurrency
      const under = start(action, room + 1, action)
      await Promise.all(under.slice(0, room).map(({ arrival }) => arrival))
      // Everything that may run does; the last one has to wait for the first to end.
      let hasArrived = false
      const last = under.at(-1)
      void last?.arrival.then(() => {
        hasArrived = true
      })
      await runAction(host(), 'shared')
      assert.equal(hasArrived, false)
      under[0]?.open()
      await last?.arrival
      for (const { open } of under) open()
      const activations = await Promise.all(under.map(({ ended }) => ended))
      const pids = activations.map(pidOf)
      assert.equal(new Set(pids).size, cores)
      for (const pid of new Set(pids.slice(0, room))) {
        assert.equal(pids.slice(0, room).filter((other) => other === pid).length, concurrency)
      }
    })
  }

  it('let an activation that waits know its deadline from the moment it runs', async () => {
    const under = start('alone', cores, 'deadline')
    await Promise.all(under.map(({ arrival }) => arrival))
    const { ended } = host().invoke('test/alone', {})
    for (const { open } of under) open()
    const { start: began, annotations, response } = await ended
    const { env } = told.parse(response.result)
    assert.equal(env['__OW_DEADLINE'], String(began + 20_000))
    assert.ok(annotations.some(({ key }) => key === 'waitTime'))
    await Promise.all(under.map((one) => one.ended))
  })

  it(`refuse with 429 what is over ${MAX_CONCURRENT_ACTIVATIONS} activations under way`, async () => {
    const under = start('shared', MAX_CONCURRENT_ACTIVATIONS, 'full')
    assert.throws(() => host().invoke('test/alone', {}), {
      status: 429,
      headers: { 'Retry-After': '1' },
      message: 'Too many concurrent requests in flight (count: 101, allowed: 100).',
    })
    for (const { open } of under) open()
    await under[0]?.ended
    assert.equal((await runAction(host(), 'shared')).response.success, true)
    await Promise.all(under.map(({ ended }) => ended))
  })

  it('are gone when something else has killed them, and the next activation works', async () => {
    const pid = pidOf(await runAction(host(), 'alone'))
    process.kill(pid, 'SIGKILL')
    const activation = await runAction(host(), 'alone')
    assert.equal(activation.response.success, true)
    assert.notEqual(pidOf(activation), pid)
    assert.ok(!isAlive(pid))
  })

  it('that end between two activations cost none of them', async () => {
    const first = host().invoke('test/alone', { act: 'exitAfterwards' })
    const others = Array.from({ length: 2 * cores }, () => host().invoke('test/alone', {}))
    assert.equal((await first.ended).response.success, true)
    for (const { ended } of others) assert.equal((await ended).response.success, true)
  })
})

/** A sequence whose one component cannot even be looked for. */
function findBroken(name: string): Sequence {
  if (name !== 'broken') throw new Error('as asked')
  return {
    name,
    version: '0.0.1',
    kind: 'sequence',
    web: 'no',
    requiresAdobeAuth: false,
    requiresWhiskAuth: false,
    customOptions: false,
    inputs: {},
    final: false,
    limits: { timeout: 1000, memorySize: 128, concurrency: 1 },
    components: ['/_/other'],
  }
}

function success(result: object): object {
  return { status: 'success', statusCode: 0, success: true, result }
}

function applicationError(error: unknown): object {
  return { status: 'application error', statusCode: 1, success: false, result: { error } }
}

function developerError(error: string): object {
  return { status: 'action developer error', statusCode: 2, success: false, result: { error } }
}
