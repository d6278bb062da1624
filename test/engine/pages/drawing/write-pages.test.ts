import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { moved } from '../../../../src/engine/pages/drawing/moved.ts'
import type { Page, PageMark } from '../../../../src/engine/pages/drawing/page.ts'
import { ellipse, line, rectangle } from '../../../../src/engine/pages/drawing/shapes.ts'
import { finishPages, writePages } from '../../../../src/engine/pages/drawing/write-pages.ts'
import { createPageFonts } from '../../../../src/engine/pages/paragraphs/page-fonts.ts'
import { setParagraphs } from '../../../../src/engine/pages/paragraphs/set-paragraphs.ts'
import { writePdfText } from '../../../../src/engine/pdf/pdf.ts'
import { plain } from '../../../support/pictures.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { colour, drawPages, paragraph, run } from '../page-parts.ts'

const RED = colour(255, 0, 0)
const BLUE = colour(0, 0, 255)
const WHITE = '255 255 255'

function pageOf(...marks: readonly PageMark[]): Page {
  return { width: 100, height: 80, marks }
}

describe('writePages', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()
  const fonts = createPageFonts([])

  function marksOf(text: string, size = 12): readonly PageMark[] {
    const runs = [run(text, { size })]
    const { lines } = setParagraphs([paragraph('', { runs })], { width: 90, fonts })
    return lines.flatMap(({ marks }) => marks)
  }

  const box = rectangle({ x: 10, y: 10, width: 40, height: 20 })
  const whole = { x: 10, y: 10, width: 40, height: 20 }
  /** Each tells what is at 20, 15, and at 60, 15. */
  const cases: readonly (readonly [
    title: string,
    mark: PageMark,
    inside: string,
    outside: string,
  ])[] = [
    ['fills a path', { kind: 'path', path: box, fill: RED }, '255 0 0', WHITE],
    [
      'mixes a colour that covers in part with what is below',
      { kind: 'path', path: box, fill: colour(255, 0, 0, 127.5) },
      '255 128 128',
      WHITE,
    ],
    ['draws an ellipse', { kind: 'path', path: ellipse(whole), fill: BLUE }, '0 0 255', WHITE],
    ['draws a line', line([0, 15], [50, 15], { colour: RED, width: 4 }), '255 0 0', WHITE],
    ['moves marks', moved([{ kind: 'path', path: box, fill: RED }], 40, 0), WHITE, '255 0 0'],
    [
      'cuts off marks',
      {
        kind: 'group',
        clip: box,
        marks: [{ kind: 'path', path: rectangle({ ...whole, width: 80 }), fill: RED }],
      },
      '255 0 0',
      WHITE,
    ],
    [
      'turns marks',
      {
        kind: 'group',
        matrix: [0, 1, -1, 0, 75, 0],
        marks: [{ kind: 'path', path: box, fill: RED }],
      },
      WHITE,
      '255 0 0',
    ],
    [
      'has a grey box for a picture that is not there',
      { kind: 'picture', name: 'none', ...whole },
      '230 230 230',
      WHITE,
    ],
    [
      'fills with colours along a line, the last going on',
      {
        kind: 'path',
        path: rectangle({ ...whole, width: 80 }),
        fill: {
          kind: 'linear',
          from: [30, 0],
          to: [40, 0],
          stops: [
            { at: 0, colour: RED },
            { at: 1, colour: BLUE },
          ],
        },
      },
      '255 0 0',
      '1 0 254',
    ],
  ]
  for (const [title, mark, inside, outside] of cases) {
    it(title, async () => {
      const at = await drawPages([pageOf(mark)], folder.pathTo('page.pdf'))
      assert.deepEqual([at(20, 15), at(60, 15)], [inside, outside])
    })
  }

  it('draws pictures, clear where they are, and cut off at their sides', async () => {
    const pixels = Buffer.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 0, 0])
    const at = await drawPages(
      [
        pageOf(
          { kind: 'picture', name: 'four', ...whole },
          {
            kind: 'picture',
            name: 'four',
            x: 60,
            y: 10,
            width: 20,
            height: 20,
            crop: { left: 0.5, top: 0, right: 0, bottom: 0.5 },
          },
          { kind: 'picture', name: 'photo', x: 10, y: 50, width: 20, height: 20 },
        ),
      ],
      folder.pathTo('pictures.pdf'),
      new Map([
        ['four', { kind: 'pixels', width: 2, height: 2, pixels }],
        [
          'photo',
          {
            kind: 'jpeg',
            width: 16,
            height: 16,
            channels: 3,
            file: await plain({ r: 0, g: 0, b: 255 }).jpeg().toBuffer(),
          },
        ],
      ]),
    )
    assert.deepEqual(
      [at(15, 13), at(45, 13), at(15, 27), at(45, 27), at(70, 20), at(20, 60)],
      ['255 0 0', '0 255 0', '0 0 255', WHITE, '0 255 0', '0 0 254'],
    )
  })

  it('writes text that readers of PDF find', async () => {
    const path = folder.pathTo('text.pdf')
    const pages = [
      pageOf(moved(marksOf('Zażółć Ωμέγα'), 5, 5)),
      pageOf(...marksOf('Привет, (fi) 12')),
    ]
    await writeFile(path, finishPages(writePages(pages), new Map()))
    await writePdfText({ path, password: undefined }, folder.pathTo('text'))
    assert.equal(await readFile(folder.pathTo('text'), 'utf8'), 'Zażółć Ωμέγα\n\nПривет, (fi) 12\n')
  })

  it('draws what has impossible lengths, as far as it can be', async () => {
    const path = rectangle({ x: Number.NaN, y: -1e300, width: Infinity, height: 1e300 })
    const marks: PageMark[] = [
      { kind: 'path', path, fill: RED, stroke: { colour: BLUE, width: -1, dash: [0, -3] } },
      { kind: 'path', path: { steps: [] }, fill: BLUE },
      { kind: 'picture', name: 'x', ...whole, crop: { left: 1, top: 0, right: 1, bottom: 0 } },
      ...marksOf('x', 1e9),
    ]
    let nested: PageMark = { kind: 'path', path: box, fill: BLUE }
    for (let level = 0; level < 5000; level += 1) nested = { kind: 'group', marks: [nested] }
    const at = await drawPages([pageOf(...marks, nested)], folder.pathTo('odd.pdf'))
    assert.match(at(20, 15), /^\d+ \d+ \d+$/)
  })
})
