import assert from 'node:assert/strict'
import type { Page } from '../../../../src/engine/pages/drawing/page.ts'
import { boxesOf, layOut, linesOf, marksOf, presentation } from './presentation.ts'

function frame(content: string): string {
  return `<p:graphicFrame><p:xfrm><a:off x="1270000" y="1270000"/><a:ext cx="5080000" cy="2540000"/></p:xfrm><a:graphic><a:graphicData>${content}</a:graphicData></a:graphic></p:graphicFrame>`
}

function cell(text: string, attributes = '', properties = ''): string {
  return `<a:tc ${attributes}><a:txBody><a:bodyPr/><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody><a:tcPr>${properties}</a:tcPr></a:tc>`
}

/** A table of two columns of 100 points. */
function table(rows: readonly (readonly string[])[], properties = ''): string {
  const written = rows.map((cells) => `<a:tr h="508000">${cells.join('')}</a:tr>`)
  return frame(
    `<a:tbl>${properties}<a:tblGrid><a:gridCol w="1270000"/><a:gridCol w="1270000"/></a:tblGrid>${written.join('')}</a:tbl>`,
  )
}

async function pageOf(shapes: string, ofChart?: string): Promise<Page> {
  const [page] = await layOut(
    presentation({
      slides: [shapes],
      ...(ofChart !== undefined && {
        links: [['c', 'chart', '../chart.xml']],
        parts: { 'ppt/chart.xml': ofChart },
      }),
    }),
  )
  return page ?? assert.fail('there is no page')
}

describe('tables of slides', function () {
  this.timeout(60_000)
  const filled = '<a:solidFill><a:srgbClr val="00FF00"/></a:solidFill>'

  it('have cells where their columns and rows are, merged ones over several', async () => {
    const page = await pageOf(
      table([
        [cell('a', 'gridSpan="2"', filled), cell('', 'hMerge="1"')],
        [cell('b', 'rowSpan="2"', filled), cell('c')],
        [cell('', 'vMerge="1"'), cell('d', '', filled)],
      ]),
    )
    assert.deepEqual(boxesOf(page), [
      '100 100 200 40 00ff00',
      '100 140 100 80 00ff00',
      '200 180 100 40 00ff00',
    ])
    assert.deepEqual(
      linesOf(page).map(({ text }) => text),
      ['a', 'b', 'c', 'd'],
    )
  })

  it('have rows as high as their texts', async () => {
    const page = await pageOf(table([[cell('many words '.repeat(12), '', filled), cell('x')]]))
    const [box] = boxesOf(page)
    assert.ok(Number(box?.split(' ')[3]) > 100, box)
  })

  it('have rows as high as the texts over several of them', async () => {
    const tall = cell('words '.repeat(40), 'rowSpan="2"', filled)
    const page = await pageOf(
      table([
        [tall, cell('x')],
        [cell('', 'vMerge="1"'), cell('y', '', filled)],
      ]),
    )
    const [first, second] = boxesOf(page).map((box) => box.split(' ').map(Number))
    assert.ok((first?.[3] ?? 0) > 100)
    assert.equal((first?.[3] ?? 0) - 40, second?.[3])
  })

  it('look as the style that PowerPoint makes them with', async () => {
    const style =
      '<a:tblPr firstRow="1" bandRow="1"><a:tableStyleId>{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}</a:tableStyleId></a:tblPr>'
    const page = await pageOf(table([[cell('a')], [cell('b')], [cell('c')]], style))
    assert.deepEqual(
      boxesOf(page).map((box) => box.split(' ').at(-1)),
      ['4472c4', 'cfd5ea', 'e9ebf5'],
    )
    assert.deepEqual(
      linesOf(page).map(({ colour }) => colour),
      ['ffffff', '000000', '000000'],
    )
  })

  it('have the lines that their cells say', async () => {
    const line = '<a:lnB w="25400"><a:solidFill><a:srgbClr val="0000FF"/></a:solidFill></a:lnB>'
    const page = await pageOf(table([[cell('a', '', line)]]))
    const strokes = marksOf(page).flatMap(({ mark }) =>
      mark.kind === 'path' && mark.stroke ? [mark.stroke.width] : [],
    )
    assert.deepEqual(strokes, [2])
  })
})

const CATEGORIES =
  '<c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>North</c:v></c:pt><c:pt idx="1"><c:v>South</c:v></c:pt></c:strCache></c:strRef></c:cat>'

