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
