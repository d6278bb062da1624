import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { writePdfPositions } from '../../../src/engine/pdf/pdf.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { line, pdfOfPage } from './pdf-files.ts'

/** A page as the file has it. */
interface Page {
  readonly number: number
  readonly width: number
  readonly height: number
  readonly rotation: number
  readonly blocks: readonly {
    readonly box: Box
    readonly lines: readonly {
      readonly text: string
      readonly box: Box
      readonly fontSize: number
      readonly bold?: boolean
      readonly words: readonly { readonly text: string; readonly box: Box }[]
    }[]
  }[]
}

type Box = readonly [left: number, top: number, right: number, bottom: number]

/** Letters of a size at a place. */
function at(x: number, y: number, text: string, size = 10): string {
  return `BT /F ${size} Tf ${x} ${y} Td (${text}) Tj ET `
}

describe('the positions of the text of a PDF', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()

  async function pagesOf(pdf: Buffer): Promise<readonly Page[]> {
    const path = folder.pathTo('document.pdf')
    await writeFile(path, pdf)
    await writePdfPositions({ path, password: undefined }, folder.pathTo('text.json'))
    const { pages }: { pages: Page[] } = JSON.parse(
      await readFile(folder.pathTo('text.json'), 'utf8'),
    )
    return pages
  }

  const blocksOf = async (contents: string): Promise<string[][]> => {
    const [page] = await pagesOf(pdfOfPage({ contents }))
    return (page?.blocks ?? []).map(({ lines }) => lines.map(({ text }) => text))
  }

  it('are those of words, lines and blocks, from the upper left of the page, in points', async () => {
    const [page] = await pagesOf(pdfOfPage({ contents: line('Total due', 200) }))
    assert.ok(page)
    assert.deepEqual([page.number, page.width, page.height, page.rotation], [1, 400, 300, 0])
    const [block] = page.blocks
    const [only] = block?.lines ?? []
    assert.equal(only?.text, 'Total due')
    assert.equal(only.fontSize, 10)
    assert.deepEqual(only.box, block?.box)
    const [total, due] = only.words
    assert.deepEqual([total?.text, due?.text], ['Total', 'due'])
    const [left = 0, top = 0, right = 0, bottom = 0] = total?.box ?? []
    // Helvetica's letters are 2.78, 5.56, … wide, and stand on a line that is 100 points below the top.
    assert.ok(Math.abs(left - 20) < 0.1 && Math.abs(right - 42.23) < 0.5, String(total?.box))
    assert.ok(top > 90 && top < 93 && bottom > 100 && bottom < 104, String(total?.box))
    assert.ok((due?.box[0] ?? 0) > right)
  })

  // A4 and the like, turned: the same word is seen at the same distance from what is its upper left.
  const turns: Record<
    number,
    { place: readonly [number, number]; size: readonly [number, number] }
  > = {
    0: { place: [20, 90], size: [400, 300] },
    90: { place: [199, 20], size: [300, 400] },
    180: { place: [357, 197], size: [400, 300] },
    270: { place: [90, 357], size: [300, 400] },
  }
  for (const [turn, { place, size }] of Object.entries(turns)) {
    it(`are those of the page as it is shown, turned by ${turn} degrees`, async () => {
      const [page] = await pagesOf(
        pdfOfPage({ contents: line('Total', 200), page: `/Rotate ${turn}` }),
      )
      assert.deepEqual([page?.width, page?.height, page?.rotation], [...size, Number(turn)])
      const [left = 0, top = 0] = page?.blocks[0]?.box ?? []
      assert.ok(Math.abs(left - place[0]) < 3 && Math.abs(top - place[1]) < 3, `${left}, ${top}`)
    })
  }

  it('are those of what is left of a page that is cropped', async () => {
    const [page] = await pagesOf(
      pdfOfPage({ contents: line('Total', 200), page: '/CropBox[10 100 210 250]' }),
    )
    assert.deepEqual([page?.width, page?.height], [200, 150])
    const [left = 0, top = 0] = page?.blocks[0]?.box ?? []
    assert.ok(Math.abs(left - 10) < 0.5 && Math.abs(top - 41) < 3, `${left}, ${top}`)
  })

  it('are of words in the size in which they are drawn, whatever scales them', async () => {
    const [page] = await pagesOf(
      pdfOfPage({ contents: 'q 2 0 0 2 0 0 cm BT /F 1 Tf 8 0 0 8 10 100 Tm (Large) Tj ET Q' }),
    )
    assert.equal(page?.blocks[0]?.lines[0]?.fontSize, 16)
  })

  it('tell lines that are bold, by their font or as they are drawn', async () => {
    const contents = `${at(20, 250, 'Plain')}BT /B 10 Tf 20 200 Td (Bold) Tj ET BT /B 10 Tf 20 150 Td (Partly) Tj /F 10 Tf ( so) Tj ET ${at(20, 100, 'Outlined').replace('Td', 'Td 2 Tr')}`
    const fonts = '/B<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>'
    const [page] = await pagesOf(pdfOfPage({ contents, fonts }))
    const lines = (page?.blocks ?? []).flatMap((block) => block.lines)
    assert.deepEqual(
      lines.map(({ text, bold }) => [text, bold]),
      [
        ['Plain', undefined],
        ['Bold', true],
        ['Partly so', undefined],
        ['Outlined', true],
      ],
    )
  })

  const pages: Record<string, { contents: string; blocks: string[][] }> = {
    'lines below each other in one block': {
      contents: at(20, 200, 'The first line') + at(20, 188, 'and the second.'),
      blocks: [['The first line', 'and the second.']],
    },
    'a heading and its paragraph in two': {
      contents: at(20, 200, 'Heading', 18) + at(20, 186, 'A paragraph.'),
      blocks: [['Heading'], ['A paragraph.']],
    },
    'paragraphs with a space between them in two': {
      contents: at(20, 200, 'One') + at(20, 170, 'Two'),
      blocks: [['One'], ['Two']],
    },
    'cells of a table row by row': {
      contents: [200, 188].map((y) => at(20, y, `${y} a`) + at(120, y, `${y} b`)).join(''),
      blocks: [['200 a'], ['200 b'], ['188 a'], ['188 b']],
    },
    'columns of text as columns, though they are drawn line by line': {
      contents: [200, 188]
        .map(
          (y) =>
            at(20, y, `${y} of a column that is wide`) +
            at(220, y, `${y} of another that stands beside it`),
        )
        .join(''),
      blocks: [
        ['200 of a column that is wide', '188 of a column that is wide'],
        ['200 of another that stands beside it', '188 of another that stands beside it'],
      ],
    },
    'a word that goes on in the next line as it is seen': {
      contents: at(20, 200, 'to manip-') + at(20, 188, 'ulate it'),
      blocks: [['to manip-', 'ulate it']],
    },
    'nothing where there is none': { contents: '0 0 10 10 re f', blocks: [] },
  }
  for (const [what, { contents, blocks }] of Object.entries(pages)) {
    it(`have ${what}`, async () => {
      assert.deepEqual(await blocksOf(contents), blocks)
    })
  }

  it('have the words of a line from right to left in the order in which they are read', async () => {
    const pdf = await readFile(new URL('./documents/right-to-left.pdf', import.meta.url))
    const [page] = await pagesOf(pdf)
    const lines = page?.blocks.flatMap((block) => block.lines) ?? []
    for (const { words } of lines) {
      const lefts = words.map(({ box }) => box[0])
      assert.deepEqual(
        lefts,
        lefts.toSorted((one, other) => other - one),
      )
    }
    assert.ok(lines.some(({ text }) => /\p{Script=Hebrew}/u.test(text)))
  })
})