function series(name: string, values: readonly number[]): string {
  const points = values.map((value, index) => `<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>`)
  return `<c:ser><c:idx val="0"/><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>${name}</c:v></c:pt></c:strCache></c:strRef></c:tx>${CATEGORIES}<c:val><c:numRef><c:numCache><c:formatCode>0</c:formatCode>${points.join('')}</c:numCache></c:numRef></c:val></c:ser>`
}

function chart(plot: string, more = ''): string {
  return `<c:chartSpace xmlns:c="c" xmlns:a="a"><c:chart>${more}<c:plotArea>${plot}<c:catAx/><c:valAx><c:scaling><c:min val="0"/><c:max val="10"/></c:scaling><c:majorUnit val="5"/></c:valAx></c:plotArea></c:chart></c:chartSpace>`
}

const IN_FRAME = frame('<c:chart r:id="c"/>')

describe('charts of slides', function () {
  this.timeout(60_000)

  it('have bars as high as their values, and say what they are of', async () => {
    const bars = `<c:barChart><c:barDir val="col"/><c:gapWidth val="100"/>${series('Sales', [5, 10])}</c:barChart>`
    const page = await pageOf(IN_FRAME, chart(bars))
    const heights = boxesOf(page).map((box) => Number(box.split(' ')[3]))
    assert.equal(heights.length, 2)
    assert.ok(Math.abs((heights[1] ?? 0) / (heights[0] ?? 1) - 2) < 0.05, String(heights))
    assert.deepEqual(
      linesOf(page).map(({ text }) => text),
      ['Sales', '0', '5', '10', 'North', 'South'],
    )
  })

  it('number their values where they do not say what they are of', async () => {
    const bars = `<c:barChart><c:barDir val="col"/>${series('Sales', [5, 10])}</c:barChart>`
    const page = await pageOf(IN_FRAME, chart(bars.replace(CATEGORIES, '')))
    assert.deepEqual(
      linesOf(page).map(({ text }) => text),
      ['Sales', '0', '5', '10', '1', '2'],
    )
  })

  it('stack bars on each other', async () => {
    const bars = `<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/>${series('A', [4, 2])}${series('B', [6, 2])}</c:barChart>`
    const boxes = boxesOf(await pageOf(IN_FRAME, chart(bars, '<c:autoTitleDeleted val="1"/>')))
    const [first, , third] = boxes.map((box) => box.split(' ').map(Number))
    assert.ok(first && third)
    // The second series begins where the first ends.
    assert.ok(Math.abs((first[0] ?? 0) + (first[2] ?? 0) - (third[0] ?? 0)) <= 1, boxes.join(', '))
  })

  it('have slices with their shares and a legend', async () => {
    const pie = `<c:pieChart><c:dLbls><c:showPercent val="1"/></c:dLbls>${series('Share', [1, 3])}</c:pieChart>`
    const page = await pageOf(
      IN_FRAME,
      chart(pie).replace(
        '</c:plotArea>',
        '</c:plotArea><c:legend><c:legendPos val="r"/></c:legend>',
      ),
    )
    assert.deepEqual(
      linesOf(page).map(({ text }) => text),
      ['Share', 'North', 'South', '25%', '75%'],
    )
  })

  for (const kind of [
    'lineChart',
    'areaChart',
    'scatterChart',
    'radarChart',
    'doughnutChart',
    'bubbleChart',
  ]) {
    it(`are drawn as ${kind}`, async () => {
      const empty = marksOf(await pageOf(IN_FRAME, chart(`<c:${kind}/>`))).length
      const drawn = marksOf(
        await pageOf(IN_FRAME, chart(`<c:${kind}>${series('A', [1, 2])}</c:${kind}>`)),
      ).length
      assert.ok(drawn > empty)
    })
  }

  it('of other kinds say their texts', async () => {
    const other =
      '<c:chartSpace xmlns:c="c" xmlns:a="a"><c:chart><c:title><a:p><a:r><a:t>Surface</a:t></a:r></a:p></c:title><c:plotArea><c:surfaceChart/></c:plotArea></c:chart></c:chartSpace>'
    assert.deepEqual(
      linesOf(await pageOf(IN_FRAME, other)).map(({ text }) => text),
      ['Surface'],
    )
  })
})
