import * as z from 'zod/mini'

/** The formats that pictures are written in, and that of what stands for one. */
export const WRITTEN_FORMATS = ['png', 'jpeg', 'webp', 'tiff', 'gif', 'avif', 'thumbhash'] as const

/** See {@link WRITTEN_FORMATS}. */
export type WrittenFormat = (typeof WRITTEN_FORMATS)[number]

/**
 * How a picture is sized by a box: `max` leaves it inside and never enlarges it, `crop` fills the box and cuts off evenly
 * what protrudes, `scale` gives exactly the box and distorts. When the box has one side only, the last two give it
 * exactly, and the aspect ratio is kept.
 */
export const FITS = ['max', 'crop', 'scale'] as const

/** See {@link FITS}. */
export type Fit = (typeof FITS)[number]

/**
 * What of a picture matters when it is cut: `attention` where libvips sees edges, strong colours and skin, `entropy` where
 * most is to be seen.
 */
export const INTERESTS = ['attention', 'entropy'] as const

/** See {@link INTERESTS}. */
export type Interest = (typeof INTERESTS)[number]

const share = z.number().check(z.gte(0), z.lte(1))
const side = z.int().check(z.gte(1))
const box = { width: z.optional(side), height: z.optional(side) }

const DENSITY = { min: 1, max: 65_535 }
const dots = z.number().check(z.gte(DENSITY.min), z.lte(DENSITY.max))
const density = { x: dots, y: dots }

const part = z.int().check(z.gte(0), z.lte(255))
const colour = z.object({ r: part, g: part, b: part })

/**
 * What a PNG or JPEG is made small for: `lossless` changes no pixel, `print` nothing that a printer shows, `web` nothing
 * that a screen shows, `max` is as small as one likes to look at.
 */
export const OPTIMIZATIONS = ['lossless', 'print', 'web', 'max'] as const

/** See {@link OPTIMIZATIONS}. */
export type Optimization = (typeof OPTIMIZATIONS)[number]

/** Colours that a picture may get. */
export const PICTURE_COLOURS = ['rgb', 'cmyk', 'grayscale'] as const

/** See {@link PICTURE_COLOURS}. */
export type PictureColours = (typeof PICTURE_COLOURS)[number]

/** Enough for a few lines of small print; each takes room on the page that they are drawn on. */
const MOST_LETTERS = 500

const encoder = z.object({
  /** Formats that lose nothing ignore it. */
  quality: z.optional(z.int().check(z.gte(1), z.lte(100))),
  /** The most bytes that a JPEG shall have; overrides the quality. */
  jpegSize: z.optional(z.int().check(z.gte(1))),
  /** The most bytes that it shall have: it gets the highest quality, or the most colours, that fits; overrides the quality. */
  targetSize: z.optional(z.int().check(z.gte(1))),
  /** The most colours of a PNG or GIF, which then has a palette. */
  colours: z.optional(z.int().check(z.gte(2), z.lte(256))),
  /** Whether to write PNG and GIF interlaced, and JPEG progressive. */
  interlace: z.optional(z.boolean()),
  /** How hard to try to make a PNG small. */
  compressionLevel: z.optional(z.int().check(z.gte(0), z.lte(9))),
  /** Of the format of its source and nothing but it, the file is never larger than the source. */
  optimize: z.optional(z.enum(OPTIMIZATIONS)),
})

const page = z.int().check(z.gte(0))

/** On which pages or frames a mark is; on all when undefined. */
const pages = z.optional(z.readonly(z.array(z.object({ from: page, to: z.optional(page) }))))

const fittedMark = z.object({
  pages,
  /** Where its file is, a picture of any kind: an `https:` or `data:` URL. */
  image: z.string(),
  /** Its size in relation to the largest that fits into the rendition. */
  scale: z.number().check(z.gte(0), z.lte(1)),
})

const percent = z.number().check(z.gt(0), z.lte(100))

/** A picture, in its own size or in a size in pixels; with one of them alone it keeps its shape. */
const pictureMark = z.object({
  image: z.string(),
  width: z.optional(side),
  height: z.optional(side),
  /** Of the width of the rendition; overrides both. */
  widthPercent: z.optional(percent),
})

const textMark = z.object({
  /** Lines are parted by line feeds. */
  text: z.string().check(z.minLength(1), z.maxLength(MOST_LETTERS)),
  font: z.object({
    family: z.enum(['Helvetica', 'Times', 'Courier']),
    bold: z.boolean(),
    italic: z.boolean(),
  }),
  /** In pixels, from one line to the next five sixths. */
  size: z.number().check(z.gte(1), z.lte(2000)),
  /** Of the width of the rendition; overrides the size. */
  widthPercent: z.optional(percent),
  colour,
  align: z.enum(['left', 'center', 'right']),
})

