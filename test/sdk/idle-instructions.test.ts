import assert from 'node:assert/strict'
import { tellIdle } from '../../src/sdk/idle-instructions.ts'

describe('instructions that make no difference', () => {
  const TOLD: readonly (readonly [
    instructions: Readonly<Record<string, unknown>> & { readonly fmt: string },
    names: string,
  ])[] = [
    [{ fmt: 'png', quality: 50 }, 'quality makes'],
    [{ fmt: 'png', qlt: '50' }, 'qlt makes'],
    [{ fmt: 'jpg', compressionLevel: 9, interlace: true }, 'compressionLevel makes'],
    [{ fmt: 'webp', dpi: 300, jpegSize: 9, crf: 20 }, 'jpegSize, dpi and crf make'],
    [{ fmt: 'png', animated: true }, 'animated makes'],
    [{ fmt: 'mp4', colorspace: 'grayscale', crf: 20 }, 'colorspace makes'],
    [{ fmt: 'mp3', width: 90, audioBitrate: 90 }, 'width makes'],
    [{ fmt: 'pdf', crop: { w: 9, h: 9 } }, 'crop makes'],
    [{ fmt: 'gif', metadata: 'keep' }, 'metadata makes'],
    [{ fmt: 'pdf', metadata: 'keep' }, 'metadata makes'],
    [{ fmt: 'png', crop: 'attention' }, 'crop makes'],
    [{ fmt: 'png', crop: 'entropy', wid: 9, fit: 'crop' }, 'crop makes'],
    [{ fmt: 'png', crop: 'attention', wid: 9, hei: 9, fit: 'scale' }, 'crop makes'],
    [{ fmt: 'txt', page: 2 }, 'page makes'],
    [{ fmt: 'zip', duplicate: 'ignore', linearize: true }, 'linearize makes'],
    [{ fmt: 'jpg', xmp: '<x/>', width: 90 }, 'width makes'],
    [{ fmt: 'jpg', metadata: { Title: 'A' }, quality: 9 }, 'quality makes'],
    [{ fmt: 'pdf', files: [], quality: 9 }, 'quality makes'],
    [{ fmt: 'pdf', optimize: 'web', qlt: 9, targetSize: 999 }, 'qlt makes'],
    [{ fmt: 'pdf', flattenSignatures: true }, 'flattenSignatures makes'],
    [{ fmt: 'jpg', quality: 9, jpegSize: 999 }, 'quality makes'],
    [{ fmt: 'webp', quality: 9, targetSize: 999 }, 'quality makes'],
    [{ fmt: 'png', optimize: 'web', compressionLevel: 9 }, 'compressionLevel makes'],
    [{ fmt: 'png', targetSize: 999, compressionLevel: '6' }, 'compressionLevel makes'],
    [{ fmt: 'jpg', optimize: 'web', interlace: 'false' }, 'interlace makes'],
    [
      { fmt: 'png', watermark: { image: 'https://a.test', fontSize: 9, fontColor: 'red' } },
      'watermark.fontSize and watermark.fontColor make',
    ],
    [{ fmt: 'pdf', watermark: { text: 'A', imageWidth: 9 } }, 'watermark.imageWidth makes'],
    [
      { fmt: 'png', watermark: { text: 'A', fontSize: 9, fontWidthPercent: 9 } },
      'watermark.fontSize makes',
    ],
    [{ fmt: 'png', capture: { url: 'https://a.test' }, pdfbgcolor: '#fff' }, 'pdfbgcolor makes'],
  ]
  for (const [instructions, names] of TOLD) {
    it(`are told: ${JSON.stringify(instructions)}`, () => {
      const expected = `${names} no difference to this rendition in ${instructions.fmt}.`
      assert.equal(tellIdle(instructions), expected)
    })
  }

  const SILENT: readonly Readonly<Record<string, unknown>>[] = [
    { fmt: 'png', width: 48, height: 48, name: 'thumbnail.png', target: 'https://a.test' },
    { fmt: 'jpg', quality: 90, interlace: true, dpi: 300, pdfbgcolor: '' },
    { fmt: 'png', animated: 'false', strip: false, page: 1, fit: 'max' },
    { fmt: 'gif', animated: true, embedBinaryLimit: 9 },
    { fmt: 'png', crop: 'attention', wid: 9, hei: '9', fit: 'crop' },
    { fmt: 'png', crop: { w: 9, h: 9 } },
    { fmt: 'jpg', metadata: 'keep' },
    { fmt: 'gif', metadata: 'none' },
    { fmt: 'jpg', metadata: { Title: 'A' } },
    { fmt: 'mp4', width: 90, crf: 20 },
    { fmt: 'pdf', files: [], watermark: { text: 'A', fontSize: 9 } },
    { fmt: 'pdf', optimize: 'web', quality: 9, flattenSignatures: true },
    { fmt: 'pdf', flattenSignatures: false },
    { fmt: 'png', optimize: 'web', interlace: true },
    { fmt: 'jpg', optimize: 'web', interlace: true, quality: 9 },
    { fmt: 'png', watermark: { image: 'https://a.test', imageWidth: 9, opacity: 9 } },
    { fmt: 'jpg', xmp: '<x/>' },
    { fmt: 'png', capture: { url: 'https://a.test' } },
    { fmt: 'svg', from: 'svg', strip: true },
    { fmt: 'of-a-worker-of-somebody', quality: 9 },
  ]
  for (const instructions of SILENT) {
    it(`are none: ${JSON.stringify(instructions)}`, () => {
      assert.equal(tellIdle(instructions), undefined)
    })
  }
})
