/** Whether a process can lead a group, so that what it has started can be ended with it. */
export const HAS_GROUPS = process.platform !== 'win32'

/** Ends a process that leads a group, and every process that it has started, at once. */
export function killGroup(pid: number): void {
  try {
    process.kill(HAS_GROUPS ? -pid : pid, 'SIGKILL')
  } catch {
    // All of it has gone already.
  }
}
