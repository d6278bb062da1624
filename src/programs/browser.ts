import type { FoundPrograms } from './programs.ts'

/** For which systems npm brings a Chromium (`@sparticuz/chromium`). */
const EMBEDDED: readonly string[] = ['linux x64']

/** Whether there is a Chromium to show pages with: one that npm brings, or that of the machine. */
export function hasBrowser(
  { chromium }: FoundPrograms,
  system: { readonly platform: string; readonly arch: string } = process,
): boolean {
  return chromium !== undefined || EMBEDDED.includes(`${system.platform} ${system.arch}`)
}
