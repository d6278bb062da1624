/** A time as CloudConvert writes it; nothing for one that has not come. */
export function toTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString().replace(/\.\d+Z$/, '+00:00')
}
