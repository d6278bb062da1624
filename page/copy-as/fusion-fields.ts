/** A field, and what is filled into it: a text, or fields in it. */
export type Filled = readonly [field: string, value: string | readonly Filled[]]

/** Fields as text: what is in others is indented under them. */
export function printFields(fields: readonly Filled[]): string {
  return `${fields.map((field) => printField(field, '')).join('\n\n')}\n`
}

function printField([field, value]: Filled, indent: string): string {
  if (typeof value === 'string') {
    const lines = value.split('\n')
    const [first = ''] = lines
    const text =
      lines.length === 1 ? ` ${first}` : lines.map((line) => `\n${indent}  ${line}`).join('')
    return `${indent}${field}:${text}`
  }
  return [`${indent}${field}`, ...value.map((each) => printField(each, `${indent}  `))].join('\n')
}
