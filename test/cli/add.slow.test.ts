import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { fetchPackages } from '../../src/cli/add/fetch-packages.ts'
import { ORIENTATION, packageOfLanguage } from '../../src/programs/tesseract.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

interface Ended {
  readonly code: number
  readonly out: string
  readonly errors: string
}

/** What `npm run add` says. */
function add(folder: string, ...given: readonly string[]): Promise<Ended> {
  const env = { ...process.env, DARKROOM_OCR: folder }
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/cli/add.ts', ...given], { env }, (error, out, errors) => {
      const code = typeof error?.code === 'number' ? error.code : 0
      resolve({ code: error === null ? 0 : code, out, errors })
    })
  })
}

describe('npm run add', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()
  const ocr = () => folder.pathTo('ocr')

  it('fetches what is named, whole, and leaves nothing else behind', async () => {
    const made = await add(ocr(), 'ocr', 'deu')
    assert.deepEqual([made.code, made.errors], [0, ''])
    assert.deepEqual(readdirSync(ocr()).toSorted(), [
      'deu-1.0.0',
      'osd-1.0.0',
      'tesseract.js-core-7.0.0',
    ])
    assert.ok(existsSync(path.join(ocr(), 'deu-1.0.0/4.0.0_best_int/deu.traineddata.gz')))
    const { out } = await add(ocr())
    assert.match(out, /^ocr +deu +\d+ MB/m)
    const again = await add(ocr(), 'ocr', 'deu')
    assert.match(again.out, /was there already/)
  })

  it('takes no package but the one whose hash is known', async () => {
    const other = { ...ORIENTATION, integrity: packageOfLanguage('eng').integrity }
    const place = folder.pathTo('other')
    await assert.rejects(
      fetchPackages([other], place),
      /^Error: npm could not fetch it: .*integrity/i,
    )
    assert.deepEqual(readdirSync(place), [])
  })

  it('counts nothing as there that a killed one has left', async () => {
    await mkdir(folder.pathTo('killed'), { recursive: true })
    await mkdtemp(folder.pathTo('killed/.fetching-'))
    const { out } = await add(folder.pathTo('killed'))
    assert.match(out, /^ocr +not there/m)
  })

  const REFUSED: readonly (readonly [given: readonly string[], code: number, told: RegExp])[] = [
    [['nothing'], 2, /^There is no "nothing" to be added; there is ocr, office, ffmpeg\.$/m],
    [['ocr', 'xxx'], 2, /^ocr has no language "xxx"; it has eng, deu, /],
    [
      ['ffmpeg'],
      1,
      /^FFmpeg comes with the system, since no .*: (?:sudo apt-get|brew) install ffmpeg$/m,
    ],
    [
      ['office'],
      1,
      /^LibreOffice comes with the system, since .*: (?:sudo apt-get|brew) install .*libreoffice/,
    ],
    [['gs'], 1, /^Ghostscript comes with the system: (?:sudo apt-get|brew) install ghostscript$/m],
  ]
  for (const [given, code, told] of REFUSED) {
    it(`refuses ${given.join(' ')} in a sentence`, async () => {
      const ended = await add(folder.pathTo('refused'), ...given)
      assert.equal(ended.code, code)
      assert.match(ended.errors, told)
    })
  }
})
