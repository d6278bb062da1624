import assert from 'node:assert/strict'
import type { FailureCode, Reason } from '../../src/base/errors.ts'
import { OperationError } from '../../src/base/operation-error.ts'
import { RenditionError } from '../../src/sdk/rendition-error.ts'
import { toRenditionError } from '../../src/sdk/sdk-errors.ts'

const size = { width: 6, height: 4, most: 5 }
const title = 'PNG'
const place = 'https://a/b'
const problem = 'it broke off'

/** One failure of each code, and more where a sentence has several forms. */
const FAILURES = [
  new OperationError('source_unreadable', {}),
  new OperationError('source_empty', {}),
  new OperationError('source_corrupt', { title }),
  new OperationError('source_no_picture', { taken: ['JPEG', title] }),
  new OperationError('source_no_metadata', { taken: ['JPEG', title] }),
  new OperationError('source_no_text', { kind: 'a book', taken: ['DOCX', 'PDF'] }),
  new OperationError('source_no_text', { kind: 'a .doc', saveAs: '.docx', taken: ['DOCX', 'PDF'] }),
  new OperationError('source_without_positions', {}),
  new OperationError('source_encrypted', { title: 'office', password: 'missing' }),
  new OperationError('source_encrypted', { title: 'office', password: 'wrong' }),
  new OperationError('source_encrypted', { title: 'PDF', password: 'missing' }),
  new OperationError('source_encrypted', { title: 'PDF', password: 'wrong' }),
  new OperationError('source_encryption_unknown', { title: 'PDF' }),
  new OperationError('source_locked', { title }),
  new OperationError('source_needs_repair', { title: 'PDF' }),
  new OperationError('source_feature_unsupported', { feature: 'an odd part' }),
  new OperationError('source_no_preview', { title: 'InDesign', help: 'save it with one' }),
  new OperationError('source_exceeds_limit', { most: 5, of: 'parts' }),
  new OperationError('source_too_large', { megabytes: 64, of: 'of text that is written' }),
  new OperationError('source_too_slow', { task: 'text', seconds: 60 }),
  new OperationError('source_too_slow', { task: 'metadata', seconds: 60 }),
  new OperationError('source_too_slow', { task: 'draw', seconds: 60, title: 'PDF' }),
  new OperationError('source_too_slow', { task: 'decode', seconds: 60, title: 'PSD' }),
  new OperationError('source_too_slow', { task: 'convert', seconds: 120, title: 'DOCX' }),
  new OperationError('source_out_of_memory', { task: 'text' }),
  new OperationError('source_out_of_memory', { task: 'metadata' }),
  new OperationError('source_out_of_memory', { task: 'metadata', title }),
  new OperationError('source_out_of_memory', { task: 'draw', title: 'PDF' }),
  new OperationError('source_out_of_memory', { task: 'decode', title: 'PSD' }),
  new OperationError('source_too_many_pixels', size),
  new OperationError('page_missing', { title: 'PDF', pages: 1, page: 2 }),
  new OperationError('page_missing', { title: 'TIFF', pages: 2, page: 3 }),
  new OperationError('page_missing', { title: 'GIF', pages: 1, page: 2 }),
  new OperationError('page_missing', { title: 'GIF', pages: 2, page: 3 }),
  new OperationError('pages_missing', { pages: 1, range: '2-3', option: 'pages' }),
  new OperationError('pages_missing', { pages: 4, range: '9', option: 'rotate.pages' }),
  new OperationError('frames_unread', { title: 'PNG', pictures: 3 }),
  new OperationError('size_unreachable', { bytes: 100, least: 240 }),
  new OperationError('standard_unreachable', {
    standard: 'PDF/A-2b',
    problem: 'it has a page less',
  }),
  new OperationError('colours_unchangeable', { problem: 'it takes too long' }),
  new OperationError('colours_impossible', {
    title: 'PNG',
    colours: 'cmyk',
    taken: ['rgb', 'grayscale'],
  }),
  new OperationError('crop_outside', { ...size, crop: { left: 9, top: 0, width: 2, height: 1 } }),
  new OperationError('side_too_long', { ...size, title }),
  new OperationError('rendition_too_large', size),
  new OperationError('view_too_large', { ...size, most: { width: 5, height: 3 } }),
  new OperationError('view_too_large', { ...size, most: { width: 5, height: 0 } }),
  new OperationError('layer_too_large', size),
  new OperationError('layer_without_size', {}),
  new OperationError('perspective_impossible', {}),
  new OperationError('clip_path_malformed', { at: 'Q 5,5' }),
  new OperationError('clip_path_malformed', { at: '' }),
  new OperationError('rendition_failed', { ...size, title }),
  new OperationError('watermark_unavailable', { place, problem }),
  new OperationError('watermark_unusable', { place, failure: 'The source file is empty.' }),
  new OperationError('watermark_too_large', { ...size, place }),
  new OperationError('watermark_letters_unknown', { letters: ['Ж', 'あ'] }),
  new OperationError('watermark_text_too_large', size),
  new OperationError('text_font_missing', { font: 'Palatino', taken: ['Helvetica', 'Courier'] }),
  new OperationError('text_letters_unknown', { letters: ['Ж', 'あ'] }),
  new OperationError('text_too_large', size),
  new OperationError('text_too_long', size),
  new OperationError('text_too_slow', {}),
  new OperationError('text_angle_impossible', { angle: 30 }),
  new OperationError('watermark_pages_missing', { of: 'PDF', pages: 1, range: '2-3' }),
  new OperationError('watermark_pages_missing', { of: 'picture', pages: 2, range: '5' }),
  new OperationError('packet_malformed', { problem: 'it is none' }),
  new OperationError('xmp_unsupported', { title: 'AVIF', taken: ['JPEG', title] }),
  new OperationError('xmp_no_room', { title: 'TIFF' }),
  new OperationError('profile_unusable', { name: 'acme/web', pixelType: 'cmyk' }),
  new OperationError('xmp_lost', { title }),
  new OperationError('metadata_unsupported', { title: 'AVIF', taken: ['JPEG', title] }),
  new OperationError('metadata_name_unknown', { name: 'Tilte', title, taken: ['Title', 'Author'] }),
  new OperationError('metadata_lost', { title, tag: 'IPTC:By-line' }),
  new OperationError('file_url_invalid', { index: 1, place: undefined }),
  new OperationError('file_url_invalid', { index: 1, place: 'http://a/b' }),
  new OperationError('file_path_too_long', { index: 3, bytes: 9, most: 5 }),
  new OperationError('file_paths_equal', {
    first: { index: 0, path: 'a' },
    second: { index: 3, path: 'A' },
  }),
  new OperationError('file_and_folder', {
    file: { index: 0, path: 'a' },
    inside: { index: 3, path: 'a/b' },
  }),
  new OperationError('file_unavailable', { index: 3, place, problem }),
  new OperationError('file_unusable', { index: 2, failure: 'The source file is empty.' }),
  new OperationError('archive_disk_full', {}),
  new OperationError('source_no_office', { kind: undefined, taken: ['DOCX', 'ODT'] }),
  new OperationError('source_no_office', { kind: 'a PNG file', taken: ['DOCX', 'ODT'] }),
  new OperationError('office_format_impossible', {
    title: 'PPTX',
    format: 'DOCX',
    taken: ['PDF', 'ODP'],
  }),
  new OperationError('office_pages_missing', { title: 'DOCX', pages: 1, range: '2' }),
  new OperationError('office_pages_missing', { title: 'DOCX', pages: 3, range: '5-9' }),
  new OperationError('office_pages_missing', { title: 'XLSX', pages: 0, range: '5' }),
  new OperationError('office_not_written', { title: 'DOCX', format: 'PDF' }),
  new OperationError('page_url_invalid', { place: undefined }),
  new OperationError('page_url_invalid', { place: 'one of file:' }),
  new OperationError('page_unreachable', { place, problem }),
  new OperationError('page_refused', { place, status: 404 }),
  new OperationError('page_too_slow', { place, seconds: 60 }),
  new OperationError('page_too_large', { place, of: '200 requests' }),
  new OperationError('page_element_missing', { place, selector: '#a', seconds: 30 }),
  new OperationError('page_selector_invalid', { selector: '#' }),
  new OperationError('page_range_missing', { place, range: '9' }),
  new OperationError('site_page_missing', {}),
  new OperationError('browser_unusable', { problem: 'it does not start' }),
  new OperationError('source_no_archive', { taken: ['ZIP', '7z'] }),
  new OperationError('entry_missing', { entry: 4, entries: 3 }),
  new OperationError('command_failed', { title: 'ffmpeg', how: '1', said: 'No such file' }),
  new OperationError('command_failed', { title: 'ffmpeg', how: 'SIGKILL', said: '' }),
  new OperationError('command_stopped', { title: 'ffmpeg', most: '560 seconds' }),
  new OperationError('sandbox_unavailable', { problem: 'Operation not permitted' }),
  new OperationError('source_too_slow', { task: 'unpack', seconds: 60 }),
  new OperationError('program_missing', {
    what: 'A PDF of a DOC file',
    program: 'LibreOffice',
    command: 'brew install --cask libreoffice',
    variable: 'DARKROOM_SOFFICE',
  }),
  new OperationError('source_too_slow', { task: 'convert', seconds: 60, title: 'MOV' }),
  new OperationError('source_no_media', { taken: ['MP4', 'MP3'] }),
  new OperationError('stream_missing', { title: 'MP3', stream: 'video', format: 'MP4' }),
  new OperationError('codec_unsupported', {
    option: 'videoCodec',
    value: 'x264',
    format: 'WebM',
    taken: ['vp9', 'copy'],
  }),
  new OperationError('codec_copies', { option: 'width', codec: 'videoCodec' }),
  new OperationError('crf_outside', { crf: 60, codec: 'x264', highest: 51 }),
  new OperationError('filter_missing', { filter: 'zscale' }),
  new OperationError('encoder_missing', { encoder: 'libx265' }),
  new OperationError('moment_outside', { seconds: 9, duration: 3.004 }),
  new OperationError('trim_empty', { start: 5, end: 4, duration: undefined }),
  new OperationError('trim_empty', { start: 5, end: 3, duration: 3 }),
  new OperationError('conversion_failed', { title: 'MOV', format: 'WebM', problem }),
  new OperationError('rendition_too_heavy', { megabytes: 2048 }),
]

