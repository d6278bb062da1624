import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { metadata } from '../../../src/engine/metadata/metadata.ts'
import { measureDuration } from '../../../src/engine/metadata/readers/measure-duration.ts'
import { kindOf } from '../../../src/engine/metadata/sources/kinds.ts'
import { identifySource } from '../../../src/sources/identify.ts'
import { skipWithout } from '../../support/tools.ts'
import { draw, probe } from '../video/video-fixture.ts'
import { isFailure, type Said, useMetadataFolder } from './case-files.ts'

/** Pictures and a tone of a second. */
const FILM = [
  ['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=25:duration=1'],
  ['-f', 'lavfi', '-i', 'sine=440:sample_rate=48000:duration=1'],
].flat()

const STEREO = ['-map', '1:a', '-ac', '2']
const VIDEO = { 'tiff:ImageWidth': '64', 'tiff:ImageLength': '48', 'xmpDM:videoFrameRate': '25' }
const SOUND = { 'xmpDM:audioSampleRate': '48000' }

function codecs(video: string | undefined, audio: string | undefined): Said {
  return {
    ...(video && { 'xmpDM:videoCompressor': video }),
    ...(audio && { 'xmpDM:audioCompressor': audio }),
  }
}

/** What FFmpeg makes of the film with these arguments, and what XMP says of it. */
const CASES: readonly (readonly [name: string, args: readonly string[], said: Said])[] = [
  [
    'h264.mp4',
    ['-c:v', 'libx264', '-c:a', 'aac'],
    { ...VIDEO, ...SOUND, ...codecs('H.264', 'AAC') },
  ],
  [
    'mjpeg.mov',
    ['-c:v', 'mjpeg', '-c:a', 'pcm_s16le'],
    { ...VIDEO, ...codecs('Motion JPEG', 'PCM') },
  ],
  ['h264.m4v', ['-c:v', 'libx264', '-c:a', 'aac'], { ...VIDEO, ...codecs('H.264', 'AAC') }],
  ['h264.mkv', ['-c:v', 'libx264', '-c:a', 'flac'], { ...VIDEO, ...codecs('H.264', 'FLAC') }],
  ['vp8.webm', ['-c:v', 'libvpx', '-c:a', 'libopus'], { ...VIDEO, ...codecs('VP8', 'Opus') }],
  [
    'mpeg4.avi',
    ['-c:v', 'mpeg4', '-c:a', 'mp3'],
    { ...VIDEO, ...SOUND, ...codecs('MPEG-4', 'MP3') },
  ],
  // ExifTool does not tell MPEG-1 from MPEG-2, so nothing is said of it.
  ['mpeg2.mpg', ['-c:v', 'mpeg2video', '-c:a', 'mp2'], { ...VIDEO, ...codecs(undefined, 'MP2') }],
  [
    'wmv2.wmv',
    ['-c:v', 'wmv2', '-c:a', 'wmav2'],
    codecs('Windows Media Video 8', 'Windows Media Audio V8'),
  ],
  ['mpeg4.3gp', ['-c:v', 'mpeg4', '-c:a', 'aac'], { ...VIDEO, ...codecs('MPEG-4', 'AAC') }],
  [
    'h264.flv',
    ['-c:v', 'libx264', '-c:a', 'aac', '-ar', '44100'],
    { ...VIDEO, ...codecs('H.264', 'AAC') },
  ],
  ['tone.mp3', [...STEREO, '-c:a', 'mp3'], { ...SOUND, ...codecs(undefined, 'MP3') }],
  ['tone.m4a', [...STEREO, '-c:a', 'aac'], { ...SOUND, ...codecs(undefined, 'AAC') }],
  ['tone.wav', STEREO, { ...SOUND, ...codecs(undefined, 'PCM') }],
  ['tone.ogg', [...STEREO, '-c:a', 'libvorbis'], { ...SOUND, ...codecs(undefined, 'Vorbis') }],
  ['tone.opus', [...STEREO, '-c:a', 'libopus'], { ...SOUND, ...codecs(undefined, 'Opus') }],
  ['tone.flac', STEREO, { ...SOUND, ...codecs(undefined, 'FLAC') }],
  ['tone.aiff', STEREO, { ...SOUND, ...codecs(undefined, 'PCM') }],
  ['tone.wma', STEREO, { ...SOUND, ...codecs(undefined, 'Windows Media Audio V8') }],
]

/** Kinds that tell nobody how long they are. */
const UNTOLD = ['mpeg2.mpg']

