import assert from 'node:assert/strict'
import { listOperations } from '../../../src/doors/jobs/operations/operation-list.ts'
import { findPrograms, PROGRAM_IDS } from '../../../src/programs/programs.ts'
import { amountOf } from '../../support/amounts.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { endedConversions, faultsOf, jobsOf, someOf } from './conversion-table.ts'
import { useConvertingService } from './converting-service.ts'
import { useSourceFiles } from './source-files.ts'

const MOST_PAIRS = amountOf({ thoroughly: Number.POSITIVE_INFINITY, usually: 4 })

/** In which no program of the machine is found. */
const NOTHING = { PATH: '/nowhere', DARKROOM_OCR: '/nowhere' }

const ALL = Object.fromEntries(PROGRAM_IDS.map((id) => [id, `/usr/bin/${id}`]))

describe('conversions where there are no programs', function () {
  this.timeout(3_600_000)
  const service = useConvertingService(NOTHING)
  const sources = useSourceFiles()
  const folder = useTemporaryFolder()

  before(() => assert.deepEqual(findPrograms(NOTHING), {}))

  it('make what others can read, of all that is listed', async () => {
    const pairs = await service.operations('filter[operation]=convert')
    const faults = await faultsOf(
      someOf(pairs, MOST_PAIRS),
      service,
      sources,
      folder.pathTo('read'),
    )
    assert.deepEqual(faults, [])
  })

  it('say what is missing and the command that installs it, of all that is not', async () => {
    const listed = await service.operations('filter[operation]=convert')
    const isListed = new Set(listed.map((row) => `${row.input_format} ${row.output_format}`))
    const others = listOperations(
      { operation: 'convert' },
      { options: false, engineVersions: false },
      ALL,
    ).filter((row) => !isListed.has(`${row.input_format} ${row.output_format}`))
    assert.ok(others.length > 100)
    const wrong: string[] = []
    for (const [from, formats] of jobsOf(someOf(others, MOST_PAIRS))) {
      const ended = await endedConversions(from, formats, service, sources)
      for (const [name, { code, message }] of Object.entries(ended)) {
        const says = /LibreOffice.+(sudo apt-get|brew) install .+/.test(message)
        if (code !== 'ENGINE_NOT_AVAILABLE' || !says)
          wrong.push(`${from} ${name}: ${code} ${message}`)
      }
    }
    assert.deepEqual(wrong, [])
  })

  it('say so of PDF/A, PDF/X and commands, too', async () => {
    const ended = await service.run(
      { source: { filename: 'source.pdf', bytes: await sources.bytesOf('pdf') } },
      {
        archived: { operation: 'pdf/a', input: 'source' },
        printed: { operation: 'pdf/x', input: 'source' },
        run: {
          operation: 'command',
          input: 'source',
          engine: 'ffmpeg',
          command: 'ffmpeg',
          arguments: '-version',
        },
      },
    )
    for (const [name, { code, message }] of Object.entries(ended)) {
      assert.equal(code, 'ENGINE_NOT_AVAILABLE', name)
      assert.match(message, / install /, name)
    }
    const names = (await service.operations()).map(({ operation }) => operation)
    for (const operation of ['pdf/a', 'pdf/x', 'command']) assert.ok(!names.includes(operation))
  })
})
