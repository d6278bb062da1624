import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Expectation, readExpectations } from './expectation.ts'
import type { MockServer } from './mock-server.ts'

/** The host that a file is for: `example.com` for `mock-example.com.json`. */
export function mockedHost(file: string): string {
  return path
    .basename(file, '.json')
    .replace(/^mock-/, '')
    .toLowerCase()
}

/**
 * Has hosts answer by their files.
 *
 * @param files - named `mock-HOST.json`, each with MockServer's expectations
 * @throws {Error} one sentence that names the file and the field which is wrong
 */
export async function beginMocks(server: MockServer, files: readonly string[]): Promise<void> {
  const entries = await Promise.all(
    files.map(async (file) => [mockedHost(file), await readMock(file)] as const),
  )
  server.begin(new Map(entries))
}

async function readMock(file: string): Promise<Expectation[]> {
  const name = path.basename(file)
  try {
    const expectations = readExpectations(await readFile(file, 'utf8'))
    return expectations.map((each) => ({ ...each, called: `${name} ${each.called}` }))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new Error(`${name}: ${message}`, { cause: error })
  }
}
