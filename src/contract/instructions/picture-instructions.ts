import * as z from 'zod/mini'
import {
  DRAWN_FORMATS,
  type DrawnFormat,
  PICTURE_FORMATS,
  readFormat,
  VIDEO_FORMATS,
} from '../actions.ts'
import { flag, number, wholeNumber } from '../text-values.ts'
import { colourSchema, toColour } from './colour.ts'
import type { Instruction } from './instruction.ts'
import { toWatermark, watermarkSchema } from './watermark-instruction.ts'

const PIXELS = 'a whole number of pixels, 1 or more'
const DOTS = 'a number of dots per inch from 1 to 65535'

/** What a picture that is cut may keep. */
const INTERESTS = ['attention', 'entropy'] as const
const CROP = 'an object {x, y, w, h}, attention or entropy'

/** What else there may be is an object, for which the worker of metadata is chosen. */
const METADATA = 'keep or none, or an object of names with a text for each'

const side = wholeNumber({ min: 1, expected: PIXELS })
const dots = number({ min: 1, max: 65_535, expected: DOTS })

/** One number for both directions, or an object with one for each. */
const resolution = z.union(
  [
    number({ min: 1, max: 65_535, expected: `${DOTS}, or an object {xdpi, ydpi}` }),
    z.object({ xdpi: dots, ydpi: dots }, { error: `${DOTS}, or an object {xdpi, ydpi}` }),
  ],
  { error: `${DOTS}, or an object {xdpi, ydpi}` },
)

/** What has a width and a height. */
const SIZED_FORMATS = [...DRAWN_FORMATS, ...VIDEO_FORMATS] as const

/** The name that the engine has for each format. */
const WRITTEN_AS = {
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  webp: 'webp',
  tif: 'tiff',
  tiff: 'tiff',
  gif: 'gif',
  avif: 'avif',
  thumbhash: 'thumbhash',
} as const satisfies Record<DrawnFormat, string>

/** Colours that pictures and PDFs may get. */
export const COLORSPACES = ['unchanged', 'rgb', 'cmyk', 'grayscale'] as const

/** See {@link COLORSPACES}. */
export const COLORSPACE = 'unchanged, rgb, cmyk or grayscale'

/** Its schema, and what an instruction with such values makes of a picture. */
function making<Value, Made extends object>(
  schema: z.ZodMiniType<Value>,
  makes: (value: Value) => Made,
) {
  return { schema, makes }
}

/**
 * The "Rendition-specific fields" of the Asset Compute API that are about pictures, what Adobe's SDK adds to them
 * (lib/postprocessing/image.js; maxWidth, maxHeight and compressionLevel since its version 5), and `animated`.
 */
