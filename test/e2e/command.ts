import { spawn } from 'node:child_process'

/** How a command ended, and what it printed. */
export interface EndedCommand {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs `npm run SCRIPT -- ARGS`. */
export async function runCommand(
  script: string,
  args: readonly string[],
  environment: object = {},
): Promise<EndedCommand> {
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
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
