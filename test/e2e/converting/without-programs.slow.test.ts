import assert from 'node:assert/strict'
import { findPrograms, PROGRAM_IDS } from '../../../src/programs/programs.ts'
import { itThoroughly } from '../../support/amounts.ts'
import {
  endedConversions,
  itConvertsAll,
  jobsOf,
  nameOf,
  pairsWith,
  partsOf,
} from './conversion-table.ts'
import { useConvertingService } from './converting-service.ts'
import { useSourceFiles } from './source-files.ts'

/** In which no program of the machine is found. */
const NOTHING = { PATH: '/nowhere', DARKROOM_OCR: '/nowhere' }

const LISTED = new Set(pairsWith({}).map(nameOf))

/** What takes a program. */
const OTHERS = pairsWith(
  Object.fromEntries(PROGRAM_IDS.map((id) => [id, `/usr/bin/${id}`])),
).filter((pair) => !LISTED.has(nameOf(pair)))

describe('conversions where there are no programs', function () {
  this.timeout(3_600_000)
  const service = useConvertingService(NOTHING)
  const sources = useSourceFiles()

  before(() => {
    assert.deepEqual(findPrograms(NOTHING), {})
    assert.ok(OTHERS.length > 100)
  })

  itConvertsAll(service, sources, NOTHING)

  for (const [title, pairs] of partsOf(OTHERS)) {
    itThoroughly(`says what is missing and the command that installs it, of ${title}`, async () => {
      const wrong: string[] = []
      for (const [from, formats] of jobsOf(pairs)) {
        const ended = await endedConversions(from, formats, service, sources)
        for (const [name, { code, message }] of Object.entries(ended)) {
          const says = /LibreOffice.+(sudo apt-get|brew) install .+/.test(message)
          if (code !== 'ENGINE_NOT_AVAILABLE' || !says)
            wrong.push(`${from} ${name}: ${code} ${message}`)
        }
      }
      assert.deepEqual(wrong, [])
    })
  }

  it('says so of PDF/A, PDF/X and commands, too', async () => {
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
