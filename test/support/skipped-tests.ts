import { installTools, type Tool } from './tools.ts'

/**
 * What is said at the end of tests of those that were skipped; nothing when none was.
 *
 * @param skipped - in which file each is
 * @param missing - what this machine lacks of what tests use
 * @param platform - the system, as `process.platform` names it
 */
export function describeSkipped(
  skipped: readonly { readonly file?: string | undefined }[],
  missing: readonly Tool[],
  platform: NodeJS.Platform,
): string[] {
  if (skipped.length === 0) return []
  const files = [...new Set(skipped.flatMap(({ file }) => file ?? []))]
  const lines = [
    `${skipped.length === 1 ? '1 test was' : `${skipped.length} tests were`} skipped, in:`,
    ...files.toSorted().map((file) => `  ${file}`),
  ]
  if (missing.length === 0) {
    const others = 'they take another system, rights or network than there are here'
    return [...lines, `Nothing that can be installed is missing: ${others}.`]
  }
  const titles = missing.map(({ title }) => title).join(', ')
  const command = installTools(missing, platform)
  const what = `Of what tests compare with or drive, this machine lacks ${titles}`
  if (command === undefined) return [...lines, `${what}, which there is not for this system.`]
  return [...lines, `${what}. What there is of it comes with:`, `  ${command}`]
}
