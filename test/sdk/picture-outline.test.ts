import assert from 'node:assert/strict'
import { assert as assertProperty, property, shuffledSubarray } from 'fast-check'
import { PICTURE_INSTRUCTIONS } from '../../src/contract/instructions/picture-instructions.ts'
import { pictureOptions } from '../../src/engine/pictures/options.ts'
import { DEFAULT_COMPRESSION_LEVEL } from '../../src/engine/pictures/output-formats.ts'
import { readPictureOptions } from '../../src/sdk/picture-outline.ts'

describe('readPictureOptions', () => {
  it('puts together what a rendition asks for', () => {
    const instructions = {
      fmt: 'jpg',
      width: 200,
      height: 100,
      fit: 'crop',
      maxWidth: 180,
      maxHeight: 90,
      crop: { x: 1, y: 2, w: 3, h: 4 },
      quality: 70,
      jpegSize: 9000,
      interlace: true,
      compressionLevel: 9,
      optimize: 'web',
      strip: true,
      autoOrient: false,
      dpi: 96,
      convertToDpi: { xdpi: 204, ydpi: 98 },
      watermark: { image: 'https://example.com/mark.png', scale: 0.5 },
      pdfbgcolor: '#fe0',
      animated: true,
    }
    const outline = {
      format: 'jpeg',
      steps: [
        { step: 'crop', left: 1, top: 2, width: 3, height: 4 },
        { step: 'fit', width: 200, height: 100, fit: 'crop' },
        { step: 'resample', x: 204, y: 98 },
        { step: 'cap', width: 180, height: 90 },
      ],
      encoder: {
        quality: 70,
        jpegSize: 9000,
        interlace: true,
        compressionLevel: 9,
        optimize: 'web',
      },
      strip: true,
      autoOrient: false,
      density: { x: 96, y: 96 },
      watermark: { image: 'https://example.com/mark.png', scale: 0.5 },
      background: { r: 255, g: 238, b: 0 },
      animated: true,
      page: 1,
      password: undefined,
    }
    assert.deepEqual(readPictureOptions(instructions), outline)
    assert.deepEqual(readPictureOptions(inTexts(instructions)), outline)
  })

  it('asks for nothing but the format by itself', () => {
    assert.deepEqual(readPictureOptions({ fmt: ' PNG' }), {
      format: 'png',
      steps: [],
      encoder: {},
      animated: false,
      page: 1,
      password: undefined,
    })
  })

  it('makes what the schema of the engine takes, and the defaults that the engine has', () => {
    const options = readPictureOptions({
      fmt: 'tif',
      width: 5,
      crop: { x: -1, w: 3, h: 4 },
      dpi: 72.5,
    })
    assert.deepEqual(pictureOptions.parse(options), options)
    assert.equal(PICTURE_INSTRUCTIONS.compressionLevel.default, DEFAULT_COMPRESSION_LEVEL)
  })

  it('gives a watermark that has a text, a place or a size what is usual of the rest', () => {
    const place = {
      layer: 'above',
      vertical: 'center',
      horizontal: 'center',
      marginVertical: 25,
      marginHorizontal: 25,
      opacity: 100,
      rotation: 0,
    }
    const font = { family: 'Helvetica', bold: false, italic: false }
    const black = { r: 0, g: 0, b: 0 }
    assert.deepEqual(readPictureOptions({ fmt: 'png', watermark: { text: 'a' } }).watermark, {
      mark: { text: 'a', font, size: 40, colour: black, align: 'center' },
      ...place,
    })
    const image = 'data:image/png,a'
    assert.deepEqual(
      readPictureOptions({ fmt: 'png', watermark: { image, imageWidth: '20', layer: 'below' } })
        .watermark,
      { mark: { image, width: 20 }, ...place, layer: 'below' },
    )
  })

  const fonts = [
    { fontName: 'Arial Bold', font: { family: 'Helvetica', bold: true, italic: false } },
    {
      fontName: 'times-new-roman-bold-italic',
      font: { family: 'Times', bold: true, italic: true },
    },
    { fontName: ' courier_new ', font: { family: 'Courier', bold: false, italic: false } },
    { fontName: 'Helvetica Oblique', font: { family: 'Helvetica', bold: false, italic: true } },
  ]
  for (const { fontName, font } of fonts) {
    it(`draws ${JSON.stringify(fontName)} with what is like it`, () => {
      const { watermark } = readPictureOptions({ fmt: 'png', watermark: { text: 'a', fontName } })
      assert.ok(watermark && 'mark' in watermark && 'text' in watermark.mark)
      assert.deepEqual(watermark.mark.font, font)
    })
  }

  it("takes the short names of AEM's processing profiles, beneath the long ones", () => {
    assert.deepEqual(
      readPictureOptions({ fmt: 'png', wid: '20', hei: 10, qlt: '70', width: '', height: 15 }),
      readPictureOptions({ fmt: 'png', width: 20, height: 15, quality: 70 }),
    )
  })

  const equal = [
    [{ dpi: { xdpi: '96', ydpi: 72.5 } }, { dpi: '{"xdpi": 96, "ydpi": "72.5"}' }],
    [{ crop: { w: 3, h: 4 } }, { crop: { x: 0, y: 0, w: 3, h: 4 } }],
    [{ crop: { x: -3, w: 30, h: 4 } }, { crop: '{"x":"-3","y":"0","w":"30","h":"4"}' }],
    [
      { watermark: { image: 'data:image/png,a' } },
      { watermark: { image: 'data:image/png,a', scale: '1.0' } },
    ],
    [{ pdfbgcolor: 0 }, { pdfbgcolor: '#000000' }],
    [{ pdfbgcolor: '255' }, { pdfbgcolor: '#FFF' }],
    [{ interlace: 'True' }, { interlace: true }],
    [{ animated: 'false' }, {}],
  ]
  for (const [one, other] of equal) {
    it(`reads ${JSON.stringify(one)} as ${JSON.stringify(other)}`, () => {
      assert.deepEqual(
        readPictureOptions({ fmt: 'png', ...one }),
        readPictureOptions({ fmt: 'png', ...other }),
      )
    })
  }

  it('treats an empty field as one that is not there', () => {
    assert.deepEqual(
      readPictureOptions({ fmt: 'png', width: '', height: null, quality: undefined }),
      readPictureOptions({ fmt: 'png' }),
    )
  })

  it('leaves instructions it does not know alone', () => {
    const known = { fmt: 'png', width: 10 }
    assert.deepEqual(
      readPictureOptions({ ...known, contrast: '0.25', userData: {}, target: 'https://a/b' }),
      readPictureOptions(known),
    )
  })

  it('does not depend on the order of the fields', () => {
    const fields = Object.entries({ fmt: 'webp', width: 5, height: '6', quality: 7, other: 8 })
    const shuffled = shuffledSubarray(fields, { minLength: fields.length })
    const expected = readPictureOptions(Object.fromEntries(fields))
    assertProperty(
      property(shuffled, (order) => {
        assert.deepEqual(readPictureOptions(Object.fromEntries(order)), expected)
      }),
    )
  })

  const formats = 'one of png, jpg, jpeg, webp, tif, tiff, gif, avif, thumbhash'
  const pixels = 'a whole number of pixels, 1 or more'
  const quality = 'a whole number, 1 to 100'
  const dots = 'a number of dots per inch from 1 to 65535'
  const pictureUrl = 'an https: or data: URL of a picture'
  const colour = 'a colour like #fff, #ffffff or red, or a whole number for a grey from 0 to 255'
  const refusals = [
    { bad: { fmt: 'bmp' }, message: `fmt must be ${formats}, but it is "bmp".` },
    { bad: { fmt: 7 }, message: `fmt must be ${formats}, but it is 7.` },
    { bad: { fmt: undefined }, message: `fmt is missing; it must be ${formats}.` },
    { bad: { fmt: '' }, message: `fmt is missing; it must be ${formats}.` },
    { bad: { width: 'wide' }, message: `width must be ${pixels}, but it is "wide".` },
    { bad: { width: 0 }, message: `width must be ${pixels}, but it is 0.` },
    { bad: { width: '-5' }, message: `width must be ${pixels}, but it is "-5".` },
    { bad: { height: 1.5 }, message: `height must be ${pixels}, but it is 1.5.` },
    { bad: { height: '200px' }, message: `height must be ${pixels}, but it is "200px".` },
    { bad: { height: true }, message: `height must be ${pixels}, but it is true.` },
    { bad: { height: {} }, message: `height must be ${pixels}, but it is an object.` },
    { bad: { quality: 0 }, message: `quality must be ${quality}, but it is 0.` },
    { bad: { quality: '101' }, message: `quality must be ${quality}, but it is "101".` },
    { bad: { quality: 'best' }, message: `quality must be ${quality}, but it is "best".` },
    { bad: { wid: 'wide' }, message: `wid must be ${pixels}, but it is "wide".` },
    { bad: { maxWidth: 0 }, message: `maxWidth must be ${pixels}, but it is 0.` },
    { bad: { maxHeight: '1e3' }, message: `maxHeight must be ${pixels}, but it is "1e3".` },
    {
      bad: { metadata: 'all' },
      message:
        'metadata must be keep or none, or an object of names with a text for each, but it is "all".',
    },
    { bad: { fit: 'pad' }, message: 'fit must be max, crop or scale, but it is "pad".' },
    {
      bad: { crop: 'center' },
      message: 'crop must be an object {x, y, w, h}, attention or entropy, but it is "center".',
    },
    {
      bad: { crop: '{"x":1' },
      message: 'crop must be an object {x, y, w, h}, attention or entropy, but it is "{\\"x\\":1".',
    },
    {
      bad: { crop: [1, 2] },
      message: 'crop must be an object {x, y, w, h}, attention or entropy, but it is an array.',
    },
    { bad: { crop: { x: 1, y: 1 } }, message: `crop.w is missing; it must be ${pixels}.` },
    { bad: { crop: { w: 5, h: '0' } }, message: `crop.h must be ${pixels}, but it is "0".` },
    {
      bad: { crop: '{"w":5,"h":5,"x":"a"}' },
      message: 'crop.x must be a whole number of pixels, but it is "a".',
    },
    {
      bad: { optimize: 'archive' },
      message: 'optimize must be lossless, print, web or max, but it is "archive".',
    },
    { bad: { strip: 1 }, message: 'strip must be true or false, but it is 1.' },
    { bad: { autoOrient: 'no' }, message: 'autoOrient must be true or false, but it is "no".' },
    {
      bad: { jpegSize: -1 },
      message: 'jpegSize must be a whole number of bytes, 1 or more, but it is -1.',
    },
    {
      bad: { jpegSize: '20KB' },
      message: 'jpegSize must be a whole number of bytes, 1 or more, but it is "20KB".',
    },
    { bad: { interlace: 'yes' }, message: 'interlace must be true or false, but it is "yes".' },
    { bad: { interlace: 1 }, message: 'interlace must be true or false, but it is 1.' },
    {
      bad: { compressionLevel: 10 },
      message: 'compressionLevel must be a whole number, 0 to 9, but it is 10.',
    },
    { bad: { dpi: 0 }, message: `dpi must be ${dots}, or an object {xdpi, ydpi}, but it is 0.` },
    {
      bad: { dpi: 'high' },
      message: `dpi must be ${dots}, or an object {xdpi, ydpi}, but it is "high".`,
    },
    { bad: { dpi: {} }, message: `dpi.xdpi is missing; it must be ${dots}.` },
    {
      bad: { convertToDpi: { xdpi: 72 } },
      message: `convertToDpi.ydpi is missing; it must be ${dots}.`,
    },
    {
      bad: { convertToDpi: { xdpi: 72, ydpi: 99_999 } },
      message: `convertToDpi.ydpi must be ${dots}, but it is 99999.`,
    },
    {
      bad: { watermark: 'https://a/b.png' },
      message: 'watermark must be an object {image, scale} or {text}, but it is "https://a/b.png".',
    },
    {
      bad: { watermark: { scale: 1 } },
      message: `watermark.image is missing; it must be ${pictureUrl}.`,
    },
    {
      bad: { watermark: { image: 'http://a/b.png?sig=1' } },
      message: `watermark.image must be ${pictureUrl}, but it is "http://a/b.png?…".`,
    },
    {
      bad: { watermark: { image: 'file:///etc/passwd' } },
      message: `watermark.image must be ${pictureUrl}, but it is "file:///etc/passwd".`,
    },
    {
      bad: { watermark: { image: 'data:,', scale: 1.5 } },
      message: 'watermark.scale must be a number from 0 to 1, but it is 1.5.',
    },
    {
      bad: { watermark: { image: 'data:,', text: 'a' } },
      message: 'watermark.text must be left out beside an image, but it is "a".',
    },
    {
      bad: { watermark: { image: 'data:,', scale: 1, rotation: 5 } },
      message:
        'watermark.scale must be left out of a watermark that has a place or a size, but it is 1.',
    },
    {
      bad: { watermark: { text: '' } },
      message: 'watermark.text must be a text of 1 to 500 letters, but it is "".',
    },
    {
      bad: { watermark: { text: 'a', layer: 'beside' } },
      message: 'watermark.layer must be above or below, but it is "beside".',
    },
    {
      bad: { watermark: { text: 'a', positionVertical: 'left' } },
      message: 'watermark.positionVertical must be top, center or bottom, but it is "left".',
    },
    {
      bad: { watermark: { text: 'a', opacity: 101 } },
      message: 'watermark.opacity must be a number of per cent from 0 to 100, but it is 101.',
    },
    {
      bad: { watermark: { text: 'a', fontSize: 0 } },
      message: 'watermark.fontSize must be a number of pixels from 1 to 2000, but it is 0.',
    },
    {
      bad: { watermark: { text: 'a', fontColor: 'reddish' } },
      message: `watermark.fontColor must be ${colour}, but it is "reddish".`,
    },
    {
      bad: { watermark: { text: 'a', pages: 'odd' } },
      message: 'watermark.pages must be pages such as "1-3,5", but it is "odd".',
    },
    {
      bad: { watermark: { text: 'a', fontName: 'Wingdings' } },
      message:
        'watermark.fontName must be Helvetica, Times, Courier or a font like them such as Arial, Verdana, Times New Roman, Georgia or Courier New, which they stand in for, and Bold or Italic behind it, but it is "Wingdings".',
    },
    {
      bad: { pdfbgcolor: 'constructor' },
      message: `pdfbgcolor must be ${colour}, but it is "constructor".`,
    },
    { bad: { pdfbgcolor: 256 }, message: `pdfbgcolor must be ${colour}, but it is 256.` },
    { bad: { pdfbgcolor: '#12' }, message: `pdfbgcolor must be ${colour}, but it is "#12".` },
    { bad: { pdfbgcolor: -1 }, message: `pdfbgcolor must be ${colour}, but it is -1.` },
    { bad: { animated: 'all' }, message: 'animated must be true or false, but it is "all".' },
  ]

  for (const { bad, message } of refusals) {
    it(`refuses ${JSON.stringify(bad)}${'fmt' in bad && bad.fmt === undefined ? ' without a fmt' : ''}`, () => {
      const reason = 'fmt' in bad ? 'RenditionFormatUnsupported' : 'GenericError'
      assert.throws(() => readPictureOptions({ fmt: 'png', ...bad }), { reason, message })
    })
  }
})

/** Every value as a processing profile of AEM sends it. */
function inTexts(instructions: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(instructions).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
}
