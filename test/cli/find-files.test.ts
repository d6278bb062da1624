import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findFilesToAdd } from '../../src/cli/assets/files-to-add.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('files to add as assets', () => {
  const temporary = useTemporaryFolder()
  const at = (name: string): string => temporary.pathTo(name)

  before(() => {
    for (const folder of ['shop/summer/deep', 'shop/.git', 'empty', 'twice/a', 'twice/b']) {
      mkdirSync(at(folder), { recursive: true })
    }
    for (const file of [
      'shop/hat.jpg',
      'shop/summer/coat.png',
      'shop/summer/deep/shoe.jpg',
      'shop/.hidden.jpg',
      'shop/.git/config.jpg',
      'twice/a/one.jpg',
      'twice/b/one.png',
      'odd[1].jpg',
    ]) {
      writeFileSync(at(file), file)
    }
    symlinkSync(at('shop'), at('shop/round'))
  })

  const found: [what: string, subjects: string[], files: string[]][] = [
    ['a file', ['shop/hat.jpg'], ['new shop/hat.jpg']],
    ['a file whose name would be a pattern', ['odd[1].jpg'], ['new odd[1].jpg']],
    ['a file once', ['shop/hat.jpg', 'shop/../shop/hat.jpg'], ['new shop/hat.jpg']],
    [
      'a folder with those below it, without what is hidden and links of folders',
      ['shop'],
      [
        'new shop/hat.jpg',
        'new/summer shop/summer/coat.png',
        'new/summer/deep shop/summer/deep/shoe.jpg',
      ],
    ],
    ['a pattern', ['shop/*.jpg'], ['new shop/hat.jpg']],
    [
      'a pattern of several folders',
      ['shop/summer/**/*.{jpg,png}'],
      ['new shop/summer/coat.png', 'new shop/summer/deep/shoe.jpg'],
    ],
  ]
  for (const [what, subjects, files] of found) {
    it(`are those of ${what}`, () => {
      const added = findFilesToAdd(subjects.map(at), 'new')
      assert.deepEqual(
        added.map(({ file, folder }) => `${folder} ${path.relative(at(''), file)}`),
        files,
      )
    })
  }

  const refused: [what: string, subject: string, sentence: RegExp][] = [
    ['a file that is not there', 'nothing.jpg', /nothing\.jpg: there is no such file\.$/],
    ['a pattern of nothing', 'shop/*.tif', /\*\.tif: there is no such file\.$/],
    ['a folder without files', 'empty', /there is no file in this folder\.$/],
    ['two files with one name', 'twice', /one\.jpg and \S+one\.png would both be the asset one/],
  ]
  for (const [what, subject, sentence] of refused) {
    it(`are none for ${what}`, () => {
      assert.throws(() => findFilesToAdd([at(subject)], ''), {
        name: 'UsageError',
        message: sentence,
      })
    })
  }
})
