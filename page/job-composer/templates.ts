import { strings } from '../strings.ts'

const words = strings.composer.templates

/** A job to start from. */
interface Template {
  readonly title: string
  readonly sentence: string
  readonly tasks: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const UPLOAD = { operation: 'import/upload' }

/** What people do most. */
export const TEMPLATES: readonly Template[] = [
  {
    ...words.convert,
    tasks: {
      'import-1': UPLOAD,
      'convert-1': { operation: 'convert', input: 'import-1', output_format: 'jpg' },
      'export-1': { operation: 'export/url', input: 'convert-1' },
    },
  },
  {
    ...words.pages,
    tasks: {
      'import-1': UPLOAD,
      'convert-1': {
        operation: 'convert',
        input: 'import-1',
        output_format: 'png',
        pixel_density: 150,
      },
      'export-1': { operation: 'export/url', input: 'convert-1', archive_multiple_files: true },
    },
  },
  {
    ...words.thumbnail,
    tasks: {
      'import-1': { operation: 'import/url', url: 'https://example.com/picture.jpg' },
      'thumbnail-1': { operation: 'thumbnail', input: 'import-1', width: 320, height: 320 },
      'export-1': { operation: 'export/url', input: 'thumbnail-1' },
    },
  },
  {
    ...words.zip,
    tasks: {
      'import-1': UPLOAD,
      'import-2': UPLOAD,
      'archive-1': { operation: 'archive', input: ['import-1', 'import-2'] },
      'export-1': { operation: 'export/url', input: 'archive-1' },
    },
  },
  {
    ...words.merge,
    tasks: {
      'import-1': UPLOAD,
      'import-2': UPLOAD,
      'merge-1': { operation: 'merge', input: ['import-1', 'import-2'] },
      'export-1': { operation: 'export/url', input: 'merge-1' },
    },
  },
  {
    ...words.mark,
    tasks: {
      'import-1': UPLOAD,
      'watermark-1': {
        operation: 'watermark',
        input: 'import-1',
        text: 'Draft',
        opacity: 50,
        rotation: -30,
        position_vertical: 'center',
        position_horizontal: 'center',
      },
      'optimize-1': { operation: 'optimize', input: 'watermark-1' },
      'export-1': { operation: 'export/url', input: 'optimize-1' },
    },
  },
]
