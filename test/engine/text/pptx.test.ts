import { pptx, relationships, slide } from './documents.ts'
import { useExtraction } from './extraction.ts'

describe('text of a presentation', () => {
  const { assertText } = useExtraction()

  it('has the slides in the order they are shown, each with its notes', () =>
    assertText(
      pptx(
        ['b', 'a'],
        [
          ['a', 'slide', 'slides/slide1.xml'],
          ['b', 'slide', 'slides/slide2.xml'],
        ],
        {
          'ppt/slides/slide1.xml': slide('sld', [['body', 'second']]),
          'ppt/slides/slide2.xml': slide('sld', [
            ['title', 'first'],
            ['ftr', 'confidential'],
            ['sldNum', '1'],
            ['dt', '1 May'],
          ]),
          'ppt/slides/_rels/slide2.xml.rels': relationships([
            ['n', 'notesSlide', '../notesSlides/notes.xml'],
            ['l', 'slideLayout', '../layout.xml'],
          ]),
          'ppt/notesSlides/notes.xml': slide('notes', [
            ['sldNum', '1'],
            ['body', 'say hello'],
          ]),
          'ppt/layout.xml': slide('sldLayout', [['title', 'Click to edit']]),
        },
      ),
      'first\nconfidential\nsay hello\n\nsecond\n',
    ))

  it('has tables, line breaks, and what diagrams and charts say', () =>
    assertText(
      pptx(['a'], [['a', 'slide', '/ppt/slides/slide1.xml']], {
        'ppt/slides/slide1.xml':
          '<p:sld xmlns:a="a" xmlns:p="p"><a:p><a:r><a:t>one</a:t></a:r><a:br/><a:r><a:t>two</a:t></a:r></a:p><a:tbl><a:tr><a:tc><a:txBody><a:p><a:t>x</a:t></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:t>y</a:t></a:p></a:txBody></a:tc></a:tr></a:tbl></p:sld>',
        'ppt/slides/_rels/slide1.xml.rels': relationships([
          ['c', 'chart', '../chart.xml'],
          ['d', 'diagramData', '../data.xml'],
        ]),
        'ppt/chart.xml':
          '<c:chart><c:title><a:p><a:t>Sales</a:t></a:p></c:title><c:v>12</c:v></c:chart>',
        'ppt/data.xml':
          '<dgm:dataModel><dgm:pt><dgm:t><a:p><a:t>Step</a:t></a:p></dgm:t></dgm:pt></dgm:dataModel>',
      }),
      'one\ntwo\nx\ty\nSales\nStep\n',
    ))
})
