import assert from 'node:assert/strict'
import { type Command, readValue } from '../../src/image-serving/commands/command.ts'
import { COMMANDS, findCommand } from '../../src/image-serving/commands/commands.ts'
import type { RequestError } from '../../src/image-serving/request-error.ts'

const C = COMMANDS

/** What values of commands mean, and which are none; a line of Adobe's pages each. */
const READINGS: readonly {
  readonly command: Command<unknown>
  readonly right: Readonly<Record<string, unknown>>
  readonly wrong: readonly string[]
}[] = [
  {
    command: C.wid,
    right: { '1': 1, '400': 400 },
    wrong: ['0', '-1', '1.5', 'abc', '', '1,2', '1e9'],
  },
  { command: C.scl, right: { '2': 2, '.5': 0.5, '1e-1': 0.1 }, wrong: ['0', '-1', 'x'] },
  {
    command: C.fit,
    right: {
      crop: { mode: 'crop', enlarge: false },
      'FIT,1': { mode: 'fit', enlarge: true },
      'hfit,': { mode: 'hfit', enlarge: false },
    },
    wrong: ['cover', 'fit,2', 'fit,1,1', ''],
  },
  { command: C.align, right: { '-1,.5': { x: -1, y: 0.5 } }, wrong: ['2,0', '0', '0,0,0'] },
  {
    command: C.rgn,
    right: { '-5,0,10,20': { x: -5, y: 0, width: 10, height: 20 } },
    wrong: ['0,0,0,1', '1,2,3'],
  },
  {
    command: C.rect,
    right: { '0,0,1,2': { x: 0, y: 0, width: 1, height: 2, factor: 1 } },
    wrong: ['0,0,1,2,0'],
  },
  { command: C.dpr, right: { off: 1, 'on,3': 3, 'on,1.5': 1.5 }, wrong: ['3', 'on,0', 'on,-1'] },
  {
    command: C.fmt,
    right: {
      jpg: { format: 'jpeg', transparent: false, pixelType: undefined, compression: 'none' },
      'tif,,jpeg': { format: 'tif', transparent: false, pixelType: undefined, compression: 'jpeg' },
      'webp-alpha,,lossless': {
        format: 'webp',
        transparent: true,
        pixelType: undefined,
        compression: 'lossless',
      },
      'tiff-alpha,cmyk,lzw': {
        format: 'tif',
        transparent: true,
        pixelType: 'cmyk',
        compression: 'lzw',
      },
      'png8-ALPHA': {
        format: 'png8',
        transparent: true,
        pixelType: undefined,
        compression: 'none',
      },
    },
    wrong: [
      'heic',
      'swf',
      'bmp',
      'jpeg-alpha',
      'png,cmyk',
      'png,,zip',
      'tif-alpha,,jpeg',
      'constructor',
    ],
  },
  {
    command: C.qlt,
    right: {
      '85': { quality: 85, fullChroma: false },
      '85,1': { quality: 85, fullChroma: true },
    },
    wrong: ['0', '101', '750', '85,2'],
  },
  { command: C.jpegSize, right: { '0': 0, '40': 40 }, wrong: ['-1'] },
  {
    command: C.quantize,
    right: {
      'adaptive,off,2,000000,ffffff': {
        palette: 'adaptive',
        diffused: false,
        colours: 2,
        forced: ['000000', 'ffffff'],
      },
      web: { palette: 'web', diffused: true, colours: 256, forced: [] },
    },
    wrong: ['adaptive,off,1', 'adaptive,off,2,0x000000', 'vga'],
  },
  { command: C.resMode, right: { sharp: 'sharp2', bicub: 'bicub' }, wrong: ['nearest'] },
  { command: C.iccEmbed, right: { '1': true, true: true, '0': false }, wrong: ['2', 'yes'] },
  {
    command: C.op_colorize,
    right: {
      'a0b0c0,norm,50': {
        colour: { type: 'rgb', components: [160, 176, 192], alpha: 1, ofSource: false },
        normalised: true,
        contrast: 50,
      },
      '200,0,0': {
        colour: { type: 'rgb', components: [200, 0, 0], alpha: 1, ofSource: false },
        normalised: true,
        contrast: 0,
      },
    },
    wrong: ['', 'a0b0c0,maybe', 'a0b0c0,norm,101'],
  },
  {
    command: C.op_usm,
    right: {
      '5,2': { by: 'unsharp', amount: 5, radius: 2, threshold: 0, monochrome: false, scaled: true },
      '.9,2,10,1': {
        by: 'unsharp',
        amount: 0.9,
        radius: 2,
        threshold: 10,
        monochrome: true,
        scaled: true,
      },
    },
    wrong: ['6', '1,251', '1,1,256', '1,1,1,2'],
  },
  {
    command: C.op_noise,
    right: { '20,gaussian,1': { amount: 20, distribution: 'gaussian', monochrome: true } },
    wrong: ['101', '1,poisson'],
  },
  { command: C.op_brightness, right: { '-100': -100, '+5': 5 }, wrong: ['101', '1.5'] },
  { command: C.op_hue, right: { '180': 180 }, wrong: ['181'] },
  {
    command: C.opac,
    right: { '90,70': { opacity: 90, fill: 70 }, '50': { opacity: 50, fill: 100 } },
    wrong: ['101', '-1'],
  },
  {
    command: C.size,
    right: {
      '300,0': { by: 'size', width: 300, height: 0 },
      '300': { by: 'size', width: 300, height: 0 },
    },
    wrong: ['-1,0', '1.5,1'],
  },
  {
    command: C.crop,
    right: { '-10,0,50,60': { in: 'pixels', x: -10, y: 0, width: 50, height: 60 } },
    wrong: ['0,0,0,5', '1,2'],
  },
  {
    command: C.perspective,
    right: {
      '0,0,10,0,10,10,0,10,R2': {
        in: 'pixels',
        corners: [
          { x: 0, y: 0 },
          { x: 10, y: 0 },
          { x: 10, y: 10 },
          { x: 0, y: 10 },
        ],
      },
    },
    wrong: ['0,0,10,0,10,10,0'],
  },
  { command: C.flip, right: { lrud: 'lrud' }, wrong: ['both'] },
  { command: C.blendMode, right: { mult: 'mult' }, wrong: ['multiply'] },
  {
    command: C.cache,
    right: {
      off: { client: false, server: 'off' },
      'on,off': { client: true, server: 'off' },
      validate: { client: true, server: 'on' },
      update: { client: true, server: 'update' },
    },
    wrong: ['never'],
  },
]

describe('a command of Image Serving', () => {
  for (const { command, right, wrong } of READINGS) {
    for (const [value, expected] of Object.entries(right)) {
      it(`${command.name}=${value} is read`, () => {
        assert.deepEqual(readValue(command, value), expected)
      })
    }
    for (const value of wrong) {
      it(`${command.name}=${value} is refused in a sentence that names it`, () => {
        assert.throws(
          () => readValue(command, value),
          (error: RequestError) =>
            error.name === 'RequestError' &&
            error.message.startsWith(command.name) &&
            error.message.endsWith('.'),
        )
      })
    }
  }

  it('is found whatever the case of its name', () => {
    assert.equal(findCommand('BGCOLOR'), 'bgColor')
    assert.equal(findCommand('op_colorBalance'), 'op_colorbalance')
    assert.equal(findCommand('constructor'), undefined)
  })

  for (const command of Object.values(COMMANDS)) {
    it(`${command.name} says what it does in a sentence`, () => {
      assert.match(command.sentence, /^[A-Z].*\.$/)
      assert.notEqual(command.usage, '')
    })
  }
})
