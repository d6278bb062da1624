/** What a format is for: a picture, a document of pages, one of an office program, a text, and so on. */
export type FormatGroup =
  | 'picture'
  | 'page'
  | 'office'
  | 'text'
  | 'archive'
  | 'video'
  | 'audio'
  | 'font'

/** What is known of a format wherever it is met. */
interface FormatFacts {
  /** The name people use, for sentences. */
  readonly title: string
  readonly mediaType: string
  /** What else it is called where media types are written. */
  readonly otherMediaTypes?: readonly string[]
  /** The extensions of its files, without a dot: the usual one first. */
  readonly extensions: readonly string[]
  /** Extensions of files that are of this format for whoever reads their text, and have names of their own. */
  readonly dialects?: readonly string[]
  readonly group: FormatGroup
  /** What pictures of it are made of when it is not all of it: the picture of itself that such a file carries. */
  readonly shownBy?: 'preview'
  /** What `fmt` calls it, where renditions are made in it: the short and the long spelling. */
  readonly fmt?: readonly string[]
}

const OPEN_XML = 'application/vnd.openxmlformats-officedocument'
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument'

/**
 * Every format that this project reads, writes or shows, told once: whatever says a title, a media type or an extension
 * takes it from here, and adds by the format's id what it alone has to know of it. It is data without code, since the page
 * in the browser has it too.
 */
