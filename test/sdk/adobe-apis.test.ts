import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

// Its libraries stand on an older swagger-client than they ask for, which brings 80 MB less.
describe('@adobe/aio-sdk in a worker', () => {
  it('calls the APIs of Adobe that are told by OpenAPI', async () => {
    const program = path.join(import.meta.dirname, 'adobe-apis.cjs')
    const { stdout } = await promisify(execFile)(process.execPath, [program])
    assert.deepEqual(JSON.parse(stdout), {
      asked: [
        'https://mc.adobe.io/acme/target/activities?limit=2',
        'https://analytics.adobe.io/api/acme/collections/suites?limit=3',
        'https://mc.adobe.io/acme/campaign/profileAndServices/profile/',
        'https://platform.adobe.io/data/core/ups/access/entities?schema.name=_xdm.context.profile&entityId=a&entityIdNS=email',
      ],
      bodies: ['answered', 'answered', 'answered', 'answered'],
    })
  })
})
