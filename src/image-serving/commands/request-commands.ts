import { RequestError } from '../request-error.ts'
import {
  type Compression,
  FORMAT_ALIASES,
  REFUSED_FORMATS,
  SERVED_FORMATS,
  type ServedFormat,
  type ServedFormatName,
} from '../served-formats.ts'
import {
  type Argument,
  flag,
  integer,
  LONGEST,
  name,
  optional,
  real,
  rest,
  several,
  word,
} from './arguments.ts'
import { command, type Take } from './command.ts'

/** A format and what `-alpha` says of it. */
interface NamedFormat {
  readonly format: ServedFormatName
  readonly transparent: boolean
}

const FORMAT_NAMES = Object.keys(SERVED_FORMATS)

function isServed(text: string): text is ServedFormatName {
  return Object.hasOwn(SERVED_FORMATS, text)
}

/** The formats, and those that keep what is transparent as `-alpha`. */
const FORMAT_WORDS = Object.entries<ServedFormat>(SERVED_FORMATS).flatMap(([format, { alpha }]) =>
  alpha ? [format, `${format}-alpha`] : [format],
)

const formatName: Argument<NamedFormat> = {
  expected: `one of ${FORMAT_NAMES.join(', ')}, with -alpha behind it where what is transparent shall stay so`,
  kind: { kind: 'word', words: FORMAT_WORDS },
  take([item = '']) {
    const [, base = '', alpha] = /^(.*?)(-alpha)?$/.exec(item.trim().toLowerCase()) ?? []
    // Every object has members such as "constructor".
    if (Object.hasOwn(REFUSED_FORMATS, base)) {
      throw new RequestError(`fmt=${item} cannot be had: ${REFUSED_FORMATS[base]}.`, 'fmt')
    }
    const format = (Object.hasOwn(FORMAT_ALIASES, base) && FORMAT_ALIASES[base]) || base
    if (!isServed(format)) return undefined
    const served: ServedFormat = SERVED_FORMATS[format]
    if (alpha !== undefined && !served.alpha) return undefined
    return { value: { format, transparent: alpha !== undefined }, used: 1 }
  },
}

function readFormat(take: Take) {
  const { format, transparent } = take(formatName)
  const served: ServedFormat = SERVED_FORMATS[format]
  const { pixelTypes, compressions } = served
  const pixelType = take(optional(word(...pixelTypes), undefined))
  const compression: Compression = take(optional(word(...compressions), compressions[0]))
  if (transparent && served.alpha?.except.includes(compression)) {
    throw new RequestError(
      `fmt=${format}-alpha,,${compression} cannot be had: ${compression} knows nothing transparent.`,
      'fmt',
    )
  }
  return { format, transparent, pixelType, compression }
}

const hexColour: Argument<string> = {
  expected: 'a colour of six digits such as ff8000',
  kind: { kind: 'text' },
  take: ([item = '']) =>
    /^[0-9a-f]{6}$/i.test(item.trim()) ? { value: item.trim(), used: 1 } : undefined,
}

