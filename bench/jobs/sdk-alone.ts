/**
 * The worker action under the SDK as it comes from npm, whose source, target and events are on a server that does nothing
 * (bench/baseline-server.ts): what any service in place of ours would take at least. Asked to, it makes one rendition, and
 * prints how long that took, in milliseconds.
 */
import { generateKeyPairSync } from 'node:crypto'
import { createInterface } from 'node:readline'
import { main } from '../../actions/worker/index.ts'
import { createEventBinding } from '../../src/renditions/event-routes.ts'
import { time } from '../measure.ts'

const [origin = ''] = process.argv.slice(2)
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const bind = createEventBinding({ eventKey: privateKey, origin: () => origin })
// The SDK tells its log of everything, which is to cost what it costs, but to go nowhere.
const print = process.stdout.write.bind(process.stdout)
process.stdout.write = () => true

for await (const _ of createInterface(process.stdin)) {
  const params = bind({
    source: { url: `${origin}/photo.jpg`, name: 'photo.jpg', mimetype: 'image/jpeg' },
    renditions: [{ fmt: 'webp', width: 1280, animated: true, target: `${origin}/made.webp` }],
    requestId: 'bench',
    auth: { orgId: 'bench', clientId: 'bench' },
  })
  const took = await time(async () => main(params))
  print(`${took}\n`)
}