export const KNOWN_FORMATS = {
  jpeg: {
    title: 'JPEG',
    mediaType: 'image/jpeg',
    extensions: ['jpg', 'jpeg'],
    group: 'picture',
    // AEM's profiles write `jpeg` where the Asset Compute documentation writes `jpg`.
    fmt: ['jpg', 'jpeg'],
  },
  png: {
    title: 'PNG',
    mediaType: 'image/png',
    extensions: ['png'],
    group: 'picture',
    fmt: ['png'],
  },
  webp: {
    title: 'WebP',
    mediaType: 'image/webp',
    extensions: ['webp'],
    group: 'picture',
    fmt: ['webp'],
  },
  gif: {
    title: 'GIF',
    mediaType: 'image/gif',
    extensions: ['gif'],
    group: 'picture',
    fmt: ['gif'],
  },
  tiff: {
    title: 'TIFF',
    mediaType: 'image/tiff',
    extensions: ['tif', 'tiff'],
    group: 'picture',
    fmt: ['tif', 'tiff'],
  },
  svg: {
    title: 'SVG',
    mediaType: 'image/svg+xml',
    extensions: ['svg', 'svgz'],
    group: 'picture',
  },
  avif: {
    title: 'AVIF',
    mediaType: 'image/avif',
    extensions: ['avif'],
    group: 'picture',
    fmt: ['avif'],
  },
  heic: {
    title: 'HEIC',
    mediaType: 'image/heic',
    otherMediaTypes: ['image/heif'],
    extensions: ['heic', 'heif'],
    group: 'picture',
  },
  // A PSB is a PSD of version 2, whose name people know less.
  psd: {
    title: 'PSD',
    mediaType: 'image/vnd.adobe.photoshop',
    otherMediaTypes: ['application/photoshop', 'application/vnd.adobe.photoshop'],
    extensions: ['psd', 'psb'],
    group: 'picture',
  },
  bmp: { title: 'BMP', mediaType: 'image/bmp', extensions: ['bmp'], group: 'picture' },
  sgi: {
    title: 'SGI',
    mediaType: 'image/sgi',
    extensions: ['sgi'],
    group: 'picture',
  },
  ico: {
    title: 'ICO',
    mediaType: 'image/vnd.microsoft.icon',
    otherMediaTypes: ['image/x-icon'],
    extensions: ['ico', 'cur'],
    group: 'picture',
  },
  jxl: {
    title: 'JPEG XL',
    mediaType: 'image/jxl',
    extensions: ['jxl'],
    group: 'picture',
  },
  // The files of ISO 15444-1 and -2, and the bare codestream.
  jp2: {
    title: 'JPEG 2000',
    mediaType: 'image/jp2',
    otherMediaTypes: ['image/jpx', 'image/jpm', 'image/jpeg2000', 'image/x-jp2', 'image/j2c'],
    extensions: ['jp2', 'jpx', 'jpf', 'j2k', 'j2c', 'jpc'],
    group: 'picture',
  },
  tga: {
    title: 'TGA',
    mediaType: 'image/x-tga',
    otherMediaTypes: ['image/tga', 'image/x-targa', 'image/targa'],
    extensions: ['tga', 'icb', 'vda', 'vst'],
    group: 'picture',
  },
  pcx: {
    title: 'PCX',
    mediaType: 'image/x-pcx',
    otherMediaTypes: ['image/pcx', 'image/vnd.zbrush.pcx'],
    extensions: ['pcx'],
    group: 'picture',
  },
  pnm: {
    title: 'PNM',
    mediaType: 'image/x-portable-anymap',
    otherMediaTypes: [
      'image/x-portable-bitmap',
      'image/x-portable-graymap',
      'image/x-portable-pixmap',
      'image/x-portable-arbitrarymap',
    ],
    extensions: ['pnm', 'pbm', 'pgm', 'ppm', 'pam'],
    group: 'picture',
  },
  pfm: {
    title: 'PFM',
    mediaType: 'image/x-portable-floatmap',
    otherMediaTypes: ['image/x-pfm'],
    extensions: ['pfm'],
    group: 'picture',
  },
  dds: {
    title: 'DDS',
    mediaType: 'image/vnd.ms-dds',
    otherMediaTypes: ['image/x-dds', 'image/dds'],
    extensions: ['dds'],
    group: 'picture',
  },
  exr: {
    title: 'OpenEXR',
    mediaType: 'image/x-exr',
    otherMediaTypes: ['image/exr', 'image/aces'],
    extensions: ['exr'],
    group: 'picture',
  },
  hdr: {
    title: 'Radiance HDR',
    mediaType: 'image/vnd.radiance',
    otherMediaTypes: ['image/x-hdr', 'image/x-radiance', 'image/hdr'],
    extensions: ['hdr', 'rgbe'],
    group: 'picture',
  },
  xcf: {
    title: 'XCF',
    mediaType: 'image/x-xcf',
    otherMediaTypes: ['image/xcf', 'application/x-xcf'],
    extensions: ['xcf'],
    group: 'picture',
  },
  pict: {
    title: 'PICT',
    mediaType: 'image/x-pict',
    otherMediaTypes: ['image/pict'],
    extensions: ['pct', 'pict'],
    group: 'picture',
  },
  // One format for whoever develops them. DNG is a standard, the others are those of the makers of cameras, whose
  // extensions stand together.
  raw: {
    title: 'camera raw',
    mediaType: 'image/x-adobe-dng',
    otherMediaTypes: [
      'image/dng',
      'image/x-raw',
      'image/x-dcraw',
      'image/x-canon-cr2',
      'image/x-canon-cr3',
      'image/x-canon-crw',
      'image/x-epson-erf',
      'image/x-fuji-raf',
      'image/x-fujifilm-raf',
      'image/x-hasselblad-3fr',
      'image/x-hasselblad-fff',
      'image/x-kodak-dcr',
      'image/x-kodak-k25',
      'image/x-kodak-kdc',
      'image/x-raw-leica',
      'image/x-leica-rwl',
      'image/x-mamiya-mef',
      'image/x-raw-mamiya',
      'image/x-minolta-mrw',
      'image/x-nikon-nef',
      'image/x-nikon-nrw',
      'image/x-olympus-orf',
      'image/x-panasonic-raw',
      'image/x-panasonic-rw2',
      'image/x-pentax-pef',
      'image/x-phaseone-iiq',
      'image/x-samsung-srw',
      'image/x-sigma-x3f',
      'image/x-x3f',
      'image/x-sony-arw',
      'image/x-sony-sr2',
      'image/x-sony-srf',
    ],
    extensions:
      'dng gpr raw cr2 cr3 crw nef nrw arw sr2 srf raf orf rw2 rwl pef srw 3fr fff iiq mef mos dcr kdc k25 erf mrw x3f'.split(
        ' ',
      ),
    group: 'picture',
  },
  wmf: {
    title: 'WMF',
    mediaType: 'image/wmf',
    otherMediaTypes: ['image/x-wmf', 'application/x-msmetafile', 'image/x-wmz'],
    extensions: ['wmf', 'wmz'],
    group: 'picture',
  },
  emf: {
    title: 'EMF',
    mediaType: 'image/emf',
    otherMediaTypes: ['image/x-emf', 'image/x-emz'],
    extensions: ['emf', 'emz'],
    group: 'picture',
  },
  icns: {
    title: 'ICNS',
    mediaType: 'image/x-icns',
    otherMediaTypes: ['image/icns'],
    extensions: ['icns'],
    group: 'picture',
  },
  ani: {
    title: 'animated cursor',
    mediaType: 'application/x-navi-animation',
    extensions: ['ani'],
    group: 'picture',
  },
  dicom: {
    title: 'DICOM',
    mediaType: 'application/dicom',
    extensions: ['dcm', 'dicom'],
    group: 'picture',
  },
  // The next ones are documents of programs that nothing else reads; two of them have all of it as a picture beside the layers.
  kra: {
    title: 'Krita',
    mediaType: 'application/x-krita',
    extensions: ['kra'],
    group: 'picture',
  },
  ora: {
    title: 'OpenRaster',
    mediaType: 'image/openraster',
    extensions: ['ora'],
    group: 'picture',
  },
  indd: {
    title: 'InDesign',
    mediaType: 'application/x-indesign',
    extensions: ['indd', 'indt'],
    group: 'picture',
    shownBy: 'preview',
  },
  xd: {
    title: 'Adobe XD',
    mediaType: 'application/vnd.adobe.xd',
    extensions: ['xd'],
    group: 'picture',
    shownBy: 'preview',
  },
  sketch: {
    title: 'Sketch',
    mediaType: 'application/x-sketch',
    extensions: ['sketch'],
    group: 'picture',
    shownBy: 'preview',
  },
  fig: {
    title: 'Figma',
    mediaType: 'application/x-figma',
    extensions: ['fig'],
    group: 'picture',
    shownBy: 'preview',
  },
  procreate: {
    title: 'Procreate',
    mediaType: 'application/x-procreate',
    extensions: ['procreate'],
    group: 'picture',
    shownBy: 'preview',
  },
  affinity: {
    title: 'Affinity',
    mediaType: 'application/x-affinity',
    extensions: ['af', 'afdesign', 'afphoto', 'afpub'],
    group: 'picture',
    shownBy: 'preview',
  },
  pdf: {
    title: 'PDF',
    mediaType: 'application/pdf',
    extensions: ['pdf'],
    group: 'page',
    fmt: ['pdf'],
  },
  // By its content a PDF, unless it is very old.
  ai: { title: 'AI', mediaType: 'application/illustrator', extensions: ['ai'], group: 'page' },
  // All of one is shown where Ghostscript is.
  eps: {
    title: 'EPS',
    mediaType: 'application/postscript',
    otherMediaTypes: ['application/eps', 'application/x-eps', 'image/eps', 'image/x-eps'],
    extensions: ['eps', 'ps', 'epsf', 'epsi'],
    group: 'page',
    shownBy: 'preview',
  },
  docx: {
    title: 'DOCX',
    mediaType: `${OPEN_XML}.wordprocessingml.document`,
    extensions: ['docx'],
    group: 'office',
  },
  pptx: {
    title: 'PPTX',
    mediaType: `${OPEN_XML}.presentationml.presentation`,
    extensions: ['pptx'],
    group: 'office',
  },
  xlsx: {
    title: 'XLSX',
    mediaType: `${OPEN_XML}.spreadsheetml.sheet`,
    extensions: ['xlsx'],
    group: 'office',
  },
  xlsb: {
    title: 'XLSB',
    mediaType: 'application/vnd.ms-excel.sheet.binary.macroEnabled.12',
    extensions: ['xlsb'],
    group: 'office',
  },
  doc: { title: 'DOC', mediaType: 'application/msword', extensions: ['doc'], group: 'office' },
  ppt: {
    title: 'PPT',
    mediaType: 'application/vnd.ms-powerpoint',
    extensions: ['ppt'],
    group: 'office',
  },
  xls: {
    title: 'XLS',
    mediaType: 'application/vnd.ms-excel',
    extensions: ['xls'],
    group: 'office',
  },
  odt: {
    title: 'ODT',
    mediaType: `${OPEN_DOCUMENT}.text`,
    extensions: ['odt'],
    group: 'office',
  },
  ods: {
    title: 'ODS',
    mediaType: `${OPEN_DOCUMENT}.spreadsheet`,
    extensions: ['ods'],
    group: 'office',
  },
  odp: {
    title: 'ODP',
    mediaType: `${OPEN_DOCUMENT}.presentation`,
    extensions: ['odp'],
    group: 'office',
  },
  odg: {
    title: 'ODG',
    mediaType: `${OPEN_DOCUMENT}.graphics`,
    extensions: ['odg'],
    group: 'office',
  },
  // Of the next two there are text and metadata.
  odf: {
    title: 'ODF formula',
    mediaType: `${OPEN_DOCUMENT}.formula`,
    extensions: ['odf'],
    group: 'office',
  },
  odc: {
    title: 'ODF chart',
    mediaType: `${OPEN_DOCUMENT}.chart`,
    extensions: ['odc'],
    group: 'office',
  },
  epub: {
    title: 'EPUB',
    mediaType: 'application/epub+zip',
    extensions: ['epub'],
    group: 'office',
  },
  rtf: { title: 'RTF', mediaType: 'application/rtf', extensions: ['rtf'], group: 'office' },
  html: {
    title: 'HTML',
    mediaType: 'text/html',
    extensions: ['html', 'htm'],
    group: 'text',
    fmt: ['html'],
  },
  xhtml: {
    title: 'XHTML',
    mediaType: 'application/xhtml+xml',
    extensions: ['xhtml', 'xht'],
    group: 'text',
  },
  mhtml: {
    title: 'MHTML',
    mediaType: 'multipart/related',
    otherMediaTypes: ['application/x-mimearchive', 'message/rfc822'],
    extensions: ['mhtml', 'mht', 'eml'],
    group: 'text',
  },
  xml: {
    title: 'XML',
    mediaType: 'application/xml',
    otherMediaTypes: ['text/xml'],
    extensions: ['xml'],
    dialects: 'xsd xsl xslt rss atom rdf dita ditamap dbk tei kml gpx opml xmp xlif xliff'.split(
      ' ',
    ),
    group: 'text',
  },
  csv: { title: 'CSV', mediaType: 'text/csv', extensions: ['csv'], group: 'text' },
  markdown: {
    title: 'Markdown',
    mediaType: 'text/markdown',
    otherMediaTypes: ['text/x-markdown'],
    extensions: ['md', 'markdown'],
    group: 'text',
    fmt: ['md', 'markdown'],
  },
  // The API page has the fmt `text`, the standard profile of AEM has `txt`.
  text: {
    title: 'plain text',
    mediaType: 'text/plain',
    extensions: ['txt'],
    dialects: 'text tsv tab log json jsonl yml yaml ini srt vtt tex rst adoc'.split(' '),
    group: 'text',
    fmt: ['text', 'txt'],
  },
  // ISO 16684-1, 6.1 and RFC 3870. The API page has the fmt `xmp`; `xml` is what Adobe's examples ask for.
  xmp: {
    title: 'XMP',
    mediaType: 'application/rdf+xml',
    extensions: ['xmp'],
    group: 'text',
    fmt: ['xmp', 'xml'],
  },
  // RFC 8259. What metadata are written as, flat; as a source it is a text like any other.
  json: {
    title: 'JSON',
    mediaType: 'application/json',
    extensions: ['json'],
    group: 'text',
    fmt: ['json'],
  },
  // https://evanw.github.io/thumbhash: a few bytes, written in base64, of which a page draws a blurred picture.
  thumbhash: {
    title: 'ThumbHash',
    mediaType: 'text/x-thumbhash',
    extensions: ['thumbhash'],
    group: 'text',
    fmt: ['thumbhash'],
  },
  zip: {
    title: 'ZIP',
    mediaType: 'application/zip',
    otherMediaTypes: [
      'application/x-zip',
      'application/zip-compressed',
      'application/x-zip-compressed',
    ],
    extensions: ['zip'],
    group: 'archive',
    fmt: ['zip'],
  },
  '7z': {
    title: '7z',
    mediaType: 'application/x-7z-compressed',
    extensions: ['7z'],
    group: 'archive',
    fmt: ['7z'],
  },
  // Nothing but the program of its owner writes it.
  rar: {
    title: 'RAR',
    mediaType: 'application/vnd.rar',
    otherMediaTypes: ['application/x-rar-compressed', 'application/x-rar'],
    extensions: ['rar'],
    group: 'archive',
  },
  tar: {
    title: 'TAR',
    mediaType: 'application/x-tar',
    extensions: ['tar'],
    group: 'archive',
    fmt: ['tar'],
  },
  // The next three are a TAR that is compressed as a whole, or any other file that is.
  gzip: {
    title: 'GZIP',
    mediaType: 'application/gzip',
    otherMediaTypes: ['application/x-gzip'],
    extensions: ['tar.gz', 'tgz', 'gz'],
    group: 'archive',
    fmt: ['tar.gz', 'tgz'],
  },
  bzip2: {
    title: 'BZIP2',
    mediaType: 'application/x-bzip2',
    extensions: ['tar.bz2', 'tbz2', 'bz2'],
    group: 'archive',
    fmt: ['tar.bz2', 'tbz2'],
  },
  xz: {
    title: 'XZ',
    mediaType: 'application/x-xz',
    extensions: ['tar.xz', 'txz', 'xz'],
    group: 'archive',
    fmt: ['tar.xz', 'txz'],
  },
  ttf: { title: 'TrueType', mediaType: 'font/ttf', extensions: ['ttf'], group: 'font' },
  otf: { title: 'OpenType', mediaType: 'font/otf', extensions: ['otf'], group: 'font' },
  woff: { title: 'WOFF', mediaType: 'font/woff', extensions: ['woff'], group: 'font' },
  woff2: { title: 'WOFF2', mediaType: 'font/woff2', extensions: ['woff2'], group: 'font' },
  mp4: { title: 'MP4', mediaType: 'video/mp4', extensions: ['mp4'], group: 'video', fmt: ['mp4'] },
  mov: {
    title: 'MOV',
    mediaType: 'video/quicktime',
    extensions: ['mov', 'qt'],
    group: 'video',
    fmt: ['mov'],
  },
  m4v: {
    title: 'M4V',
    mediaType: 'video/x-m4v',
    extensions: ['m4v'],
    group: 'video',
    fmt: ['m4v'],
  },
  webm: {
    title: 'WebM',
    mediaType: 'video/webm',
    otherMediaTypes: ['audio/webm'],
    extensions: ['webm'],
    group: 'video',
    fmt: ['webm'],
  },
  mkv: {
    title: 'MKV',
    mediaType: 'video/x-matroska',
    otherMediaTypes: ['video/matroska'],
    extensions: ['mkv'],
    group: 'video',
    fmt: ['mkv'],
  },
  avi: {
    title: 'AVI',
    mediaType: 'video/x-msvideo',
    otherMediaTypes: ['video/avi', 'video/vnd.avi'],
    extensions: ['avi'],
    group: 'video',
    fmt: ['avi'],
  },
  mpg: {
    title: 'MPEG',
    mediaType: 'video/mpeg',
    extensions: ['mpg', 'mpeg', 'vob'],
    group: 'video',
    fmt: ['mpg', 'mpeg'],
  },
  mts: {
    title: 'MPEG transport stream',
    mediaType: 'video/mp2t',
    extensions: ['mts', 'm2ts', 'ts'],
    group: 'video',
  },
  wmv: {
    title: 'WMV',
    mediaType: 'video/x-ms-wmv',
    otherMediaTypes: ['video/x-ms-asf'],
    extensions: ['wmv', 'asf'],
    group: 'video',
    fmt: ['wmv'],
  },
  '3gp': {
    title: '3GP',
    mediaType: 'video/3gpp',
    otherMediaTypes: ['video/3gpp2'],
    extensions: ['3gp', '3g2'],
    group: 'video',
    fmt: ['3gp'],
  },
  flv: { title: 'FLV', mediaType: 'video/x-flv', extensions: ['flv'], group: 'video' },
  m4a: {
    title: 'M4A',
    mediaType: 'audio/mp4',
    otherMediaTypes: ['audio/x-m4a'],
    extensions: ['m4a'],
    group: 'audio',
    fmt: ['m4a'],
  },
  aac: {
    title: 'AAC',
    mediaType: 'audio/aac',
    extensions: ['aac'],
    group: 'audio',
    fmt: ['aac'],
  },
  mp3: {
    title: 'MP3',
    mediaType: 'audio/mpeg',
    otherMediaTypes: ['audio/mp3'],
    extensions: ['mp3'],
    group: 'audio',
    fmt: ['mp3'],
  },
  wav: {
    title: 'WAV',
    mediaType: 'audio/x-wav',
    otherMediaTypes: ['audio/wav'],
    extensions: ['wav'],
    group: 'audio',
    fmt: ['wav'],
  },
  // RFC 3533; what is in one is told by whoever reads its streams.
  ogg: {
    title: 'Ogg',
    mediaType: 'audio/ogg',
    otherMediaTypes: ['video/ogg', 'application/ogg'],
    extensions: ['ogg', 'oga', 'ogv'],
    group: 'audio',
    fmt: ['ogg'],
  },
  opus: {
    title: 'Opus',
    mediaType: 'audio/opus',
    extensions: ['opus'],
    group: 'audio',
    fmt: ['opus'],
  },
  flac: {
    title: 'FLAC',
    mediaType: 'audio/flac',
    otherMediaTypes: ['audio/x-flac'],
    extensions: ['flac'],
    group: 'audio',
    fmt: ['flac'],
  },
  aiff: {
    title: 'AIFF',
    mediaType: 'audio/aiff',
    otherMediaTypes: ['audio/x-aiff'],
    extensions: ['aiff', 'aif'],
    group: 'audio',
    fmt: ['aiff', 'aif'],
  },
  wma: {
    title: 'WMA',
    mediaType: 'audio/x-ms-wma',
    extensions: ['wma'],
    group: 'audio',
    fmt: ['wma'],
  },
} as const satisfies Readonly<Record<string, FormatFacts>>

/** A format of {@link KNOWN_FORMATS}, by its short name. */
export type FormatId = keyof typeof KNOWN_FORMATS

/** The formats of a group. */
export type FormatOf<Group extends FormatGroup> = {
  [Id in FormatId]: (typeof KNOWN_FORMATS)[Id]['group'] extends Group ? Id : never
}[FormatId]
