import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { StandInFormat } from '../../../../src/engine/pictures/stand-ins/stand-in.ts'
import { writeStandInHere } from '../../../../src/engine/pictures/stand-ins/write-stand-in.ts'
import { createDice, mutate } from '../../../fuzz/mutation.ts'
import { seedOf } from '../../../support/amounts.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

const CASES = 'test/asset-compute'

/** A case of each format whose bytes are read by code of ours. */
const FILES: readonly (readonly [format: StandInFormat, file: string])[] = [
  ['wmf', 'worker/wmf/file.wmf'],
  ['emf', 'worker/emf/file.emf'],
  ['icns', 'worker/icns-of-planes/file.icns'],
  ['ani', 'worker/animated-cursor/file.ani'],
  ['dicom', 'worker/dicom-in-its-window/file.dcm'],
  ['indd', 'worker/indesign-preview/file.indd'],
  ['affinity', 'worker/affinity-preview/file.afphoto'],
  ['eps', 'document/eps-preview-of-photoshop/file.eps'],
  ['kra', 'worker/krita/file.kra'],
]

/** More of them are tried thoroughly, through the whole action. */
const COUNT = 60

describe('what is written in place of a damaged file', function () {
  this.timeout(120_000)
  const folder = useTemporaryFolder()

  for (const [format, file] of FILES) {
    it(`is a file, nothing, or a failure that is told: ${format}`, async () => {
      const whole = await readFile(path.join(CASES, file))
      const dice = createDice(seedOf(1))
      const [source, standInPath] = [folder.pathTo('source'), folder.pathTo('stand-in')]
      for (let count = 0; count < COUNT; count++) {
        await writeFile(source, mutate(whole, dice))
        const request = { path: source, format, standInPath, maxPixels: 1_000_000 }
        const { outcome } = await writeStandInHere(request)
        assert.ok(['written', 'none', 'failed'].includes(outcome))
      }
    })
  }
})
