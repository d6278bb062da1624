import type { Aspect } from './comparing.ts'
import type { DrawnInstructions } from './instructions.ts'
import type { Source } from './sources.ts'

/** Something in which this engine is not like ImageMagick on purpose. */
export interface Difference {
  readonly sentence: string
  /** What is not compared, or that such a rendition is not asked for at all. */
  readonly leaves: readonly Aspect[] | 'everything'
  readonly concerns: (instructions: DrawnInstructions, source: Source) => boolean
}

/** In pixels. */
const SMALL_SIDE = 100

/** All of them; docs/fidelity.md tells the same. */
const DIFFERENCES: readonly Difference[] = [
  {
    sentence:
      'A crop that has nothing of the picture fails; ImageMagick makes one transparent pixel of it, or leaves the picture uncropped.',
    leaves: 'everything',
    concerns: ({ crop }, { size }) =>
      crop !== undefined &&
      (crop.x >= size.width ||
        crop.y >= size.height ||
        crop.x + crop.w <= 0 ||
        crop.y + crop.h <= 0),
  },
  {
    sentence:
      'A GIF is as large as its picture; ImageMagick leaves what it has cropped or turned on the canvas of before.',
    leaves: ['width', 'height', 'colours', 'transparency'],
    concerns: ({ fmt, crop }, { turned = false }) =>
      fmt === 'gif' && (crop !== undefined || turned),
  },
  {
    sentence:
      'A watermark is fitted into the rendition; the SDK fits it into what would be the rendition without the crop.',
    leaves: ['colours', 'transparency'],
    concerns: ({ watermark, crop }) => watermark !== undefined && crop !== undefined,
  },
  {
    sentence:
      'A watermark is laid over the finished picture; the SDK draws it before convertToDpi resamples both.',
    leaves: ['colours', 'transparency'],
    concerns: ({ watermark, convertToDpi }) =>
      watermark !== undefined && convertToDpi !== undefined,
  },
  {
    sentence: 'A watermark is as large as it was computed; ImageMagick draws it a pixel larger.',
    leaves: ['transparency'],
    concerns: ({ watermark }) => watermark !== undefined,
  },
  {
    sentence: 'That pixel more is a good part of a small rendition.',
    leaves: ['colours'],
    concerns: ({ watermark, width = SMALL_SIDE, height = SMALL_SIDE }) =>
      watermark !== undefined && Math.min(width, height) < SMALL_SIDE,
  },
  {
    sentence: 'A watermark has its colours on a grey picture, too.',
    leaves: ['colours'],
    concerns: ({ watermark }, { grey = false }) => watermark !== undefined && grey,
  },
  {
    sentence:
      'A grey picture is not changed by pdfbgcolor; ImageMagick brightens it when that is a colour.',
    leaves: ['colours'],
    concerns: ({ pdfbgcolor }, { grey = false }) => String(pdfbgcolor).startsWith('#') && grey,
  },
  {
    sentence: 'pdfbgcolor 0 is black, as "0" is; the SDK overlooks the number.',
    leaves: ['colours', 'transparency'],
    concerns: ({ pdfbgcolor }) => pdfbgcolor === 0,
  },
  {
    sentence:
      'convertToDpi and width or height together resize the picture once; the SDK makes it smaller first and then perhaps larger.',
    leaves: ['colours', 'transparency'],
    concerns: ({ width, height, convertToDpi }) =>
      convertToDpi !== undefined && (width ?? height) !== undefined,
  },
  {
    sentence: 'jpegSize overrides quality; the SDK goes no higher than the quality.',
    leaves: ['colours'],
    concerns: ({ fmt, jpegSize, quality }) =>
      isJpeg(fmt) && jpegSize !== undefined && quality !== undefined,
  },
  {
    sentence:
      'A JPEG of quality 90 and more has colour in full resolution; ImageMagick leaves it at what a JPEG source has.',
    leaves: ['colours'],
    concerns: ({ fmt, quality, jpegSize }, { file }) =>
      isJpeg(fmt) && file.endsWith('.jpg') && ((quality ?? 0) >= 90 || jpegSize !== undefined),
  },
  {
    sentence:
      'The resolution of a PNG or BMP becomes whole dots an inch in a JPEG; ImageMagick writes whole ones a centimetre, 198 for 200 dpi.',
    leaves: ['resolution'],
    concerns: ({ fmt, dpi, convertToDpi }, { file }) =>
      isJpeg(fmt) && /(png|bmp)$/.test(file) && (dpi ?? convertToDpi) === undefined,
  },
  {
    sentence: 'The colours of inks come from a profile; ImageMagick mixes them plainly.',
    leaves: ['colours'],
    concerns: (_, { cmyk }) => cmyk === true,
  },
]

/** The differences that a rendition shows. */
export function findDifferences(
  instructions: DrawnInstructions,
  source: Source,
): readonly Difference[] {
  return DIFFERENCES.filter(({ concerns }) => concerns(instructions, source))
}

function isJpeg(fmt: string): boolean {
  return fmt === 'jpg' || fmt === 'jpeg'
}
