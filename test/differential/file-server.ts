import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { makeCertificates } from '../../src/http/certificates.ts'
import { listen } from '../../src/http/https-server.ts'

/** A folder behind HTTPS, which is what the SDK downloads from and uploads to. */
export interface FileServer {
  /** The URL of a file in the folder. */
  url: (name: string) => string
  pathTo: (name: string) => string
  close: () => Promise<void>
}

const CA_VARIABLE = 'NODE_EXTRA_CA_CERTS'

/** Serves the files of `folder`; programs that are started while it runs trust it. */
export async function serveFiles(folder: string): Promise<FileServer> {
  const pathTo = (name: string) => path.join(folder, name)
  const certificates = await makeCertificates(Date.now())
  await writeFile(pathTo('ca.pem'), certificates.ca)
  const trustedBefore = process.env[CA_VARIABLE]
  process.env[CA_VARIABLE] = pathTo('ca.pem')
  const { origin, close } = await listen({
    fetch: async (request) => answer(request, pathTo(path.basename(new URL(request.url).pathname))),
    certificates,
    port: 0,
  })
  return {
    url: (name) => `${origin}/${name}`,
    pathTo,
    async close() {
      if (trustedBefore === undefined) delete process.env[CA_VARIABLE]
      else process.env[CA_VARIABLE] = trustedBefore
      await close()
    },
  }
}

async function answer(request: Request, file: string): Promise<Response> {
  if (request.method !== 'PUT') return new Response(await readFile(file))
  await writeFile(file, Buffer.from(await request.arrayBuffer()))
  return new Response(undefined, { status: 201 })
}