const margin = z.int().check(z.gte(0))

const placedMark = z.object({
  pages,
  mark: z.union([pictureMark, textMark]),
  /** Below it is seen where the picture is transparent. */
  layer: z.enum(['above', 'below']),
  vertical: z.enum(['top', 'center', 'bottom']),
  horizontal: z.enum(['left', 'center', 'right']),
  /** From the edges that it is placed at, in pixels. */
  marginVertical: margin,
  marginHorizontal: margin,
  /** In per cent. */
  opacity: z.number().check(z.gte(0), z.lte(100)),
  /** In degrees, clockwise. */
  rotation: z.number(),
})

/** See {@link Watermark}. */
export const watermarkOption = z.union([fittedMark, placedMark])

const step = z.discriminatedUnion('step', [
  /** Uses a part of the upright picture, in pixels of what the steps before have made; it may reach beyond that. */
  z.object({
    step: z.literal('crop'),
    left: z.int(),
    top: z.int(),
    width: side,
    height: side,
  }),
  /**
   * Sizes by a box, see {@link Fit}. Inside of it a picture is not enlarged; a drawing is drawn exactly so large,
   * whatever comes before.
   */
  z.object({
    step: z.literal('fit'),
    ...box,
    fit: z.optional(z.enum(FITS)),
    /** What matters of a picture that is cut: a box with both sides is filled then, unless `fit` says otherwise. */
    keep: z.optional(z.enum(INTERESTS)),
    /** Where a cut begins, as shares of how far it could be moved; in the middle unless given. */
    at: z.optional(z.object({ x: share, y: share })),
  }),
  /** Takes to another resolution while the physical size stays. */
  z.object({ step: z.literal('resample'), ...density }),
  /** Makes nothing larger than a box, and leaves alone what is not. */
  z.object({ step: z.literal('cap'), ...box }),
])

/** What a picture shall be like, as far as that is known without its source. */
export const pictureOptions = z.object({
  format: z.enum(WRITTEN_FORMATS),
  /** What is done to the size of the picture, in this order. */
  steps: z.readonly(z.array(step)),
  encoder,
  /** The resolution that the source shall count as, and that the file shall say it has; in dots per inch. */
  density: z.optional(z.object(density)),
  watermark: z.optional(watermarkOption),
  /** What replaces transparency, even where the format could keep it. */
  background: z.optional(colour),
  /** What its pixels are; RGB unless given, and CMYK only where the format is JPEG. */
  colours: z.optional(z.enum(PICTURE_COLOURS)),
  /** Whether all frames of an animation are kept, or all pages of a TIFF file. */
  animated: z.boolean(),
  /** Whether the file may say nothing but what shows the picture, even where it is the source as it is. */
  strip: z.optional(z.boolean()),
  /** Whether the file says of the picture what its source does: Exif data without its position, XMP, IPTC and the colour profile. */
  keepMetadata: z.optional(z.boolean()),
  /** Whether it is turned as its Exif data say, as it is unless told otherwise. */
  autoOrient: z.optional(z.boolean()),
  /** Of a source that has several, counted from 1. */
  page: side,
  /** What opens an encrypted source. */
  password: z.optional(z.string()),
})

/** See {@link pictureOptions}. */
export type PictureOptions = Readonly<z.infer<typeof pictureOptions>>

/** Something that is done to the size of a picture. */
export type Step = Readonly<z.infer<typeof step>>

/** How a picture is encoded. A format passes over what it does not have. */
export type EncoderSettings = Readonly<z.infer<typeof encoder>>

/** A picture or a text to lay over a rendition, or beneath it. */
export type Watermark = Readonly<z.infer<typeof watermarkOption>>

/** A picture that is fitted into the middle of a rendition. */
export type FittedMark = Readonly<z.infer<typeof fittedMark>>

/** A picture or a text that has a place. */
export type PlacedMark = Readonly<z.infer<typeof placedMark>>

/** A text in one of the fonts that readers of PDF have built in. */
export type TextMark = Readonly<z.infer<typeof textMark>>

/** A picture of which the size is given in pixels, or by itself. */
export type PictureMark = Readonly<z.infer<typeof pictureMark>>

/** A colour of sRGB, each part from 0 to 255. */
export type Colour = Readonly<z.infer<typeof colour>>

/** Which part of its source a picture shows, when the source has several, and what opens it. */
export type SourceSelection = Pick<PictureOptions, 'page' | 'password'>
