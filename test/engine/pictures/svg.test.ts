import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import { SOURCE_FORMATS } from '../../../src/engine/pictures/source-formats.ts'
import { createSvgOpener } from '../../../src/engine/pictures/svg.ts'
import { pixelAt } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { slowSvg } from '../../support/slow-svg.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const halves =
  '<rect width="80" height="40" fill="#fff"/><rect width="40" height="40" fill="#00f"/>'

const VIEW = {
  drawnAt: { width: 400, height: 400 },
  region: undefined,
  background: undefined,
}

describe('an SVG', () => {
  const folder = useTemporaryFolder()

  async function render(svg: string | Buffer, instructions: Instructions = {}) {
    const source = folder.pathTo('drawing')
    const path = folder.pathTo('drawn')
    await writeFile(source, svg)
    await startRenditions(source, [{ instructions: { fmt: 'png', ...instructions }, path }])[0]
    return path
  }

  const roots = [
    { title: 'a fixed size', attributes: 'width="80" height="40" viewBox="0 0 80 40"' },
    {
      title: 'a fixed size in millimetres',
      attributes: 'width="20mm" height="10mm" viewBox="0 0 80 40"',
    },
    { title: 'a size in per cent', attributes: 'width="100%" height="100%" viewBox="0 0 80 40"' },
    { title: 'no size', attributes: 'viewBox="0 0 80 40"' },
    { title: 'a width alone', attributes: 'width="7" viewBox="0 0 80 40"' },
    { title: 'no viewBox', attributes: 'width="80" height="40"' },
  ]
  for (const { title, attributes } of roots) {
    it(`of ${title} is 400 pixels wide unless told otherwise`, async () => {
      const { width, height } = await sharp(await render(svgOf(attributes, halves))).metadata()
      assert.deepEqual([width, height], [400, 200])
    })

    it(`of ${title} is as large as it is asked to be, with sharp edges`, async () => {
      const path = await render(svgOf(attributes, halves), { width: 1600 })
      const { width, height } = await sharp(path).metadata()
      assert.deepEqual([width, height], [1600, 800])
      assert.deepEqual((await pixelAt(path, 799, 400)).slice(0, 3), [0, 0, 255])
      assert.deepEqual((await pixelAt(path, 800, 400)).slice(0, 3), [255, 255, 255])
    })
  }

  const unsized = [
    { attributes: '', size: [300, 150] },
    { attributes: 'width="100%" height="100%"', size: [300, 150] },
    { attributes: 'width="600"', size: [600, 150] },
    { attributes: 'width="2in" height="50pt"', size: [192, 67] },
  ]
  for (const { attributes, size } of unsized) {
    it(`without a viewBox has the size that a browser gives it: ${attributes}`, async () => {
      const path = await render(svgOf(attributes, halves), { width: size[0] })
      const { width, height } = await sharp(path).metadata()
      assert.deepEqual([width, height], size)
      assert.deepEqual((await pixelAt(path, 39, 30)).slice(0, 3), [0, 0, 255])
      assert.deepEqual((await pixelAt(path, 40, 30)).slice(0, 3), [255, 255, 255])
    })
  }

  it('of a fixed size of another shape than its viewBox shows all of the viewBox', async () => {
    const path = await render(svgOf('width="50" height="50" viewBox="0 0 80 40"', halves))
    const { width, height } = await sharp(path).metadata()
    assert.deepEqual([width, height], [400, 200])
  })

  it('keeps an odd shape to the pixel at every size', async () => {
    const svg = svgOf('viewBox="0 0 200.5 77.7"', '<rect width="200.5" height="77.7"/>')
    for (const width of [1, 7, 48, 140, 319, 1280, 4001]) {
      const info = await sharp(await render(svg, { width })).metadata()
      assert.deepEqual(
        [info.width, info.height],
        [width, Math.max(1, Math.round((width * 77.7) / 200.5))],
      )
    }
  })

  it('is transparent where nothing is drawn', async () => {
    const svg = svgOf('viewBox="0 0 80 40"', '<rect width="40" height="40"/>')
    assert.equal((await pixelAt(await render(svg), 300, 100))[3], 0)
    assert.deepEqual(await pixelAt(await render(svg, { fmt: 'jpg' }), 300, 100), [255, 255, 255])
  })

  it('is cropped as it is drawn', async () => {
    const crop = { x: 190, y: 0, w: 20, h: 10 }
    const path = await render(svgOf('viewBox="0 0 80 40"', halves), { crop })
    const { width, height } = await sharp(path).metadata()
    assert.deepEqual([width, height], [20, 10])
    assert.deepEqual((await pixelAt(path, 9, 5)).slice(0, 3), [0, 0, 255])
    assert.deepEqual((await pixelAt(path, 10, 5)).slice(0, 3), [255, 255, 255])
  })

  it('may be compressed', async () => {
    const { width } = await sharp(
      await render(gzipSync(svgOf('viewBox="0 0 80 40"', halves))),
    ).metadata()
    assert.equal(width, 400)
  })

  it('may begin with a byte order mark, a declaration, comments and a document type', async () => {
    const preamble = `\uFEFF<?xml version="1.0"?>\n<!-- ${'drawn '.repeat(100)} -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n`
    const path = await render(preamble + svgOf('viewBox="0 0 80 40"', halves))
    assert.equal((await sharp(path).metadata()).width, 400)
  })

  it('fails when librsvg takes too long for it, and the next one is drawn', async () => {
    const open = createSvgOpener({ longestMs: 3000 })
    const draw = async (svg: string) => {
      const source = folder.pathTo('opened')
      await writeFile(source, svg)
      const workFolder = folder.pathTo('opened-drawn')
      const { input } = await open(source, SOURCE_FORMATS.svg, { workFolder })
      assert.ok(typeof input === 'object')
      return input.draw(VIEW)
    }
    const slow = slowSvg(400)
    assert.ok(slow.length < 30_000)
    await assert.rejects(draw(slow), {
      code: 'source_too_slow',
      message: 'The SVG source could not be decoded within 3 seconds.',
    })
    const { width } = await (await draw(svgOf('viewBox="0 0 80 80"', halves))).metadata()
    assert.equal(width, 400)
  })

  it('is drawn no further when nobody wants it any more', async () => {
    const gone = new AbortController()
    const source = folder.pathTo('unwanted')
    await writeFile(source, slowSvg(400))
    const options = { workFolder: folder.pathTo('unwanted-drawn'), signal: gone.signal }
    const { input } = await createSvgOpener()(source, SOURCE_FORMATS.svg, options)
    assert.ok(typeof input === 'object')
    const drawn = input.draw(VIEW)
    gone.abort(new Error('gone'))
    await assert.rejects(drawn, { message: 'gone' })
  })

  it('fetches nothing, neither over the network nor from the disk', async () => {
    const neighbour = folder.pathTo('neighbour.png')
    await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } }).toFile(
      neighbour,
    )
    let calls = 0
    const server = createServer(() => {
      calls += 1
    })
    await new Promise<void>((resolve) => {
      server.listen(0, resolve)
    })
    const address = server.address()
    assert.ok(address !== null && typeof address === 'object')
    const links = [
      `http://localhost:${address.port}/a.png`,
      `https://localhost:${address.port}/a.png`,
      `file://${neighbour}`,
      'neighbour.png',
    ]
    const images = links.map((link) => `<image href="${link}" width="80" height="40"/>`).join('')
    const sheet = `<style>@import url(http://localhost:${address.port}/a.css)</style>`
    const svg = svgOf('viewBox="0 0 80 40"', sheet + images)
    const path = await render(svg)
    server.close()
    assert.equal(calls, 0)
    const { channels } = await sharp(path).stats()
    assert.deepEqual(
      channels.map(({ max }) => max),
      [0, 0, 0, 0],
    )
  })

  const faults = [
    {
      title: 'breaks off',
      svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><rect',
      reason: 'SourceCorrupt',
    },
    {
      title: 'is compressed and breaks off',
      svg: gzipSync(svgOf('viewBox="0 0 80 40"', halves)).subarray(0, 90),
      reason: 'SourceCorrupt',
    },
    {
      title: 'is part of a web page',
      svg: `<!doctype html><html>${svgOf('', halves)}</html>`,
      reason: 'SourceUnsupported',
    },
    { title: 'is an archive instead', svg: gzipSync('ustar'), reason: 'SourceUnsupported' },
  ]
  for (const { title, svg, reason } of faults) {
    it(`fails when it ${title}`, async () => {
      await assert.rejects(render(svg), { reason })
    })
  }

  it('fails when its entities multiply without end', async () => {
    const bomb = Array.from(
      { length: 12 },
      (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`,
    )
    const svg = `<!DOCTYPE svg [<!ENTITY e0 "ha">${bomb.join('')}]>${svgOf('viewBox="0 0 80 40"', '<text>&e12;</text>')}`
    await assert.rejects(render(svg), { reason: 'SourceCorrupt' })
  })
})

function svgOf(attributes: string, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`
}
