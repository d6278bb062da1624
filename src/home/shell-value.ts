/** A value as a shell reads it after a name and `=`. */
export function shellValue(value: string): string {
  return /^[\w:/.@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
}
