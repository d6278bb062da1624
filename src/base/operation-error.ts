import type { FailureCode } from './errors.ts'
import { isRecord } from './json.ts'

/** Width and height in pixels. */
interface Pixels {
  readonly width: number
  readonly height: number
}

/** What something was found to have, and the most that it may have. */
interface TooManyPixels extends Pixels {
  readonly most: number
}

/** A file of an archive: where it stands among the option `files`, from 0, and its path in the archive. */
interface ArchivedFile {
  readonly index: number
  readonly path: string
}

/** What the house was doing with a source. */
type Task = 'text' | 'draw' | 'decode' | 'metadata' | 'convert' | 'unpack' | 'recognise'

/** What is told with each code, for programs and for sentences. `title` is what people call the kind of the source. */
interface FailureFields {
  source_unreadable: object
  source_empty: object
  source_corrupt: { readonly title: string }
  /** `taken`: what would be right, as the next two. */
  source_no_picture: { readonly taken: readonly string[] }
  source_no_metadata: { readonly taken: readonly string[] }
  /** `saveAs`: the extension of a kind that the same program writes and that is taken. */
  source_no_text: {
    readonly kind: string
    readonly saveAs?: string | undefined
    readonly taken: readonly string[]
  }
  source_without_positions: object
  source_encrypted: { readonly title: string; readonly password: 'missing' | 'wrong' }
  source_encryption_unknown: { readonly title: string }
  source_locked: { readonly title: string }
  source_needs_repair: { readonly title: string }
  source_feature_unsupported: { readonly feature: string }
  /** `help` completes the sentence "…; …". */
  source_no_preview: { readonly title: string; readonly help: string }
  source_exceeds_limit: { readonly most: number; readonly of: string }
  source_too_large: { readonly megabytes: number; readonly of: string }
  /** `title`: where text is recognised, that of the page, such as "page 3". */
  source_too_slow: {
    readonly task: Task
    readonly seconds: number
    readonly title?: string | undefined
  }
  /** `megabytes`: the most that there are, where that is known. */
  source_out_of_memory: {
    readonly task: Task
    readonly title?: string | undefined
    readonly megabytes?: number
  }
  source_too_many_pixels: TooManyPixels
  page_missing: {
    readonly title: string
    readonly pages: number
    readonly page: number | undefined
  }
  pages_missing: {
    readonly pages: number
    readonly range: string
    readonly option: 'pages' | 'rotate.pages'
  }
  crop_outside: Pixels & { readonly crop: Pixels & { readonly left: number; readonly top: number } }
  /** `title`: of the format to write. */
  side_too_long: TooManyPixels & { readonly title: string }
  rendition_too_large: TooManyPixels
  /** A length of 0 does not limit. */
  view_too_large: Pixels & { readonly most: Pixels }
  layer_too_large: TooManyPixels
  layer_without_size: object
  perspective_impossible: object
  /** `at`: the part of the path that is wrong; empty where something is missing at its end. */
  clip_path_malformed: { readonly at: string }
  rendition_failed: Pixels & { readonly title: string }
  /** `title`: of the source; `pictures`: how many it has. */
  frames_unread: { readonly title: string; readonly pictures: number }
  /** `least`: in how many bytes it could be had. */
  size_unreachable: { readonly bytes: number; readonly least: number }
  /** `problem` completes the sentence "… could not be written as PDF/A-2b: …". */
  standard_unreachable: { readonly standard: string; readonly problem: string }
  /** `problem` completes the sentence "The colours of the PDF could not be changed: …". */
  colours_unchangeable: { readonly problem: string }
  /** `title`: of the format to write; `taken`: what would be right. */
  colours_impossible: {
    readonly title: string
    readonly colours: string
    readonly taken: readonly string[]
  }
  /** `place`: the URL without what is secret in it; `problem` completes the sentence "… could not be fetched: …". */
  watermark_unavailable: { readonly place: string; readonly problem: string }
  /** `failure`: a sentence that says of a source what is wrong with it. */
  watermark_unusable: { readonly place: string; readonly failure: string }
  watermark_too_large: TooManyPixels & { readonly place: string }
  watermark_letters_unknown: { readonly letters: readonly string[] }
  watermark_text_too_large: TooManyPixels
  watermark_pages_missing: {
    readonly of: 'PDF' | 'picture'
    readonly pages: number
    readonly range: string
  }
  /** `taken`: the fonts that there are on every machine. */
  text_font_missing: { readonly font: string; readonly taken: readonly string[] }
  text_letters_unknown: { readonly letters: readonly string[] }
  text_too_large: TooManyPixels
  /** `most`: in pixels a side. */
  text_too_long: TooManyPixels
  text_too_slow: object
  /** `angle`: clockwise, in degrees. */
  text_angle_impossible: { readonly angle: number }
  /** `problem` completes the sentence "… must be well-formed XMP, but …". */
  packet_malformed: { readonly problem: string }
  xmp_unsupported: { readonly title: string; readonly taken: readonly string[] }
  xmp_no_room: { readonly title: string }
  /** `pixelType`: what it would have to be of. */
  profile_unusable: { readonly name: string; readonly pixelType: 'rgb' | 'gray' | 'cmyk' }
  xmp_lost: { readonly title: string }
  metadata_unsupported: { readonly title: string; readonly taken: readonly string[] }
  /** `taken`: the names that files of this kind have a place for. */
  metadata_name_unknown: {
    readonly name: string
    readonly title: string
    readonly taken: readonly string[]
  }
  /** `tag`: where in the file it should be, as ExifTool names it. */
  metadata_lost: { readonly title: string; readonly tag: string }
  /** `place` is undefined when the text is no URL at all. */
  file_url_invalid: { readonly index: number; readonly place: string | undefined }
  file_path_too_long: { readonly index: number; readonly bytes: number; readonly most: number }
  file_paths_equal: { readonly first: ArchivedFile; readonly second: ArchivedFile }
  file_and_folder: { readonly file: ArchivedFile; readonly inside: ArchivedFile }
  file_unavailable: { readonly index: number; readonly place: string; readonly problem: string }
  /** `failure`: a sentence that says of a source what is wrong with it. */
  file_unusable: { readonly index: number; readonly failure: string }
  archive_disk_full: object
  source_no_media: { readonly taken: readonly string[] }
  /** `title` and `format`: what people call the source and what was to be made. */
  stream_missing: {
    readonly title: string
    readonly stream: 'video' | 'audio' | 'text subtitles'
    readonly format: string
  }
  /** `taken`: what would be right. */
  codec_unsupported: {
    readonly option: 'videoCodec' | 'audioCodec' | 'profile'
    readonly value: string
    readonly format: string
    readonly taken: readonly string[]
  }
  codec_copies: { readonly option: NamedOption; readonly codec: 'videoCodec' | 'audioCodec' }
  /** `highest`: what the codec takes at most. */
  crf_outside: { readonly crf: number; readonly codec: string; readonly highest: number }
  encoder_missing: { readonly encoder: string }
  filter_missing: { readonly filter: string }
  /** In seconds, both. */
  moment_outside: { readonly seconds: number; readonly duration: number }
  trim_empty: {
    readonly start: number
    readonly end: number
    readonly duration: number | undefined
  }
  /** `problem` is what FFmpeg says, without the names of files. */
  conversion_failed: { readonly title: string; readonly format: string; readonly problem: string }
  rendition_too_heavy: { readonly megabytes: number }
  /** `kind`: what the source is, with an article; undefined when nobody knows. */
  source_no_office: { readonly kind: string | undefined; readonly taken: readonly string[] }
  /** `taken`: what can be made of the source instead. */
  office_format_impossible: {
    readonly title: string
    readonly format: string
    readonly taken: readonly string[]
  }
  /** `pages`: how many there are; 0 when that shows only as they are made, as it does of sheets. */
  office_pages_missing: {
    readonly title: string
    readonly pages: number
    readonly range: string
  }
  office_not_written: { readonly title: string; readonly format: string }
  /** `place`: the URL without what is secret in it, or undefined when it is none, as in the next ones. */
  page_url_invalid: { readonly place: string | undefined }
  /** `problem` completes the sentence "… could not be opened: …". */
  page_unreachable: { readonly place: string; readonly problem: string }
  page_refused: { readonly place: string; readonly status: number }
  page_too_slow: { readonly place: string; readonly seconds: number }
  /** `of`: what it has too much of, as in "200 requests". */
  page_too_large: { readonly place: string; readonly of: string }
  page_element_missing: {
    readonly place: string
    readonly selector: string
    readonly seconds: number
  }
  page_selector_invalid: { readonly selector: string }
  page_range_missing: { readonly place: string; readonly range: string }
  site_page_missing: object
  /** `problem` completes the sentence "Chromium cannot be used: …". */
  browser_unusable: { readonly problem: string }
  source_no_archive: { readonly taken: readonly string[] }
  /** `entries`: how many the archive has. */
  entry_missing: { readonly entry: number; readonly entries: number }
  /** `how`: its exit code, or the signal that has ended it; `said`: what it has said last. */
  command_failed: { readonly title: string; readonly how: string; readonly said: string }
  command_stopped: { readonly title: string; readonly most: string }
  /** `problem` completes the sentence. */
  sandbox_unavailable: { readonly problem: string }
  /** `what`: what cannot be made, such as "A PDF of a DOC file"; `command` installs the program, `variable` names another. */
  program_missing: {
    readonly what: string
    readonly program: string
    /** What installs it; undefined where there is none for this system. */
    readonly command: string | undefined
    readonly variable?: string
  }
}

