import assert from 'node:assert/strict'
import { memoryOfFamily } from '../../../src/programs/process-family.ts'
import { processorTimeOfFamily } from '../../support/processor-time.ts'
import { BOMBS } from './bomb-files.ts'
import { type Tasks, useConvertingService } from './converting-service.ts'
import { useSourceFiles } from './source-files.ts'

/** The most that processors may do for anything here, a 10,000-page PDF among it, in milliseconds. */
const MOST_MS = 300_000

/** What they may do until a small conversion has ended that was asked for meanwhile. */
const MOST_MEANWHILE_MS = 60_000

/** Of all processes of the service, those among them that wait for more of what they have done before. */
const MOST_BYTES = 10_000_000_000

/** The codes that say of a source what is wrong with it. */
const CODES = /^(SOURCE_\w+|RENDITION_\w+|INVALID_\w+|ENGINE_NOT_AVAILABLE|GENERIC_ERROR)$/

describe('a file that would take much', function () {
  // A machine may be busy with other things.
  this.timeout(1_800_000)
  const service = useConvertingService()
  const sources = useSourceFiles()

  for (const [nth, make] of BOMBS.entries()) {
    it(`is converted or refused, and others are served meanwhile: ${nth + 1} of ${BOMBS.length}`, async () => {
      const { title, file, tasks } = await make()
      const pid = service.service().child.pid ?? 0
      const before = processorTimeOfFamily(pid)
      let most = 0
      const watch = setInterval(() => {
        most = Math.max(most, memoryOfFamily(pid))
      }, 500)
      const named: Tasks = Object.fromEntries(
        tasks.map((task, index) => [
          `${index}-${String(task['output_format'] ?? task['operation']).replace('/', '-')}`,
          { ...task, input: 'source' },
        ]),
      )
      const bomb = service.run({ source: file }, named)
      const small = { filename: 'a.png', bytes: await sources.bytesOf('png') }
      const { made } = await service.run(
        { small },
        { made: { operation: 'convert', input: 'small', output_format: 'jpg' } },
      )
      const meanwhile = processorTimeOfFamily(pid) - before
      const ended = await bomb
      clearInterval(watch)
      const whole = processorTimeOfFamily(pid) - before
      for (const [name, { status, code, message }] of Object.entries(ended)) {
        const said = `${title}, ${name}: ${status} ${code} ${message}`
        if (status === 'finished') continue
        assert.match(code ?? '', CODES, said)
        assert.match(message, /^[^\n]+\.$/, said)
        assert.doesNotMatch(message, /unexpectedly/, said)
      }
      assert.equal(made?.status, 'finished')
      assert.ok(meanwhile < MOST_MEANWHILE_MS, `${title}: others waited for ${meanwhile} ms`)
      assert.ok(whole < MOST_MS, `${title}: ${whole} ms`)
      assert.ok(most < MOST_BYTES, `${title}: ${most} bytes`)
    })
  }
})