export const PICTURE_INSTRUCTIONS = {
  fmt: {
    description:
      'The format: a picture, or thumbhash for what a page shows until a picture is there, text or txt, xmp or xml, json, pdf, video such as mp4 or webm, audio such as mp3 or wav, and zip for what is none; with a worker of your own whatever that makes.',
    ...making(
      z.pipe(
        z.transform((value) => (typeof value === 'string' ? readFormat(value) : value)),
        z.enum(DRAWN_FORMATS, { error: `one of ${DRAWN_FORMATS.join(', ')}` }),
      ),
      (name) => ({ format: WRITTEN_AS[name] }),
    ),
    required: true,
    reason: 'RenditionFormatUnsupported',
  },
  width: {
    description: 'The width of the box that the picture is fitted into, in pixels.',
    formats: SIZED_FORMATS,
    alias: 'wid',
    ...making(side, (width) => ({ fit: { width } })),
  },
  height: {
    description: 'The height of the box that the picture is fitted into, in pixels.',
    formats: SIZED_FORMATS,
    alias: 'hei',
    ...making(side, (height) => ({ fit: { height } })),
  },
  fit: {
    description:
      'How width and height size: max is inside of them and never larger than the source, crop fills them and cuts off evenly what protrudes, scale is exactly they and distorts.',
    formats: SIZED_FORMATS,
    default: 'max',
    ...making(z.enum(['max', 'crop', 'scale'], { error: 'max, crop or scale' }), (fit) => ({
      fit: { fit },
    })),
  },
  maxWidth: {
    description: 'The most pixels that the picture may be wide, whatever else would make it wider.',
    formats: PICTURE_FORMATS,
    ...making(side, (width) => ({ cap: { width } })),
  },
  maxHeight: {
    description:
      'The most pixels that the picture may be high, whatever else would make it higher.',
    formats: PICTURE_FORMATS,
    ...making(side, (height) => ({ cap: { height } })),
  },
  crop: {
    description:
      'The part to use, in pixels of the upright source, before it is sized; or attention or entropy: width and height are filled, and what draws the eye, or has most to see, is kept.',
    formats: DRAWN_FORMATS,
    ...making(
      z.union(
        [
          z.object(
            {
              x: z._default(wholeNumber({ expected: 'a whole number of pixels' }), 0),
              y: z._default(wholeNumber({ expected: 'a whole number of pixels' }), 0),
              w: side,
              h: side,
            },
            { error: CROP },
          ),
          z.enum(INTERESTS, { error: CROP }),
        ],
        { error: CROP },
      ),
      (crop) => (typeof crop === 'string' ? { fit: { keep: crop } } : { crop: toRegion(crop) }),
    ),
  },
  quality: {
    description: 'The higher, the better the picture and the larger the file.',
    formats: ['jpg', 'jpeg', 'webp', 'avif', 'pdf'],
    alias: 'qlt',
    ...making(
      wholeNumber({ min: 1, max: 100, expected: 'a whole number, 1 to 100' }),
      (quality) => ({ encoder: { quality } }),
    ),
  },
  jpegSize: {
    description: 'The most bytes that it may take: it gets the highest quality that fits.',
    formats: ['jpg', 'jpeg'],
    ...making(
      wholeNumber({ min: 1, expected: 'a whole number of bytes, 1 or more' }),
      (jpegSize) => ({ encoder: { jpegSize } }),
    ),
  },
  targetSize: {
    description:
      'The most bytes that the file may take: it gets the highest quality, or the most colours, that fits; it fails when nothing does.',
    formats: ['jpg', 'jpeg', 'webp', 'avif', 'png', 'gif'],
    ...making(
      wholeNumber({ min: 1, expected: 'a whole number of bytes, 1 or more' }),
      (targetSize) => ({ encoder: { targetSize } }),
    ),
  },
  colorspace: {
    description:
      'The colours that the picture gets: rgb, which it has unless given; grayscale; or cmyk, of a JPEG alone; unchanged is as if it were not given.',
    formats: ['png', 'jpg', 'jpeg', 'webp', 'gif', 'avif', 'tif', 'tiff'],
    ...making(z.enum(COLORSPACES, { error: COLORSPACE }), (colours) =>
      colours === 'unchanged' ? {} : { colours },
    ),
  },
  interlace: {
    description: 'Whether a PNG or GIF is interlaced and a JPEG progressive.',
    formats: ['png', 'jpg', 'jpeg', 'gif'],
    default: false,
    ...making(flag(), (interlace) => ({ encoder: { interlace } })),
  },
  compressionLevel: {
    description: 'How hard to try to make a PNG small, which takes longer.',
    formats: ['png'],
    default: 6,
    ...making(
      wholeNumber({ min: 0, max: 9, expected: 'a whole number, 0 to 9' }),
      (compressionLevel) => ({ encoder: { compressionLevel } }),
    ),
  },
  optimize: {
    description:
      'Makes a PNG, JPEG, WebP or GIF small: lossless changes no pixel, print and web nothing that paper or a screen shows, max a little. Of a source of that format that nothing else is done to, it is never larger than the source.',
    formats: ['png', 'jpg', 'jpeg', 'webp', 'gif'],
    ...making(
      z.enum(['lossless', 'print', 'web', 'max'], { error: 'lossless, print, web or max' }),
      (optimize) => ({ encoder: { optimize } }),
    ),
  },
  strip: {
    description:
      'Whether an optimised picture, too, must be without metadata, as every other is; the colours stay right.',
    formats: PICTURE_FORMATS,
    default: false,
    ...making(flag(), (strip) => ({ strip })),
  },
  metadata: {
    description:
      'keep, for a picture that says of itself what its source does: Exif data without the position, XMP, IPTC and the colour profile; none, as if it were not given.',
    formats: ['png', 'jpg', 'jpeg', 'webp', 'avif', 'tif', 'tiff'],
    ...making(z.enum(['keep', 'none'], { error: METADATA }), (metadata) => ({
      keepMetadata: metadata === 'keep',
    })),
  },
  autoOrient: {
    description:
      'Whether the picture is turned upright as its Exif data say; otherwise it is as it is stored.',
    formats: DRAWN_FORMATS,
    default: true,
    ...making(flag(), (autoOrient) => ({ autoOrient })),
  },
  dpi: {
    description: 'The resolution that the file says it has, in dots per inch.',
    formats: ['png', 'jpg', 'jpeg', 'tif', 'tiff'],
    ...making(resolution, (dpi) => ({ density: toDensity(dpi) })),
  },
  convertToDpi: {
    description: 'The resolution to resample to, so that the physical size stays.',
    formats: PICTURE_FORMATS,
    ...making(resolution, (dpi) => ({ resample: toDensity(dpi) })),
  },
  watermark: {
    description:
      'A picture that is fitted into the rendition, or into pages of a PDF, then scaled; or one in a size and at a place of its own, or a text.',
    formats: [...DRAWN_FORMATS, 'pdf'],
    ...making(watermarkSchema, (watermark) => ({ watermark: toWatermark(watermark) })),
  },
  pdfbgcolor: {
    description: 'What replaces transparency: #fff, #ffffff or a grey from 0 to 255.',
    formats: DRAWN_FORMATS,
    ...making(colourSchema, (colour) => ({ background: toColour(colour) })),
  },
  animated: {
    description: 'Whether all frames of an animation are kept, or all pages of a TIFF.',
    formats: ['gif', 'webp', 'tif', 'tiff'],
    default: false,
    ...making(flag(), (animated) => ({ animated })),
  },
} as const satisfies Record<string, Instruction>

function toRegion({ x, y, w, h }: { x: number; y: number; w: number; h: number }) {
  return { left: x, top: y, width: w, height: h }
}

function toDensity(dpi: number | { xdpi: number; ydpi: number }): { x: number; y: number } {
  return typeof dpi === 'number' ? { x: dpi, y: dpi } : { x: dpi.xdpi, y: dpi.ydpi }
}
