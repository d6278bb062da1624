import { formatDuration, formatNumber } from '../strings.ts'

/** The words of jobs that the page needs before their views are loaded. */
export const jobWords = {
  andMore: (first: string, more: number) => (more === 0 ? first : `${first} +${more}`),
  to: (operation: string, format: string) => `${operation} to ${format}`,
  loading: 'Asking for the jobs…',
  notLoaded: 'This view could not be loaded; reload the page to try again.',
} as const

/** How long something took of which the times are known to the second, such as `3 s` or `2 min 5 s`. */
export function formatSeconds(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 1) return 'under 1 s'
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${formatNumber(Math.floor(minutes / 60))} h ${minutes % 60} min`
}

/** A time span of which the milliseconds are known, such as `87 ms`, `1.24 s` or `2 min 5 s`. */
export function formatSpan(milliseconds: number): string {
  return milliseconds < 60_000 ? formatDuration(milliseconds) : formatSeconds(milliseconds)
}
