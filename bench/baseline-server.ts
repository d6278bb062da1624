/**
 * The least that could answer: an HTTPS server which reads a body and says `{"ok":true}`, or gives the file of its second
 * argument to whoever gets it as `/photo.jpg`. Prints its origin.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { openCertificates } from '../src/http/certificate-files.ts'

const [home = '', file] = process.argv.slice(2)
mkdirSync(home, { recursive: true })
const { cert, key } = await openCertificates(home, Date.now())
const photo = file === undefined ? undefined : readFileSync(file)
const server = createServer({ cert, key }, (request, response) => {
  if (photo !== undefined && request.url === '/photo.jpg') {
    response.setHeader('content-type', 'image/jpeg').setHeader('content-length', photo.length)
    response.end(photo)
    return
  }
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json').end('{"ok":true}')
  })
})
server.listen(0, '127.0.0.1', () => {
  console.log(`ready https://localhost:${Object(server.address()).port}`)
})
