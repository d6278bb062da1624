import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { folderOfPackage } from '../../src/programs/pinned-package.ts'
import { findPrograms, foldersOfAdded } from '../../src/programs/programs.ts'
import {
  languagesIn,
  ORIENTATION,
  packageOfLanguage,
  TESSERACT,
} from '../../src/programs/tesseract.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('what npm run add -- ocr brings', () => {
  const folder = useTemporaryFolder()

  it('is there when all of it is, in the versions of today', () => {
    const ocr = folder.pathTo('ocr')
    const found = () => findPrograms({ DARKROOM_OCR: ocr }).tesseract
    const place = (name: string) => mkdirSync(path.join(ocr, name), { recursive: true })
    assert.equal(found(), undefined)
    place(folderOfPackage(TESSERACT))
    place('osd-0.9.0')
    assert.equal(found(), undefined)
    place(folderOfPackage(ORIENTATION))
    assert.equal(found(), ocr)
    assert.deepEqual(languagesIn(ocr), [])
    place(folderOfPackage(packageOfLanguage('deu')))
    assert.deepEqual(languagesIn(ocr), ['deu'])
  })

  it('goes below the project unless its variable says another folder', () => {
    assert.equal(foldersOfAdded({})['ocr'], path.resolve('extras/ocr'))
    assert.equal(foldersOfAdded({ DARKROOM_OCR: '/srv/ocr' })['ocr'], '/srv/ocr')
  })
})
