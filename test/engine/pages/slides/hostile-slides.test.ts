import assert from 'node:assert/strict'
import { OperationError } from '../../../../src/base/operation-error.ts'
import { writePages } from '../../../../src/engine/pages/drawing/write-pages.ts'
import { layOut, type Presentation, presentation, shape, textBody, xfrm } from './presentation.ts'

const GROUP = `<p:grpSp><p:grpSpPr><a:xfrm rot="600000"><a:off x="0" y="0"/><a:ext cx="10" cy="10"/><a:chOff x="0" y="0"/><a:chExt cx="1" cy="1"/></a:xfrm></p:grpSpPr>`

function groups(count: number): string {
  return GROUP.repeat(count) + shape([1, 2, 3, 4]) + '</p:grpSp>'.repeat(count)
}

function frame(content: string): string {
  return `<p:graphicFrame><p:xfrm><a:off x="0" y="0"/><a:ext cx="9000000" cy="6000000"/></p:xfrm><a:graphic><a:graphicData>${content}</a:graphicData></a:graphic></p:graphicFrame>`
}

const TEXT = textBody('<a:p><a:r><a:t>words and more words</a:t></a:r></a:p>'.repeat(50))

/** Whatever is in them, they have pages. */
const ODD: Readonly<Record<string, Presentation>> = {
  'groups in a thousand groups': { slides: [groups(1000)] },
  'places and sizes that are none, or out of this world': {
    slides: [
      '<p:sp><p:spPr><a:xfrm rot="99999999999999"><a:off x="-1e30" y="999999999999999999999"/><a:ext cx="99999999999999999" cy="1e300"/></a:xfrm><a:prstGeom prst="cloud"/></p:spPr></p:sp>',
      '<p:sp><p:spPr><a:xfrm><a:off x="NaN" y="abc"/><a:ext cx="-5" cy=""/></a:xfrm><a:prstGeom prst="star5"><a:avLst><a:gd name="adj" fmla="*/ 1 1 0"/></a:avLst></a:prstGeom></p:spPr></p:sp>',
    ],
  },
  'letters of a million points in as many columns': {
    slides: [
      shape([0, 0, 100, 100], {
        text: textBody(
          '<a:p><a:pPr lvl="-9" marL="-99999999999" indent="1e99"/><a:r><a:rPr sz="99999999" spc="-99999999"/><a:t>x</a:t></a:r></a:p>',
          'numCol="99999999" lIns="999999999999"',
        ),
      }),
    ],
  },
  'a layout and a master that are the slide itself': {
    slides: [shape([0, 0, 100, 100], { text: TEXT })],
    parts: {
      'ppt/slides/_rels/s0.xml.rels':
        '<Relationships><Relationship Id="l" Type="x/slideLayout" Target="s0.xml"/><Relationship Id="m" Type="x/slideMaster" Target="s0.xml"/><Relationship Id="t" Type="x/theme" Target="s0.xml"/></Relationships>',
    },
  },
  'a diagram that is drawn by itself': {
    slides: [frame('<dgm:relIds r:dm="d"/>')],
    links: [
      ['d', 'diagramData', '../d.xml'],
      ['w', 'diagramDrawing', '../w.xml'],
    ],
    parts: {
      'ppt/d.xml': '<d><dataModelExt relId="w"/></d>',
      'ppt/w.xml': `<dsp:drawing xmlns:dsp="dsp" xmlns:a="a" xmlns:p="p" xmlns:r="r" xmlns:dgm="dgm"><dsp:spTree>${frame('<dgm:relIds r:dm="d"/>').repeat(3)}</dsp:spTree></dsp:drawing>`,
      'ppt/_rels/w.xml.rels':
        '<Relationships><Relationship Id="d" Type="x/diagramData" Target="d.xml"/><Relationship Id="w" Type="x/diagramDrawing" Target="w.xml"/></Relationships>',
    },
  },
  'a table of thousands of columns, with cells over a billion of them': {
    slides: [
      frame(
        `<a:tbl><a:tblGrid>${'<a:gridCol w="1000"/>'.repeat(5000)}</a:tblGrid><a:tr h="-1">${'<a:tc rowSpan="1000000000" gridSpan="1000000000"/>'.repeat(5000)}</a:tr></a:tbl>`,
      ),
    ],
  },
  'a chart of values as far apart as numbers are': {
    slides: [frame('<c:chart r:id="c"/>')],
    links: [['c', 'chart', '../c.xml']],
    parts: {
      'ppt/c.xml':
        '<c:chartSpace xmlns:c="c"><c:chart><c:plotArea><c:barChart><c:ser><c:val><c:numCache><c:pt idx="0"><c:v>1e308</c:v></c:pt><c:pt idx="999999999"><c:v>-1e308</c:v></c:pt></c:numCache></c:val></c:ser></c:barChart><c:valAx><c:scaling><c:min val="-1e308"/><c:max val="1e308"/></c:scaling><c:majorUnit val="1e-300"/></c:valAx></c:plotArea><c:legend/></c:chart></c:chartSpace>',
    },
  },
  'a path of ten thousand whole turns': {
    slides: [
      `<p:sp><p:spPr>${xfrm([0, 0, 100, 100])}<a:custGeom><a:pathLst><a:path w="1" h="1">${'<a:arcTo wR="1" hR="99999999999" stAng="0" swAng="9999999999999"/>'.repeat(20_000)}</a:path></a:pathLst></a:custGeom><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></p:spPr></p:sp>`,
    ],
  },
  'links that lead nowhere': {
    slides: [
      frame('<c:chart r:id="no"/>') +
        '<p:pic><p:blipFill><a:blip r:embed="no"/></p:blipFill><p:spPr/></p:pic>',
    ],
    parts: {
      'ppt/slides/_rels/s0.xml.rels':
        '<Relationships><Relationship Id="no" Type="x/slideLayout" Target="nowhere.xml"/></Relationships>',
    },
  },
}

describe('pages of odd and hostile presentations', function () {
  this.timeout(60_000)

  for (const [title, deck] of Object.entries(ODD)) {
    it(`are made of ${title}`, async () => {
      const pages = await layOut(presentation(deck))
      assert.ok(pages.length > 0)
      assert.doesNotMatch(JSON.stringify(pages.map(({ width, height }) => [width, height])), /null/)
      assert.ok(writePages(pages).objects.length > 0)
    })
  }

  const refused: Readonly<Record<string, Presentation>> = {
    'elements within ten thousand others': { slides: [groups(10_000)] },
    'a million elements': { slides: ['<a:x/>'.repeat(1_000_000)] },
    'a slide that breaks off': { slides: ['<p:sp>'] },
  }
  for (const [title, deck] of Object.entries(refused)) {
    it(`are refused for ${title}`, () => assert.rejects(layOut(presentation(deck)), OperationError))
  }

  it('have a limit of letters on a slide', async () => {
    const much = shape([0, 0, 100, 100], {
      text: textBody(`<a:p><a:r><a:t>${'word '.repeat(2000)}</a:t></a:r></a:p>`),
    })
    const [page] = await layOut(presentation({ slides: [much.repeat(100)] }))
    const shapes = page?.marks.length ?? 0
    assert.ok(shapes < 101 && shapes > 20, String(shapes))
  })
})
