import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { openLayerFile } from '../../src/engine/layers/make-view.ts'
import { createPosters } from '../../src/image-pool/posters.ts'
import { findPrograms } from '../../src/programs/programs.ts'
import { useSourceFiles } from '../e2e/converting/source-files.ts'
import { draw, FFMPEG, film } from '../engine/video/video-fixture.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { skipWithout } from '../support/tools.ts'

describe('posters', function () {
  this.timeout(120_000)
  const temporary = useTemporaryFolder()
  const { bytesOf } = useSourceFiles()
  const { soffice = '', bwrap = '' } = findPrograms(process.env)
  const never = new AbortController().signal
  let posters: ReturnType<typeof createPosters>
  before(() => {
    const programs = { ffmpeg: FFMPEG ?? '', soffice, bwrap }
    posters = createPosters(temporary.pathTo('work'), programs)
  })
  after(() => posters.close?.())

  async function write(name: string, bytes: string | Buffer) {
    const path = temporary.pathTo(name)
    await writeFile(path, bytes)
    return { path, name }
  }

  for (const extension of ['docx', 'xlsx', 'pptx', 'odt', 'rtf']) {
    it(`are PDFs of one page that can be shown: ${extension}`, async function () {
      skipWithout(this, 'LibreOffice')
      const source = await write(`file.${extension}`, await bytesOf(extension))
      const file = temporary.pathTo(`${extension}.pdf`)
      await posters.makePoster(source, { kind: 'office', file, signal: never })
      const options = { folder: temporary.pathTo(''), maxPixels: 1e8, signal: never, number: 1 }
      const { width, height } = await openLayerFile({ path: file, name: 'a.pdf' }, options)
      assert.ok(width > 100 && height > 100, `${width} × ${height}`)
    })
  }

  for (const program of ['machine', 'embedded']) {
    it(`are pictures of videos, by the FFmpeg that is ${program}`, async function () {
      if (FFMPEG === undefined) return skipWithout(this, 'FFmpeg')
      draw(...film('320x240'), temporary.pathTo('film.mp4'))
      const ffmpeg = program === 'machine' ? FFMPEG : ''
      const made = createPosters(temporary.pathTo(program), { ffmpeg, soffice, bwrap })
      const source = { path: temporary.pathTo('film.mp4'), name: 'film.mp4' }
      const file = temporary.pathTo(`${program}.png`)
      await made.makePoster(source, { kind: 'video', file, signal: never })
      const { format, width, height } = await sharp(file).metadata()
      assert.deepEqual([format, width, height], ['png', 320, 240])
      await made.close?.()
    })
  }

  const broken: [kind: 'video' | 'office', name: string][] = [
    ['video', 'no-film.mp4'],
    ['office', 'no-letter.docx'],
  ]
  for (const [kind, name] of broken) {
    it(`are none of ${name}, and nothing is left of the attempt`, async () => {
      const source = await write(name, 'nothing of the kind')
      const file = temporary.pathTo(`${name}.poster`)
      await assert.rejects(posters.makePoster(source, { kind, file, signal: never }), {
        name: 'OperationError',
      })
      assert.equal(existsSync(file), false)
      assert.deepEqual(readdirSync(temporary.pathTo('work')), [])
    })
  }

  it('are given up by whoever asks, and by the service', async () => {
    const source = await write('given-up.mp4', 'a film')
    const file = temporary.pathTo('given-up.png')
    const gone = AbortSignal.abort(new Error('gone'))
    await assert.rejects(posters.makePoster(source, { kind: 'video', file, signal: gone }), /gone/)
    const closed = createPosters(temporary.pathTo('closed'), { ffmpeg: '', soffice, bwrap })
    await closed.close?.()
    await assert.rejects(
      closed.makePoster(source, { kind: 'video', file, signal: never }),
      /The service is stopping/,
    )
  })
})
