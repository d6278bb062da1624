import assert from 'node:assert/strict'
import type { Character } from '../../../src/engine/pdf/text/characters.ts'
import { orderColumns } from '../../../src/engine/pdf/text/columns.ts'
import { readRightToLeft as readLines } from '../../../src/engine/pdf/text/right-to-left.ts'

/** A letter of a font whose letters are all as wide. */
function letter(text: string, x: number, y = 0): Character {
  const box = { left: x, right: x + 9, bottom: y, top: y + 10 }
  return { text, index: 0, x, y, ...box, fontSize: 10, angle: 0, isMade: false }
}

/** What is seen from left to right, as letters. */
function seen(text: string): Character[] {
  return Array.from(text, (each, index) => letter(each, index * 10))
}

/** A column from its uppermost letter down. */
function column(text: string, x: number, top: number): Character[] {
  return Array.from(text, (each, index) => letter(each, x, top - index * 10))
}

/** What lines say as they are read; undefined for one that PDFium has right. */
function readRightToLeft(lines: readonly (readonly Character[])[]): (string | undefined)[] {
  return readLines(lines).map((line) => line?.map(({ text }) => text).join(''))
}

describe('a line with letters from right to left', () => {
  // What is seen, and what is read; fonts say which bracket is meant, unless they say which is seen.
  const lines: Record<string, readonly [seen: string, read: string]> = {
    'a number': ['51 חוז', 'זוח 51'],
    'a number with a fraction': ['12.5 חוז', 'זוח 12.5'],
    'a date': ['2026-01-02 חוז', 'זוח 2026-01-02'],
    'two numbers': ['2 1 חוז', 'זוח 1 2'],
    'a share': ['12% חוז', 'זוח 12%'],
    'a code': ['ABC-12 חוז', 'זוח ABC-12'],
    'words of another language': ['חוז due soon חוזה', 'הזוח due soon זוח'],
    'brackets that are meant': [')הבנ( חוז', 'זוח (נבה)'],
    'brackets that are seen': ['(הבנ) חוז', 'זוח (נבה)'],
    'brackets around words of another language': ['ה (ABC) חוז', 'זוח (ABC) ה'],
    'a word in a line of another language': ['the word חוזה is here', 'the word הזוח is here'],
    'words and a number in such a line': ['say הזוח 12 חלש now', 'say שלח 12 חוזה now'],
  }
  for (const [what, [visible, read]] of Object.entries(lines)) {
    it(`is read in its order: ${what}`, () => {
      assert.deepEqual(readRightToLeft([seen(visible)]), [read])
    })
  }

  it('is left as it is when there is nothing else in it', () => {
    assert.deepEqual(readRightToLeft([seen('חוזה'), seen('plain (words)')]), [undefined, undefined])
  })

  it('is from right to left where its page is, though it has a long word of another language', () => {
    const page = ['ann@example.com חוזה', 'חוזה חוזה חוזה']
    assert.equal(readRightToLeft(page.map(seen))[0], 'הזוח ann@example.com')
    const other = ['end חוזה', 'plain words from left to right']
    assert.equal(readRightToLeft(other.map(seen))[0], 'end הזוח')
  })

  it('keeps marks behind the letters that they belong to', () => {
    const marked = [letter('ש', 30), letter('ׁ', 29), letter('ל', 20), letter('1', 0)]
    const blank = { ...letter(' ', 10) }
    assert.deepEqual(readRightToLeft([[...marked.slice(0, 3), blank, letter('1', 0)]]), ['שׁל 1'])
  })

  it('has letters that one glyph shows in the order in which they are read', () => {
    const [lam, alef] = ['\u0644', '\u0627']
    const line = [letter('5', 0), letter(' ', 10), letter(lam, 20), letter(alef, 20)]
    assert.deepEqual(readRightToLeft([[...line, letter('\u0633', 30)]]), ['\u0633\u0644\u0627 5'])
  })

  it('has blanks that are nowhere on the page where the gaps are', () => {
    const made = { ...letter(' ', 0), isMade: true }
    const line = [letter('ח', 60), letter('ו', 50), made, letter('A', 10), letter('1', 20)]
    assert.deepEqual(readRightToLeft([line]), ['חו A1'])
  })

  it('has half a pair of brackets as the other lines of its page have them', () => {
    const [whole, half] = [seen('(הבנ) חוז'), seen('הבנ) חוז')]
    assert.deepEqual(readRightToLeft([whole, half]), ['זוח (נבה)', 'זוח (נבה'])
    const meant = readRightToLeft([seen(')הבנ( חוז'), seen('הבנ( חוז')])
    assert.deepEqual(meant, ['זוח (נבה)', 'זוח (נבה'])
  })
})

const texts = (lines: readonly (readonly Character[])[]): string[] =>
  lines.map((line) => line.map(({ text }) => text).join(''))

describe('vertical writing', () => {
  it('goes from right to left, in rows from top to bottom', () => {
    const lines = [
      column('かき', 10, 50),
      column('あい', 100, 200),
      column('うえお', 80, 200),
      column('くけ', 40, 50),
    ]
    assert.deepEqual(texts(orderColumns(lines)), ['あい', 'うえお', 'くけ', 'かき'])
  })

  it('is told apart in a line that PDFium has made of columns', () => {
    const made = { ...letter(' ', 0), isMade: true }
    const line = [...column('二行', 30, 200), made, ...column('一行', 60, 200)]
    assert.deepEqual(texts(orderColumns([line])), ['一行', '二行'])
  })

  it('leaves lines that go across, and turned ones, where they are', () => {
    const turned = column('ab', 90, 100).map((each) => ({ ...each, angle: 90 }))
    const lines = [seen('あい'), turned, seen('うえ')]
    assert.deepEqual(orderColumns(lines), lines)
  })
})
