import { execFileSync } from 'node:child_process'

/**
 * Ends a process and all that it has started, where Windows does: it has neither sessions nor a signal that others than the
 * process itself would get.
 *
 * @param run - runs a program of the system to its end; throws when that ends badly
 */
export function endTree(
  pid: number,
  run: (program: string, args: readonly string[]) => unknown = runQuietly,
): void {
  try {
    run('taskkill', ['/pid', String(pid), '/t', '/f'])
  } catch {
    // It has ended.
  }
}

function runQuietly(program: string, args: readonly string[]): void {
  execFileSync(program, args, { stdio: 'ignore', windowsHide: true })
}
