import assert from 'node:assert/strict'
import {
  type BuiltInWorker,
  type CalledSource,
  chooseBuiltInWorker,
  DRAWN_FORMATS,
} from '../../src/contract/actions.ts'

describe('chooseBuiltInWorker', () => {
  const cases: [instructions: Record<string, unknown>, worker: BuiltInWorker][] = [
    ...DRAWN_FORMATS.map((fmt): [{ fmt: string }, BuiltInWorker] => [{ fmt }, 'worker']),
    [{ fmt: 'text' }, 'document'],
    [{ fmt: 'txt' }, 'document'],
    [{ fmt: ' TXT ' }, 'document'],
    [{ fmt: 'md' }, 'document'],
    [{ fmt: 'Markdown' }, 'document'],
    [{ fmt: 'html' }, 'document'],
    [{ fmt: 'xmp' }, 'metadata'],
    [{ fmt: 'xml' }, 'metadata'],
    [{ fmt: 'zip', files: [] }, 'archive'],
    [{ fmt: 'jpg', xmp: 'PHg+' }, 'metadata'],
    [{ fmt: 'jpg', xmp: '' }, 'worker'],
    [{ fmt: 'jpg', metadata: { Title: 'A' } }, 'metadata'],
    [{ fmt: 'jpg', metadata: ' {"Title": "A"}' }, 'metadata'],
    [{ fmt: 'jpg', metadata: 'keep' }, 'worker'],
    [{ fmt: 'jpg', metadata: 'keeep' }, 'worker'],
    [{ fmt: 'jpg', metadata: '' }, 'worker'],
    [{ fmt: 'pdf', ocr: {} }, 'ocr'],
    [{ fmt: 'pdf', ocr: '' }, 'pdf'],
    [{ fmt: 'pdf', ocr: false }, 'pdf'],
    [{ fmt: 'png', ocr: {} }, 'worker'],
    [{ fmt: 'text', ocr: true }, 'ocr'],
    [{ fmt: 'md', ocr: 'true' }, 'ocr'],
    [{ fmt: 'text', ocr: 'false' }, 'document'],
    [{ fmt: 'json' }, 'metadata'],
    [{ fmt: 'json', ocr: true }, 'metadata'],
    [{ fmt: 'json', positions: 'false' }, 'metadata'],
    [{ fmt: 'json', positions: true }, 'document'],
    [{ fmt: 'JSON', positions: 'perhaps' }, 'document'],
    [{ fmt: 'json', positions: true, ocr: { languages: ['deu'] } }, 'ocr'],
    [{ fmt: 'xmp', positions: true }, 'metadata'],
    [{ fmt: 'mp4' }, 'video'],
    [{ fmt: 'MP3' }, 'video'],
    [{ fmt: 'docx' }, 'worker'],
    [{ fmt: undefined }, 'worker'],
  ]
  for (const [instructions, worker] of cases) {
    it(`names ${worker} for ${JSON.stringify(instructions)}`, () => {
      assert.equal(chooseBuiltInWorker(instructions), worker)
    })
  }

  const sources: [source: CalledSource, fmt: string, worker: BuiltInWorker][] = [
    [{ name: 'film.MP4' }, 'png', 'video'],
    [{ name: 'film', mimetype: 'video/webm; codecs=vp9' }, 'jpg', 'video'],
    [{ url: 'https://a/b/film.mov?name=a.jpg' }, 'gif', 'video'],
    [{ name: 'photo.jpg', url: 'https://a/film.mov' }, 'png', 'worker'],
    [{ name: 'song.mp3' }, 'png', 'video'],
    [{ name: 'film.mp4' }, 'json', 'metadata'],
    [{ name: 'film.mp4' }, 'xmp', 'metadata'],
    [{ name: 'Brief.DOCX' }, 'pdf', 'office'],
    [{ name: 'table.csv', mimetype: 'application/octet-stream' }, 'pdf', 'office'],
    [{ name: 'brief', mimetype: 'application/msword; charset=binary' }, 'pdf', 'office'],
    [{ name: 'brief.docx' }, 'png', 'worker'],
    [{ name: 'brief.odt' }, 'docx', 'office'],
    [{ name: 'brief.docx' }, 'EPUB', 'office'],
    [{ name: 'table.xlsx' }, 'ods', 'office'],
    [{ name: 'brief.odt' }, 'text', 'document'],
    [{ name: 'brief.odt' }, 'html', 'document'],
    [{ name: 'brief.doc' }, 'html', 'document'],
    [{ name: 'table.xlsb' }, 'html', 'office'],
    [{ name: 'table.xlsb' }, 'md', 'document'],
    [{ name: 'table.xlsx' }, 'docx', 'worker'],
    [{ name: 'photo.jpg' }, 'pdf', 'pdf'],
    [{ name: 'book.epub' }, 'pdf', 'pdf'],
    [{ name: 'docx' }, 'pdf', 'pdf'],
    [{}, 'pdf', 'pdf'],
  ]
  for (const [source, fmt, worker] of sources) {
    it(`names ${worker} for ${fmt} of ${JSON.stringify(source)}`, () => {
      assert.equal(chooseBuiltInWorker({ fmt }, source), worker)
    })
  }
})