const EXPECTED: Readonly<Record<FailureCode, readonly [Reason, ...string[]]>> = {
  source_unreadable: ['GenericError', 'The source file cannot be read.'],
  source_empty: ['SourceCorrupt', 'The source file is empty.'],
  source_corrupt: ['SourceCorrupt', 'The source is a damaged or incomplete PNG file.'],
  source_no_picture: [
    'SourceUnsupported',
    'The content of the source file is none of the formats this worker makes pictures of (JPEG, PNG).',
  ],
  source_no_metadata: [
    'SourceUnsupported',
    'The content of the source file is of none of the kinds that metadata are read from (JPEG, PNG).',
  ],
  source_no_text: [
    'SourceUnsupported',
    'The source is a book; text is made of DOCX and PDF.',
    'The source is a .doc, which has to be saved as .docx first; text is made of DOCX and PDF.',
  ],
  source_without_positions: [
    'SourceUnsupported',
    'The source is no PDF file, of which alone it can be told where its text stands.',
  ],
  source_encrypted: [
    'SourceUnsupported',
    'The office source is encrypted; set password to open it.',
    'The office source is encrypted; set password to the one that opens it.',
    'The source is an encrypted PDF file; set password to open it.',
    'The source is an encrypted PDF file, and password does not open it.',
  ],
  source_encryption_unknown: [
    'SourceUnsupported',
    'The source is a PDF file encrypted in a way that no password opens, such as with a certificate.',
  ],
  source_locked: [
    'SourceUnsupported',
    'The PNG source is encrypted, so that no metadata can be written into it.',
  ],
  source_needs_repair: [
    'SourceUnsupported',
    'The PDF source has tables that lead nowhere, so that no metadata can be written into it, though they can be read; save it anew with the program that it is from.',
  ],
  source_feature_unsupported: ['SourceUnsupported', 'The source has an odd part.'],
  source_no_preview: [
    'SourceUnsupported',
    'The InDesign source carries no preview, which a picture of it would be made of; save it with one.',
  ],
  source_exceeds_limit: ['SourceUnsupported', 'The source has more than 5 parts.'],
  source_too_large: [
    'SourceUnsupported',
    'The source has more than the 64 MB of text that is written.',
  ],
  source_too_slow: [
    'SourceUnsupported',
    'The source has more text than is read within 60 seconds.',
    'The metadata of the source could not be processed within 60 seconds.',
    'The PDF source could not be read within 60 seconds.',
    'The PSD source could not be decoded within 60 seconds.',
    'The DOCX source could not be converted within 120 seconds.',
    'The archive could not be packed or unpacked within 60 seconds.',
    'The MOV source could not be converted within 60 seconds.',
  ],
  source_out_of_memory: [
    'SourceUnsupported',
    'The source has more text than this worker has memory for.',
    'The metadata of the source take more memory than this worker has.',
    'The metadata of the PNG source take more memory than this worker has.',
    'The PDF source takes more memory to draw than this worker has.',
    'The PSD source takes more memory to decode than this worker has.',
  ],
  source_too_many_pixels: [
    'SourceUnsupported',
    'The source has 6 × 4 pixels, more than the 5 that can be processed.',
  ],
  page_missing: [
    'GenericError',
    'page must be one of the PDF file, which has one page, but it is 2.',
    'page must be one of the TIFF file, which has 2 pages, but it is 3.',
    'page must be one of the GIF file, which has one picture that can be read, but it is 2.',
    'page must be one of the GIF file, which has 2 pictures that can be read, but it is 3.',
  ],
  pages_missing: [
    'GenericError',
    'pages must name a page of the PDF, which has one page, but it is "2-3".',
    'rotate.pages must name a page of the PDF, which has 4 pages, but it is "9".',
  ],
  frames_unread: [
    'SourceUnsupported',
    'The source is an animated PNG file, of whose 3 pictures only the first can be read; leave out targetSize and colorspace to keep all, or animated and optimize to have that one.',
  ],
  size_unreachable: [
    'GenericError',
    'The rendition could not be made as small as the 100 bytes of targetSize; the smallest that could be had has 240.',
  ],
  standard_unreachable: [
    'SourceUnsupported',
    'The PDF could not be written as PDF/A-2b: it has a page less.',
  ],
  colours_unchangeable: [
    'SourceUnsupported',
    'The colours of the PDF could not be changed: it takes too long.',
  ],
  colours_impossible: [
    'GenericError',
    'colorspace must be rgb or grayscale for PNG, but it is cmyk.',
  ],
  crop_outside: [
    'GenericError',
    'crop must lie at least partly inside the source of 6 × 4 pixels, but it is the 2 × 1 pixels from 9, 0.',
  ],
  side_too_long: [
    'RenditionFormatUnsupported',
    'A PNG image has at most 5 pixels a side, but this rendition would have 6 × 4; set width and height, or another fmt.',
  ],
  rendition_too_large: [
    'GenericError',
    'The rendition would have 6 × 4 pixels, more than the 5 that can be made; set a smaller width, height or convertToDpi.',
  ],
  view_too_large: [
    'GenericError',
    'The picture would have 6 × 4 pixels, more than the 5 in width and 3 in height that may be asked for.',
    'The picture would have 6 × 4 pixels, more than the 5 in width that may be asked for.',
  ],
  layer_too_large: [
    'GenericError',
    'A layer, or what it is made of, would have 6 × 4 pixels, more than the 5 that can be made; make it smaller.',
  ],
  layer_without_size: [
    'GenericError',
    'A layer of one colour must have a width and a height, a mask or a clip path, of which one tells how large it is.',
  ],
  perspective_impossible: [
    'GenericError',
    'The corners of a perspective must be those of a convex quadrilateral, in the order upper left, upper right, lower right, lower left.',
  ],
  clip_path_malformed: [
    'GenericError',
    'A clip path must be made of M, L, C and Z with pairs of numbers, but it has "Q 5,5".',
    'A clip path must be made of M, L, C and Z with pairs of numbers, but it ends too early.',
  ],
  rendition_failed: [
    'GenericError',
    'The PNG rendition of 6 × 4 pixels could not be made or written, though its source is fine.',
  ],
  watermark_unavailable: [
    'GenericError',
    'The watermark could not be fetched from https://a/b: it broke off.',
  ],
  watermark_unusable: [
    'GenericError',
    'The watermark of https://a/b cannot be used: The source file is empty.',
  ],
  watermark_too_large: [
    'GenericError',
    'The watermark of https://a/b has 6 × 4 pixels, more than the 5 that can be processed.',
  ],
  watermark_letters_unknown: [
    'GenericError',
    'watermark.text must have letters that a font of this machine has, but it has "Ж", "あ"; install a font with them, or give the text as watermark.image.',
  ],
  watermark_text_too_large: [
    'GenericError',
    'watermark.text would have 6 × 4 pixels, more than the 5 that can be drawn; set a smaller size of its font.',
  ],
  text_font_missing: [
    'GenericError',
    'The font "Palatino" of a text is not installed on this machine; there are always Helvetica, Courier.',
  ],
  text_letters_unknown: [
    'GenericError',
    'A text must have letters that a font of this machine has, but it has "Ж", "あ"; install a font with them.',
  ],
  text_too_large: [
    'RenditionTooLarge',
    'A text would have 6 × 4 pixels, more than the 5 that can be drawn; set a smaller font, resolution or box.',
  ],
  text_too_long: [
    'RenditionTooLarge',
    'A text would have 6 × 4 pixels, but it can have 5 a side at most; break its lines, or set a smaller font or resolution.',
  ],
  text_too_slow: [
    'GenericError',
    'A text took longer to draw than a text may; set fewer letters, or a smaller font or resolution.',
  ],
  text_angle_impossible: [
    'GenericError',
    'The lines of a text in a box must be turned by 0, 90, 180 or 270 degrees, but it is 30; leave the size of the text to its letters, or turn the layer.',
  ],
  watermark_pages_missing: [
    'GenericError',
    'watermark.pages must name a page of the PDF, which has one page, but it is "2-3".',
    'watermark.pages must name a page of the picture, which has 2 pages, but it is "5".',
  ],
  packet_malformed: [
    'GenericError',
    'xmp must be well-formed XMP, which is an rdf:RDF in UTF-8, but it is none.',
  ],
  xmp_unsupported: [
    'RenditionFormatUnsupported',
    'XMP cannot be written into a AVIF file; it can into JPEG, PNG.',
  ],
  profile_unusable: [
    'SourceUnsupported',
    'The ICC profile acme/web cannot be used: it is damaged, or no picture can be converted into it as cmyk.',
  ],
  xmp_no_room: [
    'SourceUnsupported',
    'The TIFF source is too large to get XMP; a BigTIFF file may have more than 4 GB.',
  ],
  xmp_lost: [
    'SourceUnsupported',
    'The XMP could not be written into the PNG source: what was read again is not what was written.',
  ],
  file_url_invalid: [
    'GenericError',
    'The URL of files[1] must be an https: or data: URL, but it is none.',
    'The URL of files[1] must be an https: or data: URL, but it is http://a/b.',
  ],
  metadata_unsupported: [
    'RenditionFormatUnsupported',
    'Metadata cannot be written into a AVIF file; they can into JPEG, PNG.',
  ],
  metadata_name_unknown: [
    'GenericError',
    'metadata has "Tilte", for which a PNG file has no place; it has one for Title, Author.',
  ],
  metadata_lost: [
    'SourceUnsupported',
    'The metadata could not be written into the PNG source: what was read again from IPTC:By-line is not what was written.',
  ],
  file_path_too_long: [
    'GenericError',
    'The path of files[3] must have at most 5 bytes, but it has 9.',
  ],
  file_paths_equal: [
    'GenericError',
    'files[0] has the path "a" and files[3] has "A", the same on Windows and macOS; every file must have a path of its own, unless duplicate is "ignore".',
  ],
  file_and_folder: [
    'GenericError',
    'files[0] has the path "a" and files[3] has "a/b"; a path must be that of a file or of a folder, not both.',
  ],
  file_unavailable: [
    'GenericError',
    'files[3] could not be fetched from https://a/b: it broke off.',
  ],
  file_unusable: ['SourceUnsupported', 'files[2] cannot be used: The source file is empty.'],
  archive_disk_full: ['GenericError', 'The archive does not fit on the disk of the worker.'],
  source_no_office: [
    'SourceUnsupported',
    'The source is of no kind that is known; office files are DOCX and ODT.',
    'The source is a PNG file; office files are DOCX and ODT.',
  ],
  office_format_impossible: [
    'RenditionFormatUnsupported',
    'A PPTX file does not become DOCX; it becomes PDF, ODP.',
  ],
  office_pages_missing: [
    'GenericError',
    'pages must name a page of the DOCX file, which has one page, but it is "2".',
    'pages must name a page of the DOCX file, which has 3 pages, but it is "5-9".',
    'pages must name a page of the XLSX file, but it is "5".',
  ],
  office_not_written: [
    'GenericError',
    'The DOCX source could be opened, but no PDF be made of it.',
  ],
  page_url_invalid: [
    'GenericError',
    'url must be an absolute http: or https: URL.',
    'url must be an absolute http: or https: URL, but it is one of file:.',
  ],
  page_unreachable: ['GenericError', 'https://a/b could not be opened: it broke off.'],
  page_refused: ['GenericError', 'https://a/b is no page to be captured: its server answered 404.'],
  page_too_slow: ['SourceUnsupported', 'https://a/b could not be captured within 60 seconds.'],
  page_too_large: ['SourceUnsupported', 'https://a/b takes more than 200 requests.'],
  page_element_missing: [
    'GenericError',
    'https://a/b has no element for "#a", which waitForElement is; it was waited for 30 seconds.',
  ],
  page_selector_invalid: [
    'GenericError',
    'waitForElement must be a CSS selector such as "#main", but it is "#".',
  ],
  page_range_missing: ['GenericError', 'https://a/b has no pages "9", which pages names.'],
  site_page_missing: [
    'SourceUnsupported',
    'The ZIP source has no page to begin with; it must have an index.html, or exactly one HTML file.',
  ],
  browser_unusable: ['GenericError', 'Chromium cannot be used: it does not start.'],
  source_no_archive: [
    'SourceUnsupported',
    'The content of the source file is none of the archives that files are taken out of (ZIP, 7z).',
  ],
  entry_missing: [
    'GenericError',
    'entry must be the number of a file in the archive, which has 3 entries, but it is 4.',
  ],
  command_failed: [
    'GenericError',
    'ffmpeg has ended with 1, and says: No such file',
    'ffmpeg has ended with SIGKILL, without a word.',
  ],
  command_stopped: [
    'GenericError',
    'ffmpeg was stopped, since it takes more than the 560 seconds that it may.',
  ],
  sandbox_unavailable: [
    'GenericError',
    'Commands are run in a sandbox only, which bubblewrap cannot make on this machine: Operation not permitted',
  ],
  program_missing: [
    'GenericError',
    'A PDF of a DOC file takes LibreOffice, which is not on this machine; install it with "brew install --cask libreoffice", or name it in DARKROOM_SOFFICE.',
  ],
  source_no_media: [
    'SourceUnsupported',
    'The content of the source file is none of the formats that video and audio are made of (MP4, MP3).',
  ],
  stream_missing: ['SourceUnsupported', 'The MP3 source has no video, of which MP4 could be made.'],
  codec_unsupported: [
    'GenericError',
    'videoCodec must be one of vp9, copy for WebM, but it is "x264".',
  ],
  codec_copies: [
    'GenericError',
    'width cannot be given when videoCodec is "copy", since what is copied stays as it is; set another videoCodec.',
  ],
  crf_outside: ['GenericError', 'crf must be 0 to 51 for x264, but it is 60.'],
  filter_missing: [
    'GenericError',
    'The FFmpeg of this machine was built without the filter zscale, which this source or option needs; install one that has it.',
  ],
  encoder_missing: [
    'GenericError',
    'The FFmpeg of this machine was built without the encoder libx265; install one that has it, or set another codec.',
  ],
  moment_outside: [
    'GenericError',
    'timestamp must lie within the source, which lasts 3 seconds, but it is at 9.',
  ],
  trim_empty: [
    'GenericError',
    'Between trimStart and trimEnd there must be a part, but they are at 5 and 4 seconds.',
    'Between trimStart and trimEnd there must be a part of the source, which lasts 3 seconds, but they are at 5 and 3 seconds.',
  ],
  conversion_failed: [
    'GenericError',
    'The MOV source could not be made WebM with these options: it broke off.',
  ],
  rendition_too_heavy: [
    'RenditionTooLarge',
    'The rendition would have more than the 2048 MB that can be made; set a higher crf, a smaller width or a shorter part.',
  ],
}

describe('a failure of an operation, in Adobe’s words', () => {
  for (const [code, [reason, ...sentences]] of Object.entries(EXPECTED)) {
    it(`has its reason and its sentence: ${code}`, () => {
      const told = FAILURES.filter((failure) => failure.code === code).map(toRenditionError)
      assert.deepEqual(
        told.map((error) => error instanceof RenditionError && [error.reason, error.message]),
        sentences.map((sentence) => [reason, sentence]),
      )
    })
  }

  it('keeps its cause, and has a sentence of its own for who has no other words', () => {
    const cause = new Error('deeper')
    const failure = new OperationError('rendition_too_large', size, { cause })
    const told = toRenditionError(failure)
    assert.ok(told instanceof RenditionError)
    assert.equal(told.cause, cause)
    assert.match(failure.message, /set a smaller width, height or resample\.$/)
  })

  it('is no other error', () => {
    const error = new Error('odd')
    assert.equal(toRenditionError(error), error)
  })
})