/** The options that sentences name. */
export type NamedOption =
  | 'format'
  | 'width'
  | 'height'
  | 'crop'
  | 'resample'
  | 'page'
  | 'pages'
  | 'rotate.pages'
  | 'password'
  | 'targetSize'
  | 'colours'
  | 'watermark.image'
  | 'watermark.text'
  | 'watermark.pages'
  | 'packet'
  | 'texts'
  | 'files'
  | 'duplicate'
  | 'fps'
  | 'videoCodec'
  | 'audioCodec'
  | 'videoBitrate'
  | 'crf'
  | 'profile'
  | 'timestamp'
  | 'trimStart'
  | 'trimEnd'
  | 'url'
  | 'waitForElement'
  | 'entry'

/** What a door calls options that it has another name for than the operations. */
export type OptionNames = Readonly<Partial<Record<NamedOption, string>>>

/** A path is quoted no longer than this, in characters. */
const LONGEST_SHOWN_PATH = 100

const SENTENCES: {
  readonly [Code in FailureCode]: (
    fields: FailureFields[Code],
    name: (option: NamedOption) => string,
  ) => string
} = {
  source_unreadable: () => 'The source file cannot be read.',
  source_empty: () => 'The source file is empty.',
  source_corrupt: ({ title }) => `The source is a damaged or incomplete ${title} file.`,
  source_no_picture: ({ taken }) =>
    `The content of the source file is none of the formats this worker makes pictures of (${taken.join(', ')}).`,
  source_no_metadata: ({ taken }) =>
    `The content of the source file is of none of the kinds that metadata are read from (${taken.join(', ')}).`,
  source_no_text({ kind, saveAs, taken }) {
    const advice = saveAs === undefined ? '' : `, which has to be saved as ${saveAs} first`
    const kinds = `${taken.slice(0, -1).join(', ')} and ${taken.at(-1)}`
    return `The source is ${kind}${advice}; text is made of ${kinds}.`
  },
  source_without_positions: () =>
    'The source is no PDF file, of which alone it can be told where its text stands.',
  source_encrypted({ title, password }, name) {
    const option = name('password')
    if (title === 'PDF') {
      return password === 'missing'
        ? `The source is an encrypted PDF file; set ${option} to open it.`
        : `The source is an encrypted PDF file, and ${option} does not open it.`
    }
    return password === 'missing'
      ? `The ${title} source is encrypted; set ${option} to open it.`
      : `The ${title} source is encrypted; set ${option} to the one that opens it.`
  },
  source_encryption_unknown: ({ title }) =>
    `The source is a ${title} file encrypted in a way that no password opens, such as with a certificate.`,
  source_locked: ({ title }) =>
    `The ${title} source is encrypted, so that no metadata can be written into it.`,
  source_needs_repair: ({ title }) =>
    `The ${title} source has tables that lead nowhere, so that no metadata can be written into it, though they can be read; save it anew with the program that it is from.`,
  source_feature_unsupported: ({ feature }) => `The source has ${feature}.`,
  source_no_preview: ({ title, help }) =>
    `The ${title} source carries no preview, which a picture of it would be made of; ${help}.`,
  source_exceeds_limit: ({ most, of }) => `The source has more than ${most} ${of}.`,
  source_too_large: ({ megabytes, of }) => `The source has more than the ${megabytes} MB ${of}.`,
  source_too_slow({ task, seconds, title }) {
    if (task === 'text') return `The source has more text than is read within ${seconds} seconds.`
    if (task === 'metadata')
      return `The metadata of the source could not be processed within ${seconds} seconds.`
    if (task === 'unpack')
      return `The archive could not be packed or unpacked within ${seconds} seconds.`
    if (task === 'recognise')
      return `The text of ${title ?? 'a page'} could not be recognised within ${seconds} seconds.`
    const verb = { draw: 'read', decode: 'decoded', convert: 'converted' }[task]
    const source = title === undefined ? 'source' : `${title} source`
    return `The ${source} could not be ${verb} within ${seconds} seconds.`
  },
  source_out_of_memory({ task, title, megabytes }) {
    const source = title === undefined ? 'source' : `${title} source`
    if (task === 'text') return 'The source has more text than this worker has memory for.'
    if (task === 'metadata')
      return `The metadata of the ${source} take more memory than this worker has.`
    const most = megabytes === undefined ? 'this worker has' : `the ${megabytes} MB that there are`
    return `The ${source} takes more memory to ${task} than ${most}.`
  },
  source_too_many_pixels: ({ width, height, most }) =>
    `The source has ${width} × ${height} pixels, more than the ${most} that can be processed.`,
  page_missing({ title, pages, page }, name) {
    const what = ['PDF', 'TIFF'].includes(title) ? 'page' : 'picture that can be read'
    const several = what.replace(/^\w+/, '$&s')
    const has = pages === 1 ? `one ${what}` : `${pages} ${several}`
    return `${name('page')} must be one of the ${title} file, which has ${has}, but it is ${page}.`
  },
  pages_missing: ({ pages, range, option }, name) =>
    `${name(option)} must name a page of the PDF, which has ${pages === 1 ? 'one page' : `${pages} pages`}, but it is ${JSON.stringify(range)}.`,
  crop_outside: ({ width, height, crop }, name) =>
    `${name('crop')} must lie at least partly inside the source of ${width} × ${height} pixels, but it is the ${crop.width} × ${crop.height} pixels from ${crop.left}, ${crop.top}.`,
  side_too_long: ({ title, most, width, height }, name) =>
    `A ${title} image has at most ${most} pixels a side, but this rendition would have ${width} × ${height}; set ${name('width')} and ${name('height')}, or another ${name('format')}.`,
  rendition_too_large: ({ width, height, most }, name) =>
    `The rendition would have ${width} × ${height} pixels, more than the ${most} that can be made; set a smaller ${name('width')}, ${name('height')} or ${name('resample')}.`,
  view_too_large({ width, height, most }) {
    const limits = [
      ...(most.width > 0 ? [`${most.width} in width`] : []),
      ...(most.height > 0 ? [`${most.height} in height`] : []),
    ]
    return `The picture would have ${width} × ${height} pixels, more than the ${limits.join(' and ')} that may be asked for.`
  },
  layer_too_large: ({ width, height, most }) =>
    `A layer, or what it is made of, would have ${width} × ${height} pixels, more than the ${most} that can be made; make it smaller.`,
  layer_without_size: () =>
    'A layer of one colour must have a width and a height, a mask or a clip path, of which one tells how large it is.',
  perspective_impossible: () =>
    'The corners of a perspective must be those of a convex quadrilateral, in the order upper left, upper right, lower right, lower left.',
  clip_path_malformed: ({ at }) =>
    at === ''
      ? 'A clip path must be made of M, L, C and Z with pairs of numbers, but it ends too early.'
      : `A clip path must be made of M, L, C and Z with pairs of numbers, but it has ${JSON.stringify(at.slice(0, LONGEST_SHOWN_PATH))}.`,
  rendition_failed: ({ title, width, height }) =>
    `The ${title} rendition of ${width} × ${height} pixels could not be made or written, though its source is fine.`,
  frames_unread: ({ title, pictures }, name) =>
    `The source is an animated ${title} file, of whose ${pictures} pictures only the first can be read; leave out ${name('targetSize')} and ${name('colours')} to keep all, or animated and optimize to have that one.`,
  size_unreachable: ({ bytes, least }, name) =>
    `The rendition could not be made as small as the ${bytes} bytes of ${name('targetSize')}; the smallest that could be had has ${least}.`,
  standard_unreachable: ({ standard, problem }) =>
    `The PDF could not be written as ${standard}: ${problem}.`,
  colours_unchangeable: ({ problem }) => `The colours of the PDF could not be changed: ${problem}.`,
  colours_impossible: ({ title, colours, taken }, name) =>
    `${name('colours')} must be ${taken.join(' or ')} for ${title}, but it is ${colours}.`,
  watermark_unavailable: ({ place, problem }) =>
    `The watermark could not be fetched from ${place}: ${problem}.`,
  watermark_unusable: ({ place, failure }) =>
    `The watermark of ${place} cannot be used: ${failure}`,
  watermark_too_large: ({ place, width, height, most }) =>
    `The watermark of ${place} has ${width} × ${height} pixels, more than the ${most} that can be processed.`,
  watermark_letters_unknown: ({ letters }, name) =>
    `${name('watermark.text')} must have letters that a font of this machine has, but it has ${letters.map((letter) => JSON.stringify(letter)).join(', ')}; install a font with them, or give the text as ${name('watermark.image')}.`,
  watermark_text_too_large: ({ width, height, most }, name) =>
    `${name('watermark.text')} would have ${width} × ${height} pixels, more than the ${most} that can be drawn; set a smaller size of its font.`,
  watermark_pages_missing: ({ of, pages, range }, name) =>
    `${name('watermark.pages')} must name a page of the ${of}, which has ${pages === 1 ? 'one page' : `${pages} pages`}, but it is ${JSON.stringify(range)}.`,
  text_font_missing: ({ font, taken }) =>
    `The font ${JSON.stringify(font.slice(0, 100))} of a text is not installed on this machine; there are always ${taken.join(', ')}.`,
  text_letters_unknown: ({ letters }) =>
    `A text must have letters that a font of this machine has, but it has ${letters.map((letter) => JSON.stringify(letter)).join(', ')}; install a font with them.`,
  text_too_large: ({ width, height, most }) =>
    `A text would have ${width} × ${height} pixels, more than the ${most} that can be drawn; set a smaller font, resolution or box.`,
  text_too_long: ({ width, height, most }) =>
    `A text would have ${width} × ${height} pixels, but it can have ${most} a side at most; break its lines, or set a smaller font or resolution.`,
  text_too_slow: () =>
    'A text took longer to draw than a text may; set fewer letters, or a smaller font or resolution.',
  text_angle_impossible: ({ angle }) =>
    `The lines of a text in a box must be turned by 0, 90, 180 or 270 degrees, but it is ${angle}; leave the size of the text to its letters, or turn the layer.`,
  packet_malformed: ({ problem }, name) =>
    `${name('packet')} must be well-formed XMP, which is an rdf:RDF in UTF-8, but ${problem}.`,
  xmp_unsupported: ({ title, taken }) =>
    `XMP cannot be written into a ${title} file; it can into ${taken.join(', ')}.`,
  profile_unusable: ({ name, pixelType }) =>
    `The ICC profile ${name} cannot be used: it is damaged, or no picture can be converted into it as ${pixelType}.`,
  xmp_no_room: ({ title }) =>
    title === 'JPEG'
      ? 'The XMP has more than the 65,504 bytes for which a JPEG file has room in one piece.'
      : `The ${title} source is too large to get XMP; a BigTIFF file may have more than 4 GB.`,
  xmp_lost: ({ title }) =>
    `The XMP could not be written into the ${title} source: what was read again is not what was written.`,
  metadata_unsupported: ({ title, taken }) =>
    `Metadata cannot be written into a ${title} file; they can into ${taken.join(', ')}.`,
  metadata_name_unknown: ({ name: unknown, title, taken }, name) =>
    `${name('texts')} has ${JSON.stringify(unknown.slice(0, LONGEST_SHOWN_PATH))}, for which a ${title} file has no place; it has one for ${taken.join(', ')}.`,
  metadata_lost: ({ title, tag }) =>
    `The metadata could not be written into the ${title} source: what was read again from ${tag} is not what was written.`,
  file_url_invalid: ({ index, place }, name) =>
    `The URL of ${name('files')}[${index}] must be an https: or data: URL, but it is ${place ?? 'none'}.`,
  file_path_too_long: ({ index, bytes, most }, name) =>
    `The path of ${name('files')}[${index}] must have at most ${most} bytes, but it has ${bytes}.`,
  file_paths_equal({ first, second }, name) {
    const [one, other] = [first, second].map(({ index }) => `${name('files')}[${index}]`)
    const both =
      first.path === second.path
        ? `${one} and ${other} have the same path ${show(first)}`
        : `${one} has the path ${show(first)} and ${other} has ${show(second)}, the same on Windows and macOS`
    return `${both}; every file must have a path of its own, unless ${name('duplicate')} is "ignore".`
  },
  file_and_folder({ file, inside }, name) {
    const [one, other] = [file, inside].map(({ index }) => `${name('files')}[${index}]`)
    return `${one} has the path ${show(file)} and ${other} has ${show(inside)}; a path must be that of a file or of a folder, not both.`
  },
  file_unavailable: ({ index, place, problem }, name) =>
    `${name('files')}[${index}] could not be fetched from ${place}: ${problem}.`,
  file_unusable: ({ index, failure }, name) =>
    `${name('files')}[${index}] cannot be used: ${failure}`,
  archive_disk_full: () => 'The archive does not fit on the disk of the worker.',
  source_no_media: ({ taken }) =>
    `The content of the source file is none of the formats that video and audio are made of (${taken.join(', ')}).`,
  stream_missing: ({ title, stream, format }) =>
    `The ${title} source has no ${stream}, of which ${format} could be made.`,
  codec_unsupported: ({ option, value, format, taken }, name) =>
    `${name(option)} must be one of ${taken.join(', ')} for ${format}, but it is ${JSON.stringify(value)}.`,
  codec_copies: ({ option, codec }, name) =>
    `${name(option)} cannot be given when ${name(codec)} is "copy", since what is copied stays as it is; set another ${name(codec)}.`,
  crf_outside: ({ crf, codec, highest }, name) =>
    `${name('crf')} must be 0 to ${highest} for ${codec}, but it is ${crf}.`,
  filter_missing: ({ filter }) =>
    `The FFmpeg of this machine was built without the filter ${filter}, which this source or option needs; install one that has it.`,
  encoder_missing: ({ encoder }) =>
    `The FFmpeg of this machine was built without the encoder ${encoder}; install one that has it, or set another codec.`,
  moment_outside: ({ seconds, duration }, name) =>
    `${name('timestamp')} must lie within the source, which lasts ${round(duration)} seconds, but it is at ${round(seconds)}.`,
  trim_empty({ start, end, duration }, name) {
    const lasts =
      duration === undefined ? '' : ` of the source, which lasts ${round(duration)} seconds`
    return `Between ${name('trimStart')} and ${name('trimEnd')} there must be a part${lasts}, but they are at ${round(start)} and ${round(end)} seconds.`
  },
  conversion_failed: ({ title, format, problem }) =>
    `The ${title} source could not be made ${format} with these options: ${problem}.`,
  rendition_too_heavy: ({ megabytes }, name) =>
    `The rendition would have more than the ${megabytes} MB that can be made; set a higher ${name('crf')}, a smaller ${name('width')} or a shorter part.`,
  source_no_office: ({ kind = 'of no kind that is known', taken }) =>
    `The source is ${kind}; office files are ${taken.slice(0, -1).join(', ')} and ${taken.at(-1)}.`,
  office_format_impossible: ({ title, format, taken }) =>
    `A ${title} file does not become ${format}; it becomes ${taken.join(', ')}.`,
  office_pages_missing({ title, pages, range }, name) {
    const has = pages === 0 ? '' : `, which has ${pages === 1 ? 'one page' : `${pages} pages`}`
    return `${name('pages')} must name a page of the ${title} file${has}, but it is ${JSON.stringify(range)}.`
  },
  office_not_written: ({ title, format }) =>
    `The ${title} source could be opened, but no ${format} be made of it.`,
  page_url_invalid: ({ place }, name) =>
    `${name('url')} must be an absolute http: or https: URL${place === undefined ? '' : `, but it is ${place}`}.`,
  page_unreachable: ({ place, problem }) => `${place} could not be opened: ${problem}.`,
  page_refused: ({ place, status }) =>
    `${place} is no page to be captured: its server answered ${status}.`,
  page_too_slow: ({ place, seconds }) =>
    `${place} could not be captured within ${seconds} seconds.`,
  page_too_large: ({ place, of }) => `${place} takes more than ${of}.`,
  page_element_missing: ({ place, selector, seconds }, name) =>
    `${place} has no element for ${JSON.stringify(selector)}, which ${name('waitForElement')} is; it was waited for ${seconds} seconds.`,
  page_selector_invalid: ({ selector }, name) =>
    `${name('waitForElement')} must be a CSS selector such as "#main", but it is ${JSON.stringify(selector.slice(0, LONGEST_SHOWN_PATH))}.`,
  page_range_missing: ({ place, range }, name) =>
    `${place} has no pages ${JSON.stringify(range)}, which ${name('pages')} names.`,
  site_page_missing: () =>
    'The ZIP source has no page to begin with; it must have an index.html, or exactly one HTML file.',
  browser_unusable: ({ problem }) => `Chromium cannot be used: ${problem}.`,
  source_no_archive: ({ taken }) =>
    `The content of the source file is none of the archives that files are taken out of (${taken.join(', ')}).`,
  entry_missing: ({ entry, entries }, name) =>
    `${name('entry')} must be the number of a file in the archive, which has ${entries === 1 ? 'one entry' : `${entries} entries`}, but it is ${entry}.`,
  command_failed: ({ title, how, said }) =>
    `${title} has ended with ${how}${said === '' ? ', without a word.' : `, and says: ${said}`}`,
  command_stopped: ({ title, most }) =>
    `${title} was stopped, since it takes more than the ${most} that it may.`,
  sandbox_unavailable: ({ problem }) =>
    `Commands are run in a sandbox only, which bubblewrap cannot make on this machine: ${problem}`,
  program_missing: ({ what, program, command, variable }) =>
    command === undefined
      ? `${what} takes ${program}, which there is not for this system.`
      : `${what} takes ${program}, which is not on this machine; install it with "${command}"${variable === undefined ? '' : `, or name it in ${variable}`}.`,
}

