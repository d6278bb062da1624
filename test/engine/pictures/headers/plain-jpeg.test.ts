import assert from 'node:assert/strict'
import sharp, { type Sharp } from 'sharp'
import { readHeader } from '../../../../src/engine/pictures/headers/header.ts'
import { readPlainJpeg } from '../../../../src/engine/pictures/headers/plain-jpeg.ts'
import { inMemory } from '../../../../src/sources/open-file.ts'
import { noise } from '../../../support/pictures.ts'
import { segment, withSegments } from '../../metadata/sources.ts'

const picture = (): Sharp => noise(37, 21)

describe('a plain JPEG', () => {
  const plain: Readonly<Record<string, () => Promise<Buffer>>> = {
    'in colours': () => picture().jpeg().toBuffer(),
    'in grey': () => picture().toColourspace('b-w').jpeg().toBuffer(),
    'in stages': () => picture().jpeg({ progressive: true }).toBuffer(),
    'without subsampling': () => picture().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer(),
    'with a profile': () => picture().withIccProfile('p3').jpeg().toBuffer(),
    'with Exif data that turn it': () =>
      picture().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    'with Exif data, a profile and a packet': () =>
      picture()
        .withExif({ IFD0: { Copyright: 'A name' } })
        .withIccProfile('srgb')
        .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
        .jpeg()
        .toBuffer(),
    'with a comment and tables of others before its frame': async () =>
      withSegments(
        await picture().jpeg().toBuffer(),
        segment(0xfe, Buffer.from('a comment')),
        segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x/>')),
      ),
  }
  for (const [title, make] of Object.entries(plain)) {
    it(`is told as libvips tells it: ${title}`, async () => {
      const jpeg = await make()
      const facts = readPlainJpeg(jpeg)
      assert.ok(facts)
      const { orientation, ...said } = await sharp(jpeg).metadata()
      for (const name of KNOWN) assert.deepEqual(facts[name], said[name], name)
      assert.equal(readHeader(inMemory(jpeg), 'JPEG', facts.exif).orientation, orientation)
    })
  }

  const questionable: Readonly<Record<string, () => Promise<Buffer>>> = {
    'in four inks': () => picture().toColourspace('cmyk').jpeg().toBuffer(),
    'cut before its frame': async () => (await picture().jpeg().toBuffer()).subarray(0, 100),
    'with Exif data twice': async () =>
      withSegments(
        await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
        segment(0xe1, Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\0')),
      ),
    'with a profile in two pieces': async () =>
      withSegments(
        await picture().jpeg().toBuffer(),
        segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x02a piece')),
        segment(0xe2, Buffer.from('ICC_PROFILE\0\x02\x02another')),
      ),
    'with samples of 12 bits': async () => {
      const jpeg = await picture().jpeg().toBuffer()
      const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
      jpeg[frame + 4] = 12
      return jpeg
    },
    'that is coded in another way': async () => {
      const jpeg = await picture().jpeg().toBuffer()
      const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
      jpeg[frame + 1] = 0xc9
      return jpeg
    },
    'without rows': async () => {
      const jpeg = await picture().jpeg().toBuffer()
      const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
      jpeg.writeUInt16BE(0, frame + 5)
      return jpeg
    },
    'with a segment that ends behind the file': async () =>
      Buffer.concat([
        (await picture().jpeg().toBuffer()).subarray(0, 2),
        Buffer.from([0xff, 0xe0, 0xff, 0xff]),
      ]),
  }
  for (const [title, make] of Object.entries(questionable)) {
    it(`is none: ${title}`, async () => {
      assert.equal(readPlainJpeg(await make()), undefined)
    })
  }
})

const KNOWN = [
  'width',
  'height',
  'pages',
  'space',
  'channels',
  'depth',
  'hasAlpha',
  'hasProfile',
  'icc',
  'exif',
] as const
