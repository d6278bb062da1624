/** Something that can be put right without losing anything. */
export interface Repair {
  /** What is done, as in "Close 3 files to other users". */
  readonly action: string
  /** Whether no service may have the state folder meanwhile. */
  readonly isAlone: boolean
  readonly run: () => Promise<void>
}

/** One thing that was looked at. */
export interface Finding {
  /** Whether it is as it should be, nothing but worth knowing, or wrong. */
  readonly state: 'sound' | 'remark' | 'wrong'
  /** What is, and unless it is sound, what would be right. */
  readonly sentence: string
  readonly repair?: Repair | undefined
}

/** Says that something is as it should be. */
export function sound(sentence: string): Finding {
  return { state: 'sound', sentence }
}

/** Says that something is worth knowing. */
export function remark(sentence: string, repair?: Repair): Finding {
  return { state: 'remark', sentence, repair }
}

/** Says that something is wrong. */
export function wrong(sentence: string, repair?: Repair): Finding {
  return { state: 'wrong', sentence, repair }
}

/** How many of something there are, as in "1 file" and "3 files". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** How many bytes that is, in the largest unit that leaves a number before the point. */
export function inUnits(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1000)} kB`
}
