import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { OperationError } from '../../src/base/operation-error.ts'
import { createProcesses, type Processes } from '../../src/image-pool/processes.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('a process for pictures that a file has taken over', function () {
  this.slow(10_000)
  const temporary = useTemporaryFolder()
  const never = new AbortController().signal
  let pool: Processes<unknown, number>
  before(() => {
    pool = createProcesses({
      task: 'draw',
      module: new URL('./taken-over-process.ts', import.meta.url),
      result: z.number(),
      folder: temporary.pathTo('pool'),
      environment: process.env,
      processes: 1,
    })
  })
  after(() => pool.close())

  const attacks: [what: string, work: unknown, error: object][] = [
    ['bytes that are no letter', 'garbage\n', { code: 'source_out_of_memory' }],
    ['what is no answer', { outcome: 'done' }, { name: '$ZodError' }],
    [
      'a result of another kind',
      { outcome: 'done', result: 'text', held: 0 },
      { name: '$ZodError' },
    ],
    [
      'an error that there is not',
      { outcome: 'failed', failure: { code: 'toString', fields: {} }, held: 0 },
      { name: '$ZodError' },
    ],
  ]
  for (const [what, work, error] of attacks) {
    it(`fails its work alone with ${what}, and the next is done by another`, async () => {
      const { result: before } = await pool.perform('tell', never)
      await assert.rejects(pool.perform(work, never), error)
      const { result: after } = await pool.perform('tell', never)
      assert.notEqual(after, before)
    })
  }

  it('fails its work with the error that it tells', async () => {
    const failure = { code: 'source_corrupt', fields: { title: 'PNG' } }
    await assert.rejects(
      pool.perform({ outcome: 'failed', failure, held: 0 }, never),
      OperationError,
    )
  })
})
