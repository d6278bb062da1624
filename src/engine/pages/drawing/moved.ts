import type { GroupMark, PageMark } from './page.ts'

/** Marks that are moved to the right and downwards. */
export function moved(marks: readonly PageMark[], x: number, y: number): GroupMark {
  return { kind: 'group', marks, matrix: [1, 0, 0, 1, x, y] }
}
