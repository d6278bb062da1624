import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { writePreview } from '../../../../src/engine/pages/preview.ts'
import { identifyContent, identifySource } from '../../../../src/sources/identify.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { drawPages } from '../page-parts.ts'
import {
  boxesOf,
  layOut,
  linesOf,
  marksOf,
  placeholder,
  presentation,
  shape,
  textBody,
  xfrm,
} from './presentation.ts'

const RED_BOX = '10 20 30 40 ff0000'

/** A group that is twice as wide as the places in it. */
function groupOf(attributes: string): string {
  return `<p:grpSp><p:grpSpPr><a:xfrm ${attributes}><a:off x="1270000" y="1270000"/><a:ext cx="2540000" cy="1270000"/><a:chOff x="0" y="0"/><a:chExt cx="1270000" cy="1270000"/></a:xfrm></p:grpSpPr>${shape([0, 0, 25, 50])}</p:grpSp>`
}

/** What a diagram says, with what is at its end. */
function model(end: string): string {
  return `<dgm:dataModel xmlns:dgm="dgm" xmlns:a="a"><dgm:pt><dgm:t><a:p><a:r><a:t>Step</a:t></a:r></a:p></dgm:t></dgm:pt>${end}</dgm:dataModel>`
}

/** The boxes of a slide that has such a group. */
async function boxesInGroup(attributes: string): Promise<string[]> {
  return (await layOut(presentation({ slides: [groupOf(attributes)] }))).flatMap(boxesOf)
}

