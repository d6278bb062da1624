import type { Result, TaskResult } from '../../bench/images/results.ts'

const took = (ms: number, others: { cores?: number; peakBytes?: number } = {}): Result => ({
  known: true,
  ms,
  ...others,
})
const unknown = (why: string): Result => ({ known: false, why })

const tuning = { threads: 1, atOnce: 2 }

/** Results of all tasks, as a machine without exiftool has them for the smaller ones. */
export const RESULTS: readonly TaskResult[] = [
  {
    task: { name: 'large', title: "a large picture's renditions" },
    tuning,
    results: { bare: took(100), engine: took(110), service: took(200), sdk: took(3300) },
  },
  {
    task: { name: 'single', title: 'a picture of < 2 MP & more' },
    tuning,
    results: {
      bare: took(8),
      engine: took(10),
      service: took(60),
      sdk: unknown('exiftool is not installed'),
    },
  },
  {
    task: { name: 'huge', title: 'a huge picture' },
    tuning,
    results: {
      bare: took(2000, { peakBytes: 200_000_000 }),
      engine: took(2100, { peakBytes: 210_400_000 }),
      service: unknown('not measured'),
      sdk: unknown('exiftool is not installed'),
    },
  },
  {
    task: { name: 'many', title: 'many pictures' },
    tuning,
    results: {
      bare: took(600, { cores: 1.9 }),
      engine: took(660, { cores: 1.852 }),
      service: took(3000),
      sdk: unknown('exiftool is not installed'),
    },
  },
]