/** A number of seconds, to the hundredth. */
function round(seconds: number): string {
  return String(Math.round(seconds * 100) / 100)
}

function show({ path }: ArchivedFile): string {
  return JSON.stringify(
    path.length > LONGEST_SHOWN_PATH ? `…${path.slice(-LONGEST_SHOWN_PATH)}` : path,
  )
}

/**
 * A failure of an operation: a code, and the values that belong to it. Its message has the operations' own names of
 * options; a door that has other names asks for the sentence {@link OperationError.inWordsOf in its words}.
 */
export class OperationError<Code extends FailureCode = FailureCode> extends Error {
  override readonly name = 'OperationError'
  readonly code: Code
  readonly fields: FailureFields[Code]

  constructor(code: Code, fields: FailureFields[Code], options?: ErrorOptions) {
    super(tell(code, fields, {}), options)
    this.code = code
    this.fields = fields
  }

  /** The sentence for the person who asked, with the names that a door has for options. */
  inWordsOf(names: OptionNames): string {
    return tell(this.code, this.fields, names)
  }
}

/** What remains of an {@link OperationError} between threads, where errors lose their class. */
export type Failure = Pick<OperationError, 'code' | 'fields' | 'cause'>

/**
 * Whether this is a {@link Failure} that was sent as JSON: only errors of this house have one of its codes. Should the fields not be
 * those of the code, no sentence can be made of them.
 */
export function isFailure(sent: unknown): sent is Pick<Failure, 'code' | 'fields'> {
  return (
    isRecord(sent) &&
    typeof sent['code'] === 'string' &&
    Object.hasOwn(SENTENCES, sent['code']) &&
    isRecord(sent['fields'])
  )
}

function tell<Code extends FailureCode>(
  code: Code,
  fields: FailureFields[Code],
  names: OptionNames,
): string {
  return SENTENCES[code](fields, (option) => names[option] ?? option)
}

/** The error for a source whose parts do not hold together. `title` is what people call such files. */
export function corruptSource(
  title: string,
  options?: ErrorOptions,
): OperationError<'source_corrupt'> {
  return new OperationError('source_corrupt', { title }, options)
}
