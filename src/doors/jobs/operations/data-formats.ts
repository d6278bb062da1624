import type { FormatId } from '../../../sources/formats.ts'

/** What the action `data` makes of what. */
export const DATA_CONVERSIONS: Readonly<Partial<Record<FormatId, readonly string[]>>> = {
  csv: ['xlsx', 'ods', 'json'],
  xlsx: ['csv', 'ods', 'json'],
  ods: ['csv', 'xlsx', 'json'],
  json: ['csv', 'xlsx', 'ods'],
  markdown: ['html'],
  html: ['md'],
  docx: ['html', 'md'],
  ttf: ['woff', 'woff2'],
  otf: ['woff', 'woff2'],
  woff: ['ttf', 'otf', 'woff2'],
  woff2: ['ttf', 'otf', 'woff'],
}

/** What `output_format` of `convert` may be because of this. */
export const DATA_FORMATS = [
  'csv',
  'xlsx',
  'ods',
  'json',
  'html',
  'md',
  'ttf',
  'otf',
  'woff',
  'woff2',
] as const
