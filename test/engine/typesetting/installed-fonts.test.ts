import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { OperationError } from '../../../src/base/operation-error.ts'
import { drawText } from '../../../src/engine/typesetting/draw-text.ts'
import { readCharacterMap } from '../../../src/engine/typesetting/fonts/character-map.ts'
import { fontFolders } from '../../../src/engine/typesetting/fonts/font-folders.ts'
import { findInstalledFonts } from '../../../src/engine/typesetting/fonts/installed-fonts.ts'
import type { DrawnText } from '../../../src/engine/typesetting/set-text.ts'
import type { TextContent, TextRun } from '../../../src/engine/typesetting/text-content.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { collectionFile, fontFile, groupsTable } from './made-fonts.ts'

const RUN: TextRun = {
  text: 'AAAA',
  font: undefined,
  size: 50,
  colour: { red: 0, green: 0, blue: 0, alpha: 255 },
  bold: false,
  italic: false,
  underline: false,
  position: 'baseline',
}

function countInk({ pixels }: DrawnText): number {
  return pixels.reduce((sum, value, at) => (at % 4 === 3 ? sum + value : sum), 0)
}

function textOf(run: Partial<TextRun>): TextContent {
  const paragraphs = [{ align: 'left', runs: [{ ...RUN, ...run }] }] as const
  return { paragraphs, vertical: 'top', resolution: 72, fitted: false }
}

function isGone(error: unknown): boolean {
  return (
    error instanceof OperationError && /^text_(?:font_missing|letters_unknown)$/.test(error.code)
  )
}

describe('fonts of the machine', () => {
  const folder = useTemporaryFolder()

  before(() => {
    mkdirSync(folder.pathTo('fonts/deep/er'), { recursive: true })
    const files = {
      'plain.ttf': fontFile({ family: 'Made Plain', own: 'MadePlain-Regular' }),
      'plain-bold.otf': fontFile({ family: 'Made Plain', own: 'MadePlain-Bold', weight: 700 }),
      'deep/er/far.TTF': fontFile({ family: 'Größe', letters: 'A中😀' }),
      'both.ttc': collectionFile([
        { family: 'First Made' },
        { family: 'Second Made', letters: 'AZ' },
      ]),
      'none.ttf': Buffer.from('no font'),
      'cut.ttf': fontFile({ family: 'Cut Off' }).subarray(0, 300),
      'empty.ttf': Buffer.alloc(0),
      'readme.txt': fontFile({ family: 'No Name Of A Font' }),
    }
    for (const [name, file] of Object.entries(files))
      writeFileSync(folder.pathTo(`fonts/${name}`), file)
  })

  function draw(run: Partial<TextRun>): Promise<DrawnText> {
    const folders = [folder.pathTo('fonts'), folder.pathTo('nowhere')]
    return drawText(textOf(run), undefined, { folders, signal: AbortSignal.timeout(60_000) })
  }

  it('are found by what their files say, in folders within folders and in collections', () => {
    const found = findInstalledFonts([folder.pathTo('fonts')])
    assert.deepEqual(
      found.map(({ families, index, weight }) => [families[0], index, weight]),
      [
        ['first made', 0, 400],
        ['second made', 1, 400],
        ['größe', 0, 400],
        ['made plain', 0, 700],
        ['made plain', 0, 400],
      ],
    )
  })

  for (const font of ['Made Plain', 'made plain ', 'MadePlain-Regular', 'Größe', 'Second Made']) {
    it(`are what a text means by ${JSON.stringify(font)}`, async () => {
      // As wide as letters of Cousine, and not of Arimo.
      assert.equal((await draw({ font })).width, 120)
    })
  }

  it('are bold and italic by themselves, or are made so', async () => {
    const plain = countInk(await draw({ font: 'Made Plain' }))
    // The file that says bold of itself has the same letters.
    assert.equal(countInk(await draw({ font: 'Made Plain', bold: true })), plain)
    assert.ok(countInk(await draw({ font: 'First Made', bold: true })) > plain * 1.15)
    const italic = await draw({ font: 'First Made', italic: true, text: 'I' })
    assert.notDeepEqual(italic.pixels, (await draw({ font: 'First Made', text: 'I' })).pixels)
  })

  it('have letters that their text’s font has not', async () => {
    for (const text of ['中', '😀']) {
      const raster = await draw({ text, font: 'Arial' })
      assert.ok(countInk(raster) > 10_000 && raster.width === 30, text)
    }
  })

  it('are asked behind the shipped ones', async () => {
    const hebrew = await draw({ text: 'ש', font: 'Second Made' })
    assert.deepEqual(hebrew.pixels, (await draw({ text: 'ש' })).pixels)
  })

  for (const [run, code] of [
    [{ font: 'Cut Off' }, 'text_font_missing'],
    [{ font: 'No Name Of A Font' }, 'text_font_missing'],
    [{ text: '文' }, 'text_letters_unknown'],
  ] as const) {
    it(`refuse what they have not: ${JSON.stringify(run)}`, async () => {
      await assert.rejects(draw(run), (error) => {
        return error instanceof OperationError && error.code === code
      })
    })
  }

  it('are missing when they have gone', async () => {
    const path = folder.pathTo('fonts/gone.ttf')
    writeFileSync(path, fontFile({ family: 'Soon Gone', letters: 'A\u{10fffd}' }))
    const folders = [folder.pathTo('fonts'), folder.pathTo('another')]
    const tools = { folders, signal: AbortSignal.timeout(60_000) }
    await drawText(textOf({ font: 'Soon Gone' }), undefined, tools)
    rmSync(path)
    await assert.rejects(drawText(textOf({ font: 'Soon Gone' }), undefined, tools), isGone)
    await assert.rejects(drawText(textOf({ text: '\u{10fffd}' }), undefined, tools), isGone)
  })

  it('are in the folders of each system', () => {
    assert.ok(fontFolders('linux', '/home/me').includes('/usr/share/fonts'))
    assert.ok(fontFolders('linux', '/home/me').includes('/home/me/.local/share/fonts'))
    assert.ok(fontFolders('darwin', '/Users/me').includes('/System/Library/Fonts'))
    assert.ok(fontFolders('win32', 'C:/Users/me').includes('C:/Windows/Fonts'))
  })
})

/** Letters a to c by a difference, and x by a list. */
function segmentsTable(): Buffer {
  const values = [0, 1, 3, 1, 0, 12, 4, 42, 0, 6, 0, 0, 0, 99, 120, 0xffff, 0, 97, 120, 0xffff]
  const words = [...values, 0x10000 - 90, 0, 1, 0, 4, 0, 7]
  const table = Buffer.alloc(words.length * 2)
  for (const [index, word] of words.entries()) table.writeUInt16BE(word, index * 2)
  return table
}

describe('the map of the letters of a font', () => {
  for (const [name, table, has, hasNot] of [
    ['in segments', segmentsTable(), 'abcx', '`dwyA中😀'],
    ['in groups', groupsTable('ac中😀'), 'ac中😀', 'bd文'],
    ['that is damaged', segmentsTable().subarray(0, 9), '', 'abc'],
    ['that is empty', Buffer.alloc(0), '', 'abc'],
  ] as const) {
    it(`is read ${name}`, () => {
      const covers = readCharacterMap(table)
      for (const letter of has) assert.ok(covers(letter.codePointAt(0) ?? 0), letter)
      for (const letter of hasNot) assert.ok(!covers(letter.codePointAt(0) ?? 0), letter)
    })
  }
})
