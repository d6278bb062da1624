import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { startMockServer } from '../../cases/mocks/mock-server.ts'
import { beginMocks, mockedHost } from '../../cases/mocks/mocks.ts'
import { redirectingNodeOptions, type Settings } from '../../cases/mocks/settings.ts'
import { type Mocks, NO_MOCKS } from '../../cases/run-cases.ts'

/** Mocks for the cases of one run. */
export interface RunMocks extends Mocks {
  /** What the processes of actions have to have in their environment. */
  readonly environment: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

/**
 * Starts what answers in place of the hosts of `mock-HOST.json` files; nothing when there are none.
 *
 * @param files - those of all cases that are to be run
 * @param folder - a place for a file, until the end of the run
 */
export async function startMocks(files: readonly string[], folder: string): Promise<RunMocks> {
  if (files.length === 0) {
    return { ...NO_MOCKS, environment: {}, close: () => Promise.resolve() }
  }
  const hosts = Array.from(new Set(files.map(mockedHost)))
  // Loaded only now: few projects have mocks, and making certificates takes a library.
  const { makeCertificates } = await import('../../http/certificates.ts')
  const { ca, cert, key } = await makeCertificates(Date.now(), hosts)
  const server = await startMockServer({ hosts, cert, key })
  const settings: Settings = { ca, ports: server.ports }
  const file = path.join(folder, 'mocks.json')
  await writeFile(file, JSON.stringify(settings))
  return {
    environment: { NODE_OPTIONS: redirectingNodeOptions(file) },
    begin: (each) => beginMocks(server, each),
    end: server.end,
    close: server.close,
  }
}
