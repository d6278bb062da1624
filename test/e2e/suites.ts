import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** A file of tests, and what else Mocha is told of it. */
export type Suite = readonly [file: string, ...args: string[]]

/** Downloads have names of other letters than English ones in these; s3rver takes the signature of such a URL for wrong. */
export const OTHER_LETTERS = ['--grep', 'puts files into']

/**
 * Has suites pass in processes of their own, each a test of the enclosing `describe`.
 *
 * @param environment - what is different in theirs, once they run
 */
export function passSuites(
  suites: readonly Suite[],
  environment: () => Readonly<Record<string, string>>,
): void {
  for (const [file, ...args] of suites) {
    it(`passes ${file}`, async () => {
      const child = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', file, ...args], {
        env: { ...process.env, ...environment() },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const [told, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
      assert.equal(code, 0, told)
    })
  }
}
