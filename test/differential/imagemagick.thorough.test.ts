import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { array, assert as assertProperty, asyncProperty } from 'fast-check'
import { amountOf, seedOf } from '../support/amounts.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { skipWithout } from '../support/tools.ts'
import { compareOutcomes } from './comparing.ts'
import { findDifferences } from './differences.ts'
import { type FileServer, serveFiles } from './file-server.ts'
import { type DrawnInstructions, drawWatermarks, instructionsFor } from './instructions.ts'
import { render } from './rendering.ts'
import { SOURCES, type Source } from './sources.ts'

const SEED = seedOf(4620)
const REQUESTS_A_SOURCE = amountOf({ thoroughly: 5, usually: 1 })
const RENDITIONS_A_REQUEST = amountOf({ thoroughly: 8, usually: 1 })
// When a request fails, smaller ones are tried until one hardly can be any smaller.
const LONGEST_SEARCH_MS = 60_000

describe('the worker action, beside the post-processing of the SDK with ImageMagick', function () {
  this.timeout(2 * LONGEST_SEARCH_MS)
  const folder = useTemporaryFolder()
  let server: FileServer | undefined
  let watermarks: readonly string[] = []

  before(async function () {
    skipWithout(this, 'ImageMagick', 'ExifTool')
    server = await serveFiles(folder.pathTo(''))
    watermarks = await drawWatermarks()
  })
  after(async () => server?.close())

  for (const [index, source] of SOURCES.entries()) {
    it(`makes the same renditions of ${source.file}`, async () => {
      await writeFile(folder.pathTo(source.file), await source.draw())
      const instructions = instructionsFor(source.size, watermarks).filter(
        (each) => !findDifferences(each, source).some(({ leaves }) => leaves === 'everything'),
      )
      const requests = array(instructions, {
        minLength: 1,
        maxLength: RENDITIONS_A_REQUEST,
        size: 'max',
      })
      await assertProperty(
        asyncProperty(requests, async (renditions) => {
          const disagreements = await disagreementsOn(source, renditions)
          assert.deepEqual(
            disagreements,
            renditions.map(() => []),
          )
        }),
        {
          seed: SEED + index,
          numRuns: REQUESTS_A_SOURCE,
          interruptAfterTimeLimit: LONGEST_SEARCH_MS,
        },
      )
    })
  }

  /** Of each rendition what is not alike, but for the differences that are meant. */
  async function disagreementsOn(
    source: Source,
    renditions: readonly DrawnInstructions[],
  ): Promise<string[][]> {
    assert.ok(server)
    const [ours, theirs] = await Promise.all([
      render('ours', server, source.file, renditions),
      render('theirs', server, source.file, renditions),
    ])
    const disagreements = renditions.map(async (instructions, index) => {
      const left = findDifferences(instructions, source).flatMap(({ leaves }) => leaves)
      const found = await compareOutcomes(ours[index], theirs[index], instructions)
      return found.filter(({ aspect }) => !left.includes(aspect)).map(({ sentence }) => sentence)
    })
    return Promise.all(disagreements)
  }
})
