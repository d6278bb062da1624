/** Whether a file is a PDF, or an AI file with one in it, by its first 1024 bytes: other data may come before its header. */
export function isPdf(start: Buffer): boolean {
  return start.subarray(0, 1024).includes('%PDF-')
}
