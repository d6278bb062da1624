import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { makeCertificates } from '../../src/http/certificates.ts'

/** How a stranger's server answers. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** An HTTPS server that the tests of the enclosing `describe` trust; `origin` is there in them. */
export function useStranger(answer: Answer): { readonly origin: string } {
  const stranger = { origin: '' }
  let close: (() => void) | undefined

  before(async () => {
    const { ca, cert, key } = await makeCertificates(Date.now())
    const trusted = getCACertificates('default')
    setDefaultCACertificates([...trusted, ca])
    const server = createServer({ cert, key }, (request, response) => answer(response, request))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    stranger.origin = `https://localhost:${address.port}`
    close = () => {
      setDefaultCACertificates(trusted)
      server.close()
      server.closeAllConnections()
    }
  })
  after(() => close?.())
  return stranger
}
