import type { FormatId } from './formats.ts'

/** What is converted into what as data: tables, texts with markup, fonts, and drawings that become smaller. */
export const DATA_CONVERSIONS = {
  csv: ['xlsx', 'ods', 'json'],
  xlsx: ['csv', 'ods', 'json'],
  ods: ['csv', 'xlsx', 'json'],
  json: ['csv', 'xlsx', 'ods'],
  markdown: ['html', 'docx', 'epub'],
  html: ['md', 'docx', 'epub'],
  xhtml: ['html', 'md', 'docx', 'epub'],
  text: ['html', 'md', 'docx', 'epub'],
  docx: ['html', 'md', 'epub'],
  epub: ['html', 'md', 'docx'],
  ttf: ['woff', 'woff2'],
  otf: ['woff', 'woff2'],
  woff: ['ttf', 'otf', 'woff2'],
  woff2: ['ttf', 'otf', 'woff'],
  svg: ['svg'],
} as const satisfies Readonly<Partial<Record<FormatId, readonly string[]>>>

/** The formats of sources, by their ids. */
export type DataSource = keyof typeof DATA_CONVERSIONS

/** The formats that are made, as files are called. */
export type DataFormat = (typeof DATA_CONVERSIONS)[DataSource][number]
