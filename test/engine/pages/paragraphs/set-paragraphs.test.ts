import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import fontverter from 'fontverter'
import type { PageMark } from '../../../../src/engine/pages/drawing/page.ts'
import { createPageFonts } from '../../../../src/engine/pages/paragraphs/page-fonts.ts'
import {
  type SetLine,
  setParagraphs,
} from '../../../../src/engine/pages/paragraphs/set-paragraphs.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { paragraph, run } from '../page-parts.ts'

function lettersOf({ marks }: Pick<SetLine, 'marks'>): string {
  return marks
    .flatMap((mark) => (mark.kind === 'text' ? mark.glyphs.map(({ letters }) => letters) : []))
    .join('')
}

function boxesOf(marks: readonly PageMark[]): number {
  return marks.filter(({ kind }) => kind === 'path').length
}

function fontsOf(marks: readonly PageMark[]): string[] {
  return marks.flatMap((mark) => (mark.kind === 'text' ? [mark.font.replace(/.*\//, '')] : []))
}

describe('setParagraphs', () => {
  const folder = useTemporaryFolder()
  const fonts = createPageFonts([])

  it('breaks paragraphs into lines, which know theirs', () => {
    const { lines, height } = setParagraphs(
      [paragraph('one two three', { spaceAfter: 6 }), paragraph('four')],
      { width: 50, fonts },
    )
    assert.deepEqual(
      lines.map((each) => [each.paragraph, lettersOf(each)]),
      [
        [0, 'onetwo'],
        [0, 'three'],
        [1, 'four'],
      ],
    )
    assert.deepEqual(
      lines.map(({ top }) => Math.round(top)),
      [0, 14, 34],
    )
    assert.equal(Math.round(height), 47)
  })

  it('lets lines end only where the text says so when they have no width', () => {
    const { lines, widest } = setParagraphs([paragraph('one two three\nfour')], {
      width: undefined,
      fonts,
    })
    assert.deepEqual([lines.length, Math.round(widest)], [2, 73])
  })

  for (const [font, file] of [
    ['Arial', 'Arimo_400Regular.ttf'],
    ['Times New Roman', 'Tinos_400Regular.ttf'],
    ['Unheard of', 'Arimo_400Regular.ttf'],
    ['Cambria Math', 'Tinos_400Regular.ttf'],
    ['Noto Sans Serif Looking', 'Arimo_400Regular.ttf'],
    ['Consolas', 'Cousine_400Regular.ttf'],
    ['', 'Arimo_400Regular.ttf'],
  ] as const) {
    it(`sets what is in "${font}" in ${file}`, () => {
      const { lines } = setParagraphs([paragraph('', { runs: [run('x', { font })] })], {
        width: 50,
        fonts,
      })
      assert.deepEqual(fontsOf(lines[0]?.marks ?? []), [file])
    })
  }

  it('has bars for letters that no font has', () => {
    const { lines } = setParagraphs([paragraph('a 世界 b')], { width: 200, fonts })
    const marks = lines[0]?.marks ?? []
    assert.deepEqual([lettersOf({ marks }), boxesOf(marks)], ['ab', 2])
  })

  it('leaves out what is no letter', () => {
    const { lines } = setParagraphs([paragraph('a\u0000\u0007\ud800b\u0085')], {
      width: 200,
      fonts,
    })
    const marks = lines[0]?.marks ?? []
    assert.deepEqual([lettersOf({ marks }), boxesOf(marks)], ['ab', 0])
  })

  it('puts letters behind a tab before its stop, around it or behind it, and fills what is between', () => {
    const starts = (['left', 'centre', 'right'] as const).map((align) => {
      const { lines } = setParagraphs([paragraph('a\tiiii', { tabs: [{ at: 100, align }] })], {
        width: 200,
        fonts,
      })
      const [first] = lines
      const glyphs = first?.marks.flatMap((mark) => (mark.kind === 'text' ? mark.glyphs : [])) ?? []
      return Math.round(glyphs[1]?.x ?? 0)
    })
    assert.deepEqual(starts, [100, 95, 89])
    const { lines } = setParagraphs(
      [paragraph('a\tb', { tabs: [{ at: 100, align: 'right', leader: '.' }] })],
      { width: 200, fonts },
    )
    assert.ok(
      (lines[0]?.marks ?? []).some((mark) => mark.kind === 'text' && mark.glyphs.length > 20),
    )
  })

  it('keeps room for what stands in a line in place of letters', () => {
    const inset = { name: 'photo', width: 30, height: 40 }
    const { lines } = setParagraphs(
      [paragraph('', { runs: [run('a'), run('\ufffc', { inset })] })],
      { width: 200, fonts },
    )
    const [first] = lines
    const picture = first?.marks.find(({ kind }) => kind === 'picture')
    assert.ok(first && picture?.kind === 'picture')
    assert.deepEqual(
      [picture.name, Math.round(picture.x), picture.y + picture.height, Math.round(first.height)],
      ['photo', 7, first.baseline, 43],
    )
  })

  it('sets text from right to left', () => {
    const { lines } = setParagraphs([paragraph('אב (cd)', { align: 'right', direction: 'rtl' })], {
      width: 200,
      fonts,
    })
    // As they are seen from left to right, where brackets look the other way.
    assert.equal(lettersOf(lines[0] ?? { marks: [] }), ')cd(בא')
  })

  it('draws letters of a font that is no simple one of TrueType by their outlines', async () => {
    const path = folder.pathTo('own.otf')
    const roboto = fileURLToPath(import.meta.resolve('fontverter/testdata/Roboto-400.woff'))
    await writeFile(path, await fontverter.convert(await readFile(roboto), 'sfnt'))
    const own = createPageFonts([dirname(path)])
    const runs = [run('AB', { font: 'Roboto' })]
    const { lines } = setParagraphs([paragraph('', { runs })], { width: 50, fonts: own })
    const marks = lines[0]?.marks ?? []
    assert.deepEqual([lettersOf({ marks }), boxesOf(marks)], ['', 2])
  })

  it('takes impossible sizes, spaces and lengths for possible ones', () => {
    const { lines, height } = setParagraphs(
      [
        paragraph('', {
          runs: [run('x'.repeat(100_000), { size: -1, spacing: Number.NaN })],
          indent: { left: 1e12, right: -1e12, first: Number.NaN },
          spaceBefore: Infinity,
          lines: { by: 'factor', factor: 1e9 },
          tabs: [{ at: -1e9 }],
        }),
      ],
      { width: -5, fonts },
    )
    assert.ok(lines.length > 0 && Number.isFinite(height))
  })
})
