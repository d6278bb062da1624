import assert from 'node:assert/strict'
import type { CopiedImage } from '../../../../page/images/lab/copied-image.ts'
import { copyCommand } from '../../../../page/images/lab/copy-command.ts'
import {
  copyFormats,
  copyRatios,
  copyUrl,
  copyWidths,
} from '../../../../page/images/lab/copy-html.ts'
import { copyInstruction } from '../../../../page/images/lab/copy-instruction.ts'
import { copyPreset } from '../../../../page/images/lab/copy-preset.ts'
import { RequestError } from '../../../../src/image-serving/request-error.ts'

function image(query: string, more: Partial<CopiedImage> = {}): CopiedImage {
  return {
    origin: 'https://here',
    object: 'acme/red shoe:Wide',
    query,
    file: 'red shoe.jpg',
    size: { width: 400, height: 300 },
    presets: [
      { name: 'Small', commands: 'wid=80&hei=60&$Sharp$' },
      { name: 'sharp', commands: 'op_sharpen=1' },
    ],
    ...more,
  }
}

describe('A picture of the lab is copied', () => {
  it('as its URL', () => {
    assert.equal(
      copyUrl(image('wid=4&$w=3')),
      'https://here/is/image/acme/red%20shoe:Wide?wid=4&$w=3',
    )
    assert.equal(copyUrl(image('')), 'https://here/is/image/acme/red%20shoe:Wide')
  })

  it('as an img of several widths, whose height follows where there is one', () => {
    const html = copyWidths(image('wid=400&hei=300&fit=crop&text="a"'))
    assert.match(
      html,
      /^<img src="https:\/\/here\/is\/image\/acme\/red%20shoe:Wide\?wid=400&amp;hei=300/,
    )
    assert.match(html, /&amp;text=&quot;a&quot;&amp;wid=320&amp;hei=240 320w,/)
    assert.match(html, /wid=400&amp;hei=300 400w,/)
    assert.doesNotMatch(html, /800w/, 'it is not twice as large as what one looks at')
    assert.match(
      html,
      /sizes="\(max-width: 400px\) 100vw, 400px"\n {2}width="400" height="300"\n {2}alt="">$/,
    )
  })

  it('as an img of several widths alone where no height is set', () => {
    assert.doesNotMatch(copyWidths(image('wid=400&fmt=webp')), /hei=/)
    assert.match(copyWidths(image('$small$')), /\?\$small\$&amp;wid=320&amp;hei=240 320w/)
  })

  it('as an img for screens of more pixels', () => {
    const html = copyRatios(image('wid=400&dpr=on,4'))
    assert.match(html, /\?wid=400&amp;dpr=on,2 2x,\n/)
    assert.match(html, /\?wid=400&amp;dpr=on,3 3x"/)
  })

  it('as a picture of several formats, the smallest first, that keeps what is transparent', () => {
    const html = copyFormats(image('wid=4&fmt=png-alpha&src=is{a?fmt=x&b}'))
    assert.match(
      html,
      /<source type="image\/avif" srcset="[^"]*src=is{a\?fmt=x&amp;b}&amp;fmt=avif-alpha">/,
    )
    assert.match(html, /<source type="image\/webp" srcset="[^"]*fmt=webp-alpha">/)
    assert.match(html, /<img src="[^"]*fmt=png-alpha"/)
    assert.match(copyFormats(image('wid=4')), /<img src="[^"]*fmt=jpeg"/)
  })

  it('as an image preset, with what other presets say in their places', () => {
    assert.equal(
      copyPreset(image('$small$&fmt=webp&req=img')),
      'wid=80&hei=60&op_sharpen=1&fmt=webp',
    )
    assert.throws(() => copyPreset(image('$none$')), RequestError)
  })

  it('as a command that makes it', () => {
    assert.equal(
      copyCommand(image("$small$&text=it's")),
      String.raw`npm run image -- 'red shoe.jpg?wid=80&hei=60&op_sharpen=1&text=it'\''s' 'red shoe-view.jpg'`,
    )
    assert.equal(
      copyCommand(image('fmt=jpeg2000')),
      "npm run image -- 'red shoe.jpg?fmt=jpeg2000' 'red shoe-view.jp2'",
    )
  })

  it('as a rendition', () => {
    assert.deepEqual(JSON.parse(copyInstruction(image('$Sharp$&fmt=tif,cmyk,lzw')) ?? ''), {
      name: 'red shoe-view.tif',
      fmt: 'tif',
      is: 'op_sharpen=1&fmt=tif,cmyk,lzw',
    })
    assert.equal(copyInstruction(image('fmt=eps')), undefined)
  })
})
