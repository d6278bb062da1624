import type { PixelEncoder } from './file-encoder.ts'
import { profileOf } from './icc-profile.ts'
import { toPoints } from './points.ts'
import { toSamples } from './samples.ts'

const SPACES = { gray: '/DeviceGray', rgb: '/DeviceRGB', cmyk: '/DeviceCMYK' } as const

/** How many bytes of a profile come into a line. */
const LINE_BYTES = 32

/**
 * Encodes an EPS file of level 2 (PostScript Language Reference, 4.10 and 5; Adobe technical note 5002): the picture, not
 * compressed, in binary.
 */
export const encodeEps: PixelEncoder = async (raster, encoding) => {
  const { width, height } = raster
  const { samples, channels } = await toSamples(raster, encoding)
  const profile = encoding.embedProfile ? await profileOf(encoding) : undefined
  const page = toPoints(raster, encoding)
  const size = `${toNumber(page.width)} ${toNumber(page.height)}`
  const draw = 'image\n'
  const head = [
    '%!PS-Adobe-3.0 EPSF-3.0',
    `%%BoundingBox: 0 0 ${Math.ceil(page.width)} ${Math.ceil(page.height)}`,
    `%%HiResBoundingBox: 0 0 ${size}`,
    '%%LanguageLevel: 2',
    '%%DocumentData: Binary',
    '%%EndComments',
    ...(profile ? profileLines(profile) : []),
    'gsave',
    `${size} scale`,
    `${SPACES[encoding.pixelType]} setcolorspace`,
    `<</ImageType 1/Width ${width}/Height ${height}/BitsPerComponent 8`,
    `/Decode[${'0 1 '.repeat(channels).trim()}]/ImageMatrix[${width} 0 0 -${height} 0 ${height}]`,
    '/DataSource currentfile>>',
    `%%BeginBinary: ${draw.length + samples.length}`,
    draw,
  ]
  const tail = '\n%%EndBinary\ngrestore\n%%EOF\n'
  return Buffer.concat([
    Buffer.from(head.join('\n'), 'latin1'),
    samples,
    Buffer.from(tail, 'latin1'),
  ])
}

/** As Photoshop writes it, in comments. */
function profileLines(profile: Buffer): string[] {
  const lines = Array.from(
    { length: Math.ceil(profile.length / LINE_BYTES) },
    (_, line) => `%${profile.toString('hex', line * LINE_BYTES, (line + 1) * LINE_BYTES)}`,
  )
  return ['%%BeginICCProfile: (Photoshop Profile) -1 Hex', ...lines, '%%EndICCProfile']
}

/** PostScript would take exponents, but readers of its comments do not. */
function toNumber(value: number): string {
  return value.toFixed(4).replace(/\.?0+$/, '')
}
