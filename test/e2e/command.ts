import { spawn } from 'node:child_process'

/** How a command ended, and what it printed. */
export interface EndedCommand {
  code: number | null
  stdout: string
  stderr: string
}

/**
 * Runs `npm run SCRIPT -- ARGS`.
 *
 * @param input - what comes from the standard input; nothing unless given
 */
export async function runCommand(
  script: string,
  args: readonly string[],
  environment: object = {},
  input: Uint8Array | string = '',
): Promise<EndedCommand> {
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // Whoever does not read it may be gone by then.
  child.stdin.on('error', () => undefined).end(input)
  const ended: EndedCommand = { code: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ended.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ended.stderr += text
  })
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ ...ended, code }))
  })
}
