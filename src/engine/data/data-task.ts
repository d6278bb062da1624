import type { Failure } from '../../base/operation-error.ts'

/** What is converted here into what: tables, texts with markup, fonts, and drawings that become smaller. */
export const CONVERSIONS = {
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
  svg: ['svg'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** The formats of sources, by their ids. */
export type DataSource = keyof typeof CONVERSIONS

/** The formats that are made, as files are called. */
export type DataFormat = (typeof CONVERSIONS)[DataSource][number]

/** A conversion. */
export interface DataTask {
  readonly path: string
  readonly from: DataSource
  readonly to: DataFormat
  readonly outputPath: string
}

/** What has become of it. */
export type DataOutcome =
  | { readonly outcome: 'written' }
  | { readonly outcome: 'failed'; readonly failure: Failure }

/** What the thread does. */
export type DataWork = (task: DataTask) => Promise<DataOutcome>