/** What is asked for, and how the picture is written; they apply wherever they stand. */
export const REQUEST_COMMANDS = {
  req: command({
    name: 'req',
    level: 'request',
    usage: 'img|tmb|mask|props|imageprops|exists|xmp|set|validate|resolve|message,…',
    sentence: 'Asks for something else than the picture: its size, its mask, the members of a set.',
    differs: 'No asset has an image map or zoom targets, so that map and targets answer nothing.',
    read: (take) => ({ kind: take(name), options: take(optional(several(name, 0), [])) }),
  }),
  fmt: command({
    name: 'fmt',
    level: 'request',
    usage: 'format,pixelType,compression',
    sentence: 'Sets the format, the pixel type (rgb, gray or cmyk) and how it is compressed.',
    read: readFormat,
  }),
  qlt: command({
    name: 'qlt',
    level: 'request',
    usage: 'quality,0|1',
    sentence: 'Sets the quality from 1 to 100, and with 1 that colours keep their full resolution.',
    read: (take) => ({
      quality: take(integer(1, 100)),
      fullChroma: take(optional(flag, false)),
    }),
  }),
  jpegSize: command({
    name: 'jpegSize',
    level: 'request',
    usage: 'kilobytes',
    sentence: 'Lowers the quality of a JPEG until it has no more than so many kilobytes.',
    read: (take) => take(real(0, LONGEST)),
  }),
  pscan: command({
    name: 'pscan',
    level: 'request',
    usage: 'auto|3|4|5',
    sentence: 'Says in how many passes a progressive JPEG appears.',
    differs: 'The number of scans is that of auto, whatever is asked for.',
    read: (take) => take(word('auto', '3', '4', '5')),
  }),
  quantize: command({
    name: 'quantize',
    level: 'request',
    usage: 'adaptive|web|mac,diffuse|off,colours,colour,…',
    sentence: 'Chooses the colours of a GIF or PNG8, and whether others are mixed of them.',
    read: (take) => ({
      palette: take(word('adaptive', 'web', 'mac')),
      diffused: take(optional(word('diffuse', 'off'), 'diffuse')) === 'diffuse',
      colours: take(optional(integer(2, 256), 256)),
      forced: take(optional(several(hexColour, 0), [])),
    }),
  }),
  printRes: command({
    name: 'printRes',
    level: 'request',
    usage: 'dpi',
    sentence: 'Writes this resolution into the file, and changes no pixel.',
    read: (take) => take(real(0, 100_000, { above: true })),
  }),
  resMode: command({
    name: 'resMode',
    level: 'request',
    usage: 'bilin|bicub|sharp2|bisharp',
    sentence: 'Says how pictures are scaled: the later in this list the sharper.',
    read: (take) => {
      const mode = take(word('bilin', 'bicub', 'sharp2', 'bisharp', 'sharp', 'trilin'))
      if (mode === 'sharp') return 'sharp2'
      return mode === 'trilin' ? 'bilin' : mode
    },
  }),
  icc: command({
    name: 'icc',
    level: 'request',
    usage: 'profile,perceptual|relative|saturation|absolute,0|1,0|1',
    sentence: 'Converts the colours to this ICC profile.',
    differs:
      'sRGB, P3 and CMYK are there, and ICC profiles that are added as assets. Colours are converted perceptually and without compensation of the black point unless something else is asked for, and never dithered.',
    read: (take) => ({
      profile: take(name),
      intent: take(optional(word('perceptual', 'relative', 'saturation', 'absolute'), undefined)),
      blackPoint: take(optional(flag, undefined)),
      dithered: take(optional(flag, undefined)),
    }),
  }),
  iccEmbed: command({
    name: 'iccEmbed',
    level: 'request',
    usage: '0|1',
    sentence: 'Puts the ICC profile of the colours into the file.',
    read: (take) => take(flag),
  }),
  xmpEmbed: command({
    name: 'xmpEmbed',
    level: 'request',
    usage: '0|1',
    sentence: 'Puts the XMP metadata of the asset into the file.',
    read: (take) => take(flag),
  }),
  pathEmbed: command({
    name: 'pathEmbed',
    level: 'request',
    usage: '0|1',
    sentence: 'Would put the paths of Photoshop into the file.',
    differs: 'Paths of Photoshop are not read, so that there are none to put.',
    read: (take) => take(flag),
  }),
  template: command({
    name: 'template',
    level: 'request',
    usage: 'asset',
    sentence: 'Takes the layers of this template, in which $object$ is the asset of the path.',
    read: (take) => take(name),
  }),
  defaultImage: command({
    name: 'defaultImage',
    level: 'request',
    usage: 'asset',
    sentence: 'Is shown in place of an asset that is not there; empty for none.',
    read: (take) => take(optional(name, '')),
  }),
  effectMask: command({
    name: 'effectMask',
    level: 'request',
    usage: '0|1',
    sentence: 'Would say whether effects are cut by the mask of their layer.',
    differs: 'They always are.',
    read: (take) => take(flag),
  }),
  imageSet: command({
    name: 'imageSet',
    level: 'request',
    usage: 'assets',
    sentence: 'Names the members of a set that is not kept as an asset.',
    read: (take) => take(rest),
  }),
  cache: command({
    name: 'cache',
    level: 'request',
    usage: 'on|off|validate|update,on|off',
    sentence:
      'Says with off that nobody may keep the answer, and with update that it is made anew.',
    read: (take) => {
      const client = take(word('on', 'off', 'validate', 'update'))
      const server = take(optional(word('on', 'off'), client === 'off' ? 'off' : 'on'))
      // What changes is never found in the cache any more, so that there is nothing to validate.
      const isNew = client === 'update' && server === 'on'
      return { client: client !== 'off', server: isNew ? 'update' : server } as const
    },
  }),
  locale: command({
    name: 'locale',
    level: 'request',
    usage: 'language',
    sentence: 'Would choose the texts of a language.',
    differs: 'Texts are not translated.',
    read: (take) => take(rest),
  }),
  id: command({
    name: 'id',
    level: 'request',
    usage: 'version',
    sentence: 'Tells caches which version is meant; it changes nothing else.',
    read: (take) => take(rest),
  }),
  network: command({
    name: 'network',
    level: 'request',
    usage: 'on|off',
    sentence: 'Is meant for Adobe’s delivery network, and changes nothing here.',
    read: (take) => take(rest),
  }),
  bfc: command({
    name: 'bfc',
    level: 'request',
    usage: 'on|off',
    sentence: 'Is meant for Adobe’s delivery network, and changes nothing here.',
    read: (take) => take(rest),
  }),
} as const
