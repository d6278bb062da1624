import assert from 'node:assert/strict'
import type { Page } from '../../../../src/engine/pages/drawing/page.ts'
import { cell, pagesOf, seenOn, stylesOf } from './sheet-parts.ts'

/** A sheet of so many columns and rows, whose cells have their place in them. */
function table(columns: number, rowCount: number): string {
  const names = Array.from({ length: columns }, (_, index) => nameOf(index))
  const written = Array.from({ length: rowCount }, (_, index) => {
    const cells = names.map((name) => cell(`${name}${index + 1}`, `${name}${index + 1}`))
    return `<row r="${index + 1}">${cells.join('')}</row>`
  })
  return `<sheetFormatPr defaultRowHeight="15"/><sheetData>${written.join('')}</sheetData>`
}

function nameOf(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26))
  return column < 26 ? letter : nameOf(Math.floor(column / 26) - 1) + letter
}

/** The first text of each page, and what paper it is on. */
function firstOf(pages: readonly Page[]): readonly string[] {
  return pages.map((page) => {
    const isUpright = page.height > page.width
    return `${seenOn(page).texts[0]?.text} ${isUpright ? 'upright' : 'turned'}`
  })
}

const cases: readonly (readonly [
  title: string,
  sheet: string,
  names: string,
  pages: readonly string[],
])[] = [
  ['that has room on upright paper is on that', table(8, 3), '', ['A1 upright']],
  ['that is wider is on turned paper', table(15, 3), '', ['A1 turned']],
  ['that is as long as two pages is on two', table(3, 60), '', ['A1 upright', 'A49 upright']],
  ['wider than can be read on one page is cut', table(40, 3), '', ['A1 turned', 'AE1 turned']],
  [
    'that says how paper is held is cut at its edge',
    `${table(16, 3)}<pageSetup orientation="landscape"/>`,
    '',
    ['A1 turned', 'P1 turned'],
  ],
  [
    'goes down before it goes on at the right',
    `${table(12, 60)}<pageSetup scale="99"/>`,
    '',
    ['A1 upright', 'A50 upright', 'K1 upright', 'K50 upright'],
  ],
  [
    'goes across first where it says so',
    `${table(12, 60)}<pageSetup scale="99" pageOrder="overThenDown"/>`,
    '',
    ['A1 upright', 'K1 upright', 'A50 upright', 'K50 upright'],
  ],
  [
    'fits on as many pages as it says',
    `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>${table(20, 80)}<pageSetup fitToHeight="1"/>`,
    '',
    ['A1 upright'],
  ],
  [
    'ends pages where it says',
    `${table(3, 4)}<rowBreaks><brk id="2"/></rowBreaks><colBreaks><brk id="1"/></colBreaks>`,
    '',
    ['A1 upright', 'A3 upright', 'B1 upright', 'B3 upright'],
  ],
  [
    'has what is printed of it',
    table(9, 9),
    "<definedName name='_xlnm.Print_Area' localSheetId='0'>'S,0'!$C$3:$D$4,S0!$F:$F</definedName>",
    ['C3 upright', 'F1 upright'],
  ],
  [
    'has nothing on pages between those that show something',
    `<sheetData><row r="1">${cell('A1', 'A1')}</row><row r="1048576">${cell('XFD1048576', 'last')}</row></sheetData>`,
    '',
    ['A1 turned', 'last turned'],
  ],
]

describe('a sheet on paper', () => {
  for (const [title, sheet, names, expected] of cases) {
    it(title, async () => {
      const pages = await pagesOf({ sheets: [sheet], names })
      assert.deepEqual(firstOf(pages), expected)
    })
  }

  it('repeats rows that it says on each page', async () => {
    const names =
      "<definedName name='_xlnm.Print_Titles' localSheetId='0'>S0!$A:$A,S0!$1:$1</definedName>"
    const pages = await pagesOf({ sheets: [table(3, 60)], names })
    const texts = pages.map((page) => seenOn(page).texts.map(({ text }) => text))
    assert.deepEqual(texts[1]?.slice(0, 4), ['A1', 'B1', 'C1', 'A49'])
  })

  it('has letters that can be read on its first page, however wide it is', async () => {
    const [page] = await pagesOf({ sheets: [table(200, 2)], styles: stylesOf([]) })
    assert.equal(seenOn(page).texts[0]?.size, 5)
  })
})