/** AAC in containers that call it stereo whatever it is. */
const UNCOUNTED = ['h264.mp4', 'h264.m4v', 'mpeg4.3gp', 'h264.flv', 'tone.m4a']

describe('metadata of videos and sounds', function () {
  this.timeout(300_000)
  const folder = useMetadataFolder()
  before(function () {
    skipWithout(this, 'FFmpeg')
    const outputs = CASES.flatMap(([name, args]) => [...args, '-shortest', folder.pathTo(name)])
    draw(...FILM, ...outputs)
  })

  for (const [name, , said] of CASES) {
    it(`say what ${name} is`, async () => {
      const xmpPath = folder.pathTo(`${name}.xmp`)
      await metadata.extractXmp({ source: await identifySource(folder.pathTo(name)), xmpPath })
      const text = await readFile(xmpPath, 'utf8')
      for (const [property, value] of Object.entries(said)) {
        assert.ok(text.includes(`<${property}>${value}</${property}>`), `${property} in ${text}`)
      }
      const isStereo = name.startsWith('tone')
      const [, channels] = /audioChannelType>(\w+)</.exec(text) ?? []
      assert.equal(channels, UNCOUNTED.includes(name) ? undefined : isStereo ? 'Stereo' : 'Mono')
      const [, milliseconds] = /<xmpDM:value>(\d+)</.exec(text) ?? []
      if (UNTOLD.includes(name)) assert.equal(milliseconds, undefined)
      else assert.ok(Math.abs(Number(milliseconds) - 1000) < 150, `${milliseconds} ms`)
    })
  }

  it('say how a player turns the pictures', async () => {
    const [upright, turned] = [folder.pathTo('h264.mp4'), folder.pathTo('turned.mp4')]
    draw('-i', upright, '-c', 'copy', '-metadata:s:v:0', 'rotate=180', turned)
    const jsonPath = folder.pathTo('turned.json')
    await metadata.readTags({ source: await identifySource(turned), jsonPath })
    const tags: unknown = JSON.parse(await readFile(jsonPath, 'utf8'))
    assert.ok(typeof tags === 'object' && tags !== null)
    const wanted = {
      Rotation: 180,
      ImageWidth: 64,
      ImageHeight: 48,
      VideoFrameRate: 25,
      VideoCodec: 'H.264',
      AudioCodec: 'AAC',
      AudioSampleRate: 48_000,
    }
    assert.deepEqual({ ...tags, ...wanted }, tags)
    assert.ok(!('AudioChannels' in tags))
    const xmp = await folder.extract(await readFile(turned), 'again.mp4')
    assert.match(xmp, /<tiff:Orientation>3</)
  })

  it('measure an MP3 that does not say how many frames it has, and a file that is none not at all', async () => {
    const plain = folder.pathTo('plain.mp3')
    draw('-i', folder.pathTo('tone.mp3'), '-c', 'copy', '-write_xing', '0', plain)
    const kind = kindOf('mp3')
    assert.ok(kind)
    const seconds = measureDuration(kind, plain)
    assert.ok(seconds !== undefined && Math.abs(seconds - 1) < 0.15, `${seconds} s`)
    assert.equal(measureDuration(kind, folder.pathTo('tone.wav')), undefined)
  })

  it('are written where players look, and the film stays as it is', async () => {
    const outputPath = folder.pathTo('named.mp4')
    const source = await identifySource(folder.pathTo('h264.mp4'))
    const texts = { Title: 'Häfen', Author: 'Zoë', Keywords: 'a, b' }
    await metadata.writeTags({ source, texts, outputPath })
    const xmp = await folder.extract(await readFile(outputPath), 'read.mp4')
    assert.match(xmp, /Häfen/)
    assert.match(xmp, /<rdf:li>b</)
    assert.deepEqual(probe(outputPath), probe(folder.pathTo('h264.mp4')))
    const copy = await readFile(outputPath)
    const list = copy.indexOf('ilst')
    assert.ok(list !== -1 && copy.indexOf('Häfen', list) !== -1)
  })

  it('are not written into other formats, which the reason names', async () => {
    const source = await identifySource(folder.pathTo('h264.mkv'))
    await assert.rejects(
      metadata.writeTags({ source, texts: { Title: 'a' }, outputPath: folder.pathTo('no.mkv') }),
      isFailure('RenditionFormatUnsupported', /MKV file; they can into JPEG.*MP4, MOV, M4V/),
    )
  })
})
