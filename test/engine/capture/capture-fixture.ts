import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { CaptureLimits, CaptureOptions } from '../../../src/engine/capture/capture-options.ts'
import { createCapture } from '../../../src/engine/capture/capture.ts'
import type { OutputFile } from '../../../src/engine/operation.ts'
import { text } from '../../../src/engine/text/text.ts'
import { findPrograms } from '../../../src/programs/programs.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

/** A server of this machine, for the tests of the enclosing `describe`; it keeps what it is asked for. */
export function usePages(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const pages = { port: 0, asked: [] as IncomingMessage[] }
  const server = createServer((request, response) => {
    pages.asked.push(request)
    answer(request, response)
  })
  server.on('upgrade', (request, socket) => {
    pages.asked.push(request)
    socket.destroy()
  })
  before(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    pages.port = Object(server.address()).port
  })
  beforeEach(() => {
    pages.asked = []
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return pages
}

/** Captures for the tests of the enclosing `describe`, as the action makes them, within other limits if need be. */
export function useCapture() {
  const folder = useTemporaryFolder()
  let jobs = 0

  async function capture(
    options: CaptureOptions,
    {
      source,
      name,
      limits = {},
      signal = new AbortController().signal,
    }: {
      source?: Buffer | string
      name?: string
      limits?: Partial<CaptureLimits>
      signal?: AbortSignal
    } = {},
  ): Promise<OutputFile> {
    jobs += 1
    const own = folder.pathTo(`job${jobs}`)
    const path = folder.pathTo(`source${jobs}`)
    await mkdir(own)
    if (source !== undefined) await writeFile(path, source)
    const { chromium, bwrap } = findPrograms(process.env)
    const operation = createCapture({
      chromium,
      bwrap,
      reach: 'machine',
      limits,
      missing: () => assert.fail('there is a Chromium'),
    })
    const [made] = operation.run({
      sources: source === undefined ? [] : [{ path, name }],
      wanted: [options],
      folder: own,
      fetch: () => assert.fail('nothing is fetched'),
      signal,
      progress: () => undefined,
    })
    const [file] = (await made) ?? []
    return file ?? assert.fail('there is no file')
  }

  return { capture }
}

/** The text of a PDF. */
export async function textOf({ path }: OutputFile): Promise<string> {
  const own = `${path}-text`
  await mkdir(own)
  const [made] = text.run({
    sources: [{ path }],
    wanted: [{}],
    folder: own,
    fetch: () => assert.fail('nothing is fetched'),
    signal: new AbortController().signal,
    progress: () => undefined,
  })
  const [file] = (await made) ?? []
  return readFile(file?.path ?? '', 'utf8')
}
