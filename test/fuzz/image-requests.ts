import * as fc from 'fast-check'
import { COMMANDS } from '../../src/image-serving/commands/commands.ts'

const words = (...all: readonly string[]) => fc.constantFrom(...all)
const numbers = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -30, max: 600 }).map(String) },
  { weight: 6, arbitrary: fc.integer({ min: -200, max: 300 }).map((each) => String(each / 100)) },
  {
    weight: 1,
    arbitrary: words('0', '-0', '1e9', '100000', '5001', '.5', '1e-7', 'NaN', '', '0x10'),
  },
)
const list = (least: number, most = least) =>
  fc.array(numbers, { minLength: least, maxLength: most }).map((each) => each.join())
const join = (...parts: readonly fc.Arbitrary<string>[]) =>
  fc.tuple(...parts).map((each) => each.join())
const flags = words('0', '1')
const colours = fc.oneof(
  words('ff0000', '80ff00cc', '255,0,128', '1,2,3,4', '7f7f7f', '100,50,0,20'),
  list(3, 4),
)
const objects = words('photo', 'logo', 'ink', 'large', 'set', 'photo:Wide', 'acme/logo', 'none')
const curve = fc
  .array(fc.tuple(words('M', 'L', 'Q', 'C', 'l', 'H', 'v', 'Z', 'z', 'm'), list(0, 6)), {
    maxLength: 6,
  })
  .map((parts) => `M0,0${parts.map(([letter, said]) => `${letter}${said}`).join('')}`)
const text = words(
  'Hello',
  '{\\rtf1\\ansi\\b Bold\\b0 \\i x\\i0\\par two}',
  '{\\rtf1{\\fonttbl{\\f0 Arial;}}\\fs60\\cf1 big}',
  '{\\rtf1\\u8364?\\super a\\sub b',
  '',
).map(encodeURIComponent)
const inner = fc
  .tuple(
    objects,
    fc.array(fc.tuple(words('wid', 'op_blur', 'rotate', 'scale', 'crop'), list(1, 4)), {
      maxLength: 3,
    }),
  )
  .map(([object, said]) => `${object}?${said.map(([name, value]) => `${name}=${value}`).join('&')}`)
const sources = fc.oneof(
  { weight: 4, arbitrary: objects },
  { weight: 2, arbitrary: inner.map((each) => `is{${each}}`) },
  { weight: 1, arbitrary: inner.map((each) => `is(photo?layer=1&src=is(${each}))`) },
  {
    weight: 1,
    arbitrary: words('is(photo', 'is{photo?src=is{photo?src=is{photo}}}', '(http://x.test/)', ''),
  },
)

/** What commands may be given, most of it fit for them, so that pictures are made of it. */
const FITTING: Readonly<Record<string, fc.Arbitrary<string>>> = {
  fit: join(words('fit', 'constrain', 'crop', 'wrap', 'stretch', 'hfit', 'vfit'), flags),
  align: list(2),
  rgn: list(4),
  rect: list(4, 5),
  dpr: fc.oneof(words('on', 'off', 'on,2', '1.5'), numbers),
  bgc: colours,
  color: colours,
  bgcolor: colours,
  src: sources,
  mask: sources,
  maskuse: words('norm', 'invert', 'off'),
  text,
  textattr: join(
    numbers,
    words('norm', 'none', 'sharp'),
    words('fixedRes', 'autoRes'),
    words('wrap', 'noWrap'),
  ),
  crop: list(4),
  cropn: list(4),
  size: list(1, 2),
  sizen: list(1, 2),
  flip: words('lr', 'ud', 'lrud'),
  perspective: list(8),
  perspectiven: list(8),
  clippath: curve,
  clipxpath: curve,
  extend: list(4),
  extendn: list(4),
  opac: list(1, 2),
  blendmode: words('norm', 'dissolve', 'lighten', 'darken', 'mult', 'screen'),
  anchor: list(2),
  anchorn: list(2),
  origin: list(2),
  originn: list(2),
  pos: list(2),
  posn: list(2),
  hide: flags,
  op_colorbalance: list(3),
  op_colorize: join(colours, words('off', 'norm'), numbers),
  op_invert: flags,
  op_noise: join(numbers, words('uniform', 'gaussian'), flags),
  op_sharpen: flags,
  op_usm: join(numbers, numbers, numbers, flags),
  op_usmr: join(numbers, numbers, numbers, flags),
  fmt: fc.oneof(
    words(
      'jpeg',
      'pjpeg',
      'png',
      'png8',
      'gif',
      'tif',
      'webp',
      'avif',
      'jpeg2000',
      'pdf',
      'eps',
      'heic',
      'swf',
    ),
    words('png-alpha', 'gif-alpha', 'tif-alpha,rgb,lzw', 'webp-alpha', 'png8-alpha', 'avif-alpha'),
    words(
      'tif,cmyk',
      'jpeg,cmyk',
      'jpeg,gray',
      'png,gray',
      'pdf,cmyk,zip',
      'eps,gray',
      'tif,rgb,jpeg',
    ),
  ),
  qlt: join(numbers, flags),
  jpegsize: numbers,
  pscan: words('auto', '3', '4', '5'),
  quantize: join(
    words('adaptive', 'web', 'mac'),
    words('diffuse', 'off'),
    numbers,
    words('ff0000', '00ff00'),
  ),
  resmode: words('bilin', 'bicub', 'sharp2', 'bisharp'),
  icc: join(
    words('sRGB', 'P3', 'CMYK', 'none'),
    words('perceptual', 'relative', 'absolute', 'saturation'),
    flags,
    flags,
  ),
  iccembed: flags,
  xmpembed: flags,
  effectmask: flags,
  defaultimage: objects,
  template: objects,
  imageset: objects,
  cache: words('on', 'off'),
}

const hostile = fc.oneof(
  numbers,
  list(0, 9),
  words('$object$', '$a$', '%', '%00', '..%2f..', '<b>', '{', ')', '1e400', '-'),
  fc.string({ maxLength: 20 }).map(encodeURIComponent),
)
const command = fc
  .constantFrom(...Object.keys(COMMANDS).filter((each) => each !== 'req'))
  .chain((name) =>
    fc
      .oneof(
        { weight: 12, arbitrary: FITTING[name.toLowerCase()] ?? numbers },
        { weight: 1, arbitrary: hostile },
      )
      .map((value) => `${name}=${value}`),
  )
const any = fc.oneof(
  { weight: 30, arbitrary: command },
  {
    weight: 4,
    arbitrary: words(
      'layer=0',
      'layer=1',
      'layer=2',
      'layer=comp',
      'layer=1,name',
      'effect=-1',
      'effect=1',
    ),
  },
  { weight: 3, arbitrary: words('$view$', '$none$', '.note', '$a=$a$', '$a=5', '&&') },
  {
    weight: 2,
    arbitrary: words(
      'req=tmb',
      'req=mask',
      'req=props',
      'req=imageprops',
      'req=xmp',
      'req=set,json',
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.string({ maxLength: 8 }), hostile)
      .map(([a, b]) => `${encodeURIComponent(a)}=${b}`),
  },
)

/** What comes behind `/is/image/`: an object and commands, most of which can be carried out. */
export const imageTargets: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof({ weight: 9, arbitrary: objects }, words('', 'acme')),
    fc.array(any, { maxLength: 9 }),
  )
  .map(([object, commands]) => `${object}?${commands.join('&')}`)