describe('pages of a presentation', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()

  it('are one a slide, as large as slides are, in their order', async () => {
    const slides = ['first', 'second'].map((text) =>
      shape([10, 10, 300, 50], { text: textBody(`<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`) }),
    )
    const pages = await layOut(presentation({ slides }))
    assert.deepEqual(
      pages.map((page) => [page.width, page.height, linesOf(page).map(({ text }) => text)]),
      [
        [720, 540, ['first']],
        [720, 540, ['second']],
      ],
    )
  })

  it('are as many as are asked for, the first ones', async () => {
    assert.equal((await layOut(presentation({ slides: ['', '', ''] }), 2)).length, 2)
  })

  it('leave out slides that are hidden, unless all are', async () => {
    const red = shape([10, 20, 30, 40])
    const some = await layOut(presentation({ slides: ['', red], root: 'show="0"' }))
    assert.deepEqual(some.map(boxesOf), [[RED_BOX]])
    const all = await layOut(presentation({ slides: [red], root: 'show="0"' }))
    assert.deepEqual(all.map(boxesOf), [[RED_BOX]])
  })

  it('count slides from the number that the presentation says, hidden ones among them', async () => {
    const number = shape([0, 0, 90, 90], {
      text: textBody('<a:p><a:fld type="slidenum"><a:t>‹#›</a:t></a:fld></a:p>'),
    })
    const pages = await layOut(presentation({ slides: [number, number], root: 'show="0"' }))
    assert.deepEqual(
      pages.flatMap(linesOf).map(({ text }) => text),
      ['2'],
    )
  })

  it('show what the master and the layout have beside placeholders, unless the slide says not to', async () => {
    const deck = {
      slides: [''],
      master:
        shape([1, 2, 3, 4]) +
        placeholder('type="title"', ['Click here'], { box: xfrm([0, 0, 99, 99]) }),
      layout: shape([5, 6, 7, 8]),
    }
    const [both] = await layOut(presentation(deck))
    const [none] = await layOut(presentation({ ...deck, root: 'showMasterSp="0"' }))
    const [ofLayout] = await layOut(presentation({ ...deck, layoutRoot: 'showMasterSp="0"' }))
    assert.deepEqual(
      [both, none, ofLayout].map((page) => page && boxesOf(page)),
      [['1 2 3 4 ff0000', '5 6 7 8 ff0000'], [], ['5 6 7 8 ff0000']],
    )
    assert.deepEqual(both && linesOf(both), [])
  })

  describe('backgrounds', () => {
    const blue =
      '<p:bg><p:bgPr><a:solidFill><a:srgbClr val="0000FF"/></a:solidFill></p:bgPr></p:bg>'
    const cases: readonly (readonly [title: string, background: string, colour: string])[] = [
      ['are white where nobody says', '', '255 255 255'],
      ['are those of the slide', blue, '0 0 255'],
      [
        'are of the theme in a colour of the slide',
        '<p:bg><p:bgRef idx="1001"><a:schemeClr val="accent2"/></p:bgRef></p:bg>',
        '237 125 49',
      ],
      [
        'become lighter and darker',
        '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="accent1"><a:lumMod val="50000"/></a:schemeClr></a:solidFill></p:bgPr></p:bg>',
        '32 56 100',
      ],
      [
        'run from one colour to another',
        '<p:bg><p:bgPr><a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="000000"/></a:gs><a:gs pos="100000"><a:srgbClr val="C80000"/></a:gs></a:gsLst><a:lin ang="0"/></a:gradFill></p:bgPr></p:bg>',
        '100 0 0',
      ],
    ]
    for (const [title, background, colour] of cases) {
      it(title, async () => {
        const pages = await layOut(presentation({ slides: [''], background }))
        const at = await drawPages(pages, folder.pathTo('page.pdf'))
        const [wanted, found] = [colour, at(360, 270)].map((each) => each.split(' ').map(Number))
        const far = Math.max(
          ...(wanted ?? []).map((part, index) => Math.abs(part - (found?.[index] ?? 0))),
        )
        assert.ok(far <= 2, `${at(360, 270)} is not ${colour}`)
      })
    }
  })

  it('draw pictures with what is cut off of them, within their shape', async () => {
    const halves = await sharp({
      create: { width: 20, height: 10, channels: 3, background: '#00f' },
    })
      .composite([
        {
          input: Buffer.from(
            '<svg width="10" height="10"><rect width="10" height="10" fill="#0f0"/></svg>',
          ),
          left: 0,
          top: 0,
        },
      ])
      .removeAlpha()
      .png()
      .toBuffer()
    const picture = `<p:pic><p:blipFill><a:blip r:embed="i"/><a:srcRect l="50000"/></p:blipFill><p:spPr>${xfrm([100, 100, 200, 200])}<a:prstGeom prst="ellipse"/></p:spPr></p:pic>`
    const file = presentation({
      slides: [picture],
      links: [['i', 'image', '../media/i.png']],
      parts: { 'ppt/media/i.png': halves },
    })
    const pages = await layOut(file)
    const { data, info } = await sharp(halves)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const pictures = new Map([
      [
        'ppt/media/i.png',
        { kind: 'pixels' as const, width: info.width, height: info.height, pixels: data },
      ],
    ])
    const at = await drawPages(pages, folder.pathTo('page.pdf'), pictures)
    // All of the half that is left, and nothing in the corners.
    assert.deepEqual(
      [at(110, 200), at(290, 200), at(105, 105)],
      ['0 0 255', '0 0 255', '255 255 255'],
    )
  })

  it('place shapes in groups where the groups have them, however these are turned and flipped', async () => {
    assert.deepEqual(await boxesInGroup(''), ['100 100 50 50 ff0000'])
    assert.deepEqual(await boxesInGroup('flipH="1"'), ['250 100 50 50 ff0000'])
    assert.deepEqual(await boxesInGroup('rot="10800000"'), ['250 150 50 50 ff0000'])
    assert.deepEqual(await boxesInGroup('rot="5400000"'), ['200 50 50 50 ff0000'])
  })

  it('fill shapes of a group with what the group is filled with', async () => {
    const group = `<p:grpSp><p:grpSpPr><a:solidFill><a:srgbClr val="00FF00"/></a:solidFill></p:grpSpPr>${shape([10, 20, 30, 40], { fill: '<a:grpFill/>' })}</p:grpSp>`
    const pages = await layOut(presentation({ slides: [group] }))
    assert.deepEqual(pages.flatMap(boxesOf), ['10 20 30 40 00ff00'])
  })

  it('take from the style of a shape what it does not say itself', async () => {
    const styled = shape([10, 20, 30, 40], {
      fill: '',
      text: `<p:style><a:lnRef idx="1"><a:schemeClr val="accent2"/></a:lnRef><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef><a:fontRef idx="major"><a:schemeClr val="accent2"/></a:fontRef></p:style>${textBody('<a:p><a:r><a:t>x</a:t></a:r></a:p>')}`,
    })
    const [page] = await layOut(presentation({ slides: [styled] }))
    assert.ok(page)
    assert.deepEqual(boxesOf(page), ['10 20 30 40 4472c4'])
    const strokes = marksOf(page).flatMap(({ mark }) =>
      mark.kind === 'path' && mark.stroke ? [mark.stroke] : [],
    )
    assert.deepEqual(
      strokes.map(({ width, colour }) => [width, colour.red, colour.green]),
      [[2, 237, 125]],
    )
    assert.deepEqual(
      linesOf(page).map(({ colour, font }) => [colour, font]),
      [['ed7d31', 'Tinos']],
    )
  })

  it('leave out shapes that are hidden', async () => {
    const hidden = `<p:sp><p:nvSpPr><p:cNvPr hidden="1"/></p:nvSpPr><p:spPr>${xfrm([1, 2, 3, 4])}<a:prstGeom prst="rect"/><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></p:spPr></p:sp>`
    assert.deepEqual((await layOut(presentation({ slides: [hidden] }))).flatMap(boxesOf), [])
  })

  it('draw diagrams as they were drawn last, and else their texts', async () => {
    const frame = `<p:graphicFrame><p:xfrm><a:off x="1270000" y="1270000"/><a:ext cx="2540000" cy="2540000"/></p:xfrm><a:graphic><a:graphicData><dgm:relIds r:dm="d"/></a:graphicData></a:graphic></p:graphicFrame>`
    const drawing = `<dsp:drawing xmlns:dsp="dsp" xmlns:a="a"><dsp:spTree>${shape([10, 20, 30, 40]).replaceAll('p:sp', 'dsp:sp')}</dsp:spTree></dsp:drawing>`
    const deck = {
      slides: [frame],
      parts: {
        'ppt/d.xml': model('<x:dataModelExt xmlns:x="x" relId="w"/>'),
        'ppt/w.xml': drawing,
      },
    }
    const drawn = await layOut(
      presentation({
        ...deck,
        links: [
          ['d', 'diagramData', '../d.xml'],
          ['w', 'diagramDrawing', '../w.xml'],
        ],
      }),
    )
    assert.deepEqual(drawn.flatMap(boxesOf), ['110 120 30 40 ff0000'])
    const written = await layOut(
      presentation({ ...deck, links: [['d', 'diagramData', '../d.xml']] }),
    )
    assert.deepEqual(
      written.flatMap(linesOf).map(({ text }) => text),
      ['Step'],
    )
  })

  it('become the preview of a presentation that carries none', async () => {
    const file = folder.pathTo('deck.pptx')
    await writeFile(file, presentation({ slides: [shape([0, 0, 360, 540])] }))
    const previewPath = folder.pathTo('preview')
    await writePreview({
      source: await identifySource(file),
      previewPath,
      password: undefined,
      page: 1,
      does: () => Promise.resolve(false),
      loadPicture: () => Promise.resolve(undefined),
      folders: [],
    })
    const preview = await readFile(previewPath)
    assert.equal(await identifyContent(preview), 'pdf')
    assert.match(preview.toString('latin1'), /MediaBox\[0 0 720 540\]/)
  })
})
