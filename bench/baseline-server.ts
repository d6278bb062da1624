/** The least that could answer: an HTTPS server which reads a body and says `{"ok":true}`. Prints its origin. */
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:https'
import { openCertificates } from '../src/http/certificate-files.ts'

const [home = ''] = process.argv.slice(2)
mkdirSync(home, { recursive: true })
const { cert, key } = await openCertificates(home, Date.now())
const server = createServer({ cert, key }, (request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json').end('{"ok":true}')
  })
})
server.listen(0, '127.0.0.1', () => {
  console.log(`ready https://localhost:${Object(server.address()).port}`)
})
