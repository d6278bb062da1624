import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findFilesToAdd } from '../../src/cli/assets/files-to-add.ts'
import { findFiles, tellLeftOut } from '../../src/cli/given-files/find-files.ts'
import { PICTURES_AND_DOCUMENTS } from '../../src/cli/given-files/known-files.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('the files that somebody means', () => {
  const temporary = useTemporaryFolder()
  const at = (name: string): string => temporary.pathTo(name)

  before(() => {
    for (const folder of [
      'shop/summer/deep',
      'shop/.git',
      'empty',
      'texts',
      'twice/a',
      'twice/b',
    ]) {
      mkdirSync(at(folder), { recursive: true })
    }
    for (const file of [
      'shop/hat.jpg',
      'shop/notes.txt',
      'texts/notes.txt',
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
    ['a file', ['shop/hat.jpg'], [' shop/hat.jpg']],
    ['a file whose name would be a pattern', ['odd[1].jpg'], [' odd[1].jpg']],
    ['a file once', ['shop/hat.jpg', 'shop/../shop/hat.jpg'], [' shop/hat.jpg']],
    [
      'a folder with those below it, without what is hidden and links of folders',
      ['shop'],
      [
        ' shop/hat.jpg',
        ' shop/notes.txt',
        'summer shop/summer/coat.png',
        'summer/deep shop/summer/deep/shoe.jpg',
      ],
    ],
    ['a pattern', ['shop/*.jpg'], [' shop/hat.jpg']],
    [
      'a pattern of several folders, as if the shell had put the files in its place',
      ['shop/summer/**/*.{jpg,png}'],
      [' shop/summer/coat.png', ' shop/summer/deep/shoe.jpg'],
    ],
  ]
  for (const [what, subjects, files] of found) {
    it(`are those of ${what}`, () => {
      const given = findFiles(subjects.map(at)).files
      assert.deepEqual(
        given.map(({ file, within }) => `${within} ${path.relative(at(''), file)}`),
        files,
      )
    })
  }

  it('are what comes from the standard input', () => {
    assert.deepEqual(findFiles(['-']).files, [{ file: '-', title: '-', within: '' }])
  })

  const names = (subjects: string[], options: Parameters<typeof findFiles>[1]) =>
    findFiles(subjects.map(at), options).files.map(({ file }) => path.basename(file))

  it('are those of a folder that are meant, and one that is named whatever it is', () => {
    const meant = PICTURES_AND_DOCUMENTS
    assert.deepEqual(names(['shop'], { meant }), ['hat.jpg', 'coat.png', 'shoe.jpg'])
    assert.deepEqual(names(['shop/notes.txt'], { meant }), ['notes.txt'])
    const { leftOut } = findFiles([at('shop'), at('shop/*')], { meant })
    assert.deepEqual(tellLeftOut(leftOut, meant), [
      '1 file is left out, by name no picture, document or video.',
    ])
    assert.deepEqual(tellLeftOut(0, meant), [])
  })

  it('are none of the folder where the command writes, unless that is given itself', () => {
    const except = at('shop/summer')
    assert.deepEqual(names(['shop'], { except }), ['hat.jpg', 'notes.txt'])
    assert.deepEqual(names(['shop/**/*.{jpg,png}'], { except }), ['hat.jpg'])
    assert.deepEqual(names(['shop/summer'], { except }), ['coat.png', 'shoe.jpg'])
    assert.deepEqual(names(['shop/summer/*.png'], { except }), ['coat.png'])
    assert.deepEqual(names(['shop'], { except: at('sho') }).length, 4)
  })

  const refused: [what: string, subject: string, sentence: RegExp][] = [
    ['a file that is not there', 'nothing.jpg', /nothing\.jpg: there is no such file\.$/],
    ['a pattern of nothing', 'shop/*.tif', /\*\.tif: there is no such file\.$/],
    [
      'a folder without files',
      'empty',
      /empty: there is no picture, document or .* in this folder\.$/,
    ],
    [
      'a folder without such files',
      'texts',
      /texts: there is no picture, document or video in this/,
    ],
    ['a pattern of others', 'shop/*.txt', /txt: there is no picture, .* among these files\.$/],
  ]
  for (const [what, subject, sentence] of refused) {
    it(`are none for ${what}`, () => {
      assert.throws(() => findFiles([at(subject)], { meant: PICTURES_AND_DOCUMENTS }), {
        name: 'UsageError',
        message: sentence,
      })
    })
  }

  it('are no two with one name when they become assets', () => {
    assert.throws(() => findFilesToAdd([at('twice')]), {
      name: 'UsageError',
      message: /one\.jpg and \S+one\.png would both be the asset one/,
    })
  })
})
