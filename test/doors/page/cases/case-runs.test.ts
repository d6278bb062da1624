import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { type TestCase, testCaseSchema } from '../../../../src/doors/page/api.ts'
import { useCaseProject } from '../case-project.ts'

const ACTIONS = {
  copy: 'test/actions/intermediate.ts',
  fetching: 'test/actions/fetching.ts',
}

const FAILING = {
  'file.txt': '',
  'params.json': '{"write": "failure", "errorReason": "GenericError"}',
}

function picture(background: string): Promise<Buffer> {
  return sharp({ create: { width: 20, height: 10, channels: 3, background } })
    .png()
    .toBuffer()
}

/** Params for the action `fetching`. */
function calling(url: string): string {
  return JSON.stringify({ fmt: 'txt', calls: [{ url }] })
}

describe('test cases that the developer page runs', function () {
  this.timeout(300_000)

  describe('on the service', () => {
    const { pathTo, write, cases, ask, post, run } = useCaseProject(ACTIONS)

    const result = (name: string): TestCase['result'] => {
      const [action = '', folder = ''] = name.split('/')
      return cases().case(action, folder).result
    }

    before(async () => {
      write('copy/good', { 'file.txt': 'hello\n', 'rendition.txt': 'hello\n' })
      write('copy/failing', FAILING)
      write('copy/broken', { 'file.txt': 'one\ntwo\n', 'rendition.txt': 'one\n2\n' })
      write('copy/colours', {
        'file.png': await picture('teal'),
        'rendition.png': await picture('red'),
      })
      write('copy/no-error', {
        'file.txt': 'x',
        'params.json': '{"errorReason": "SourceCorrupt", "fmt": "txt"}',
      })
      write('copy/nothing-expected', { 'file.txt': 'new', 'params.json': '{"fmt": "txt"}' })
      for (const name of ['mocked', 'mocked-too']) {
        const answer = { httpRequest: { path: '/a' }, httpResponse: { body: name } }
        write(`fetching/${name}`, {
          'file.txt': '',
          'params.json': calling('https://api.example.com/a'),
          'mock-api.example.com.json': JSON.stringify([answer]),
          'rendition.txt': `200 ${name}\n`,
        })
      }
    })

    it('are queued, running and then ended, as everybody is told and the list has it', async () => {
      const updates = await run('copy/good', 'copy/failing', 'copy/broken')
      const states = ['good', 'failing', 'broken'].map((case_) =>
        updates.filter(({ name }) => name === case_).map(({ result: { state } }) => state),
      )
      assert.deepEqual(states, [
        ['queued', 'running', 'passed'],
        ['queued', 'running', 'expected-error'],
        ['queued', 'running', 'failed'],
      ])
      const { log = [], milliseconds = 0, ...rest } = result('copy/broken') ?? {}
      assert.deepEqual(rest, {
        state: 'failed',
        message: `Rendition 'rendition.txt' not as expected`,
        differences: ['line 2 is "two", expected "2"'],
        output: '',
        hasActual: true,
        run: 1,
      })
      assert.ok(milliseconds > 0)
      assert.ok(log.some((line) => line.includes('stdout: ')))
    })

    it('have their logs told and listed only when they are not as expected', async () => {
      const updates = await run('copy/good', 'copy/broken')
      const told = new Map(updates.map(({ name, result: { log } }) => [name, log.length > 0]))
      const list = z.array(testCaseSchema).parse(await (await ask('/cases')).json())
      const listed = new Map(list.map((each) => [each.name, (each.result?.log ?? []).length > 0]))
      for (const logged of [told, listed]) {
        assert.deepEqual([logged.get('good'), logged.get('broken')], [false, true])
      }
      const one = testCaseSchema.parse(await (await ask('/cases/copy/good')).json())
      assert.ok((one.result?.log.length ?? 0) > 0)
    })

    it('are not run twice at a time', async () => {
      const before = result('copy/good')?.run ?? 0
      const ended = run('copy/good')
      assert.equal((await post('/cases/run', { cases: ['copy/good', 'copy/good'] })).status, 202)
      const states = (await ended).map(({ result: { state } }) => state)
      assert.deepEqual(states, ['queued', 'running', 'passed'])
      assert.equal(result('copy/good')?.run, before + 1)
    })

    it('keep the rendition that they made until they are run again', async () => {
      await run('copy/broken')
      const first = await cases().file('copy', 'broken', 'actual')
      assert.equal(await (await ask('/cases/copy/broken/actual')).text(), 'one\ntwo\n')
      assert.ok(first.startsWith(pathTo('home/cases/')), first)
      await run('copy/broken')
      assert.equal(existsSync(first), false)
      assert.equal(await (await ask('/cases/copy/broken/actual')).text(), 'one\ntwo\n')
    })

    it('pass from when their rendition is accepted', async () => {
      await run('copy/colours')
      const difference = await ask('/cases/copy/colours/difference')
      const { dominant } = await sharp(Buffer.from(await difference.arrayBuffer())).stats()
      assert.ok(dominant.r > dominant.b, 'what differs is red')
      const accepted = await ask('/cases/copy/colours/accept', { method: 'POST' })
      const { result: now } = testCaseSchema.parse(await accepted.json())
      assert.deepEqual([now?.state, now?.differences, now?.hasActual], ['passed', [], true])
      assert.deepEqual(
        readFileSync(pathTo('test/asset-compute/copy/colours/rendition.png')),
        readFileSync(await cases().file('copy', 'colours', 'actual')),
      )
      assert.equal((await run('copy/colours')).at(-1)?.result.state, 'passed')
    })

    it('get an expected rendition by accepting one when they had none', async () => {
      assert.equal((await run('copy/nothing-expected')).at(-1)?.result.state, 'error')
      const accepted = await ask('/cases/copy/nothing-expected/accept', { method: 'POST' })
      const { expected, result: now } = testCaseSchema.parse(await accepted.json())
      assert.deepEqual([expected, now?.state], ['rendition.txt', 'passed'])
    })

    it('have no rendition accepted in place of an error, nor while they run', async () => {
      await run('copy/no-error')
      assert.equal(result('copy/no-error')?.hasActual, true)
      assert.equal((await ask('/cases/copy/no-error/accept', { method: 'POST' })).status, 409)
      const ended = run('copy/good')
      const early = await ask('/cases/copy/good/accept', { method: 'POST' })
      assert.deepEqual(
        [early.status, await early.json()],
        [409, { message: 'copy/good is running; accept its rendition when it has ended.' }],
      )
      await ended
    })

    it('run with their mocks, one after the other', async () => {
      const updates = await run('fetching/mocked', 'copy/good', 'fetching/mocked-too')
      const states = updates.slice(3).map(({ name, result: { state } }) => [name, state])
      assert.deepEqual(states, [
        ['good', 'running'],
        ['good', 'passed'],
        ['mocked', 'running'],
        ['mocked', 'passed'],
        ['mocked-too', 'running'],
        ['mocked-too', 'passed'],
      ])
      const log = result('fetching/mocked')?.log.at(-1)
      assert.match(log ?? '', /^mock api\.example\.com: GET \/a → 200$/)
    })
  })

  describe('that are stopped', () => {
    const { write, ask, post, run, told, cancelled } = useCaseProject(ACTIONS)
    const silent = createServer()

    before(async () => {
      await once(silent.listen(0, '127.0.0.1'), 'listening')
      const address = silent.address()
      const port = typeof address === 'object' ? address?.port : 0
      const params = JSON.stringify({ fmt: 'txt', calls: [{ url: `http://127.0.0.1:${port}/` }] })
      write('fetching/endless', { 'file.txt': '', 'rendition.txt': '', 'params.json': params })
      for (let each = 0; each < 20; each += 1) {
        write(`copy/case-${each}`, { 'file.txt': 'a\n', 'rendition.txt': 'a\n' })
      }
      const answer = { httpRequest: {}, httpResponse: { delay: { timeUnit: 'MINUTES', value: 1 } } }
      write('fetching/endless-mocked', {
        'file.txt': '',
        'rendition.txt': '',
        'params.json': calling('https://api.example.com/a'),
        'mock-api.example.com.json': JSON.stringify([answer]),
      })
    })
    after(() => {
      silent.closeAllConnections()
      silent.close()
    })

    it('end once each, and the request of what was running is ended', async () => {
      const called = once(silent, 'request')
      const names = Array.from({ length: 20 }, (_, each) => `copy/case-${each}`)
      const ended = run('fetching/endless', ...names)
      await called
      assert.equal((await ask('/cases/stop', { method: 'POST' })).status, 204)
      const updates = await ended
      const ends = updates.filter(({ result: { state } }) => !/queued|running/.test(state))
      assert.equal(ends.length, 21)
      const endless = ends.find(({ name }) => name === 'endless')
      assert.equal(endless?.result.state, 'stopped')
      assert.ok(cancelled.length > 0)
    })

    it('are run again as if nothing had been, and what came of the first time is not taken for it', async () => {
      silent.closeAllConnections()
      const updates = await run('copy/case-19')
      assert.deepEqual(
        updates.filter(({ name }) => name === 'case-19').map(({ result: { state } }) => state),
        ['queued', 'running', 'passed'],
      )
    })

    it('end with the service that runs those with mocks', async () => {
      const running = told('fetching/endless-mocked', 'running')
      const ended = run('fetching/endless-mocked')
      await running
      assert.equal((await ask('/cases/stop', { method: 'POST' })).status, 204)
      assert.equal((await ended).at(-1)?.result.state, 'stopped')
      assert.equal((await run('copy/case-18')).at(-1)?.result.state, 'passed')
    })

    it('may be one, after which the others go on', async () => {
      const called = once(silent, 'request')
      const ended = run('fetching/endless', 'copy/case-17')
      await called
      const before = cancelled.length
      assert.equal((await ask('/cases/fetching/endless/stop', { method: 'POST' })).status, 204)
      silent.closeAllConnections()
      const ends = (await ended).filter(({ result: { state } }) => !/queued|running/.test(state))
      assert.deepEqual(
        new Map(ends.map(({ name, result: { state } }) => [name, state])),
        new Map([
          ['endless', 'stopped'],
          ['case-17', 'passed'],
        ]),
      )
      assert.equal(cancelled.length, before + 1)
      assert.equal((await ask('/cases/fetching/none/stop', { method: 'POST' })).status, 404)
    })

    it('may be none', async () => {
      assert.equal((await post('/cases/stop', {})).status, 204)
    })
  })

  describe('on a service that stops', () => {
    const { write, cases, run, told, service } = useCaseProject(ACTIONS)
    const silent = createServer()

    before(async () => {
      await once(silent.listen(0, '127.0.0.1'), 'listening')
      const address = silent.address()
      const port = typeof address === 'object' ? address?.port : 0
      const files = { 'file.txt': '', 'rendition.txt': '' }
      write('fetching/endless', { ...files, 'params.json': calling(`http://127.0.0.1:${port}/`) })
      const answer = { httpRequest: {}, httpResponse: { delay: { timeUnit: 'MINUTES', value: 1 } } }
      write('fetching/endless-mocked', {
        ...files,
        'params.json': calling('https://api.example.com/a'),
        'mock-api.example.com.json': JSON.stringify([answer]),
      })
      for (let each = 0; each < 20; each += 1) write(`copy/case-${each}`, { ...files })
    })
    after(() => {
      silent.closeAllConnections()
      silent.close()
    })

    it('end, and hold it up no longer', async () => {
      const mockedRuns = told('fetching/endless-mocked', 'running')
      void run('fetching/endless-mocked')
      await mockedRuns
      const called = once(silent, 'request')
      const names = Array.from({ length: 20 }, (_, each) => `copy/case-${each}`)
      void run('fetching/endless', ...names)
      await called
      const interrupted = told('fetching/endless', 'error')
      await cases().stop()
      await service().stop(0)
      await interrupted
    })
  })
})
