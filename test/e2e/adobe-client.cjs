'use strict'
/**
 * A program that uses `@adobe/asset-compute-client` as its README tells, in a process of its own.
 * Arguments: origin, DARKROOM_HOME, `oauth` or `jwt`, number of requests. Prints one line of JSON.
 */
const path = require('node:path')
const { AssetComputeClient, getIntegrationConfiguration } = require('@adobe/asset-compute-client')

const [origin, home, kind, count] = process.argv.slice(2)

async function main() {
  const file = kind === 'oauth' ? 'console.json' : 'integration.yaml'
  const integration = await getIntegrationConfiguration(path.join(home, file))
  const client = new AssetComputeClient(integration, { url: origin })
  const errors = []
  client.on('error', (error) => errors.push(String(error)))
  let received = 0
  client.on('rendition_created', () => (received += 1))
  client.on('rendition_failed', () => (received += 1))

  await client.register()
  const ready = await client.isEventJournalReady()
  const results = await Promise.all(
    Array.from({ length: Number(count) }, async (_, index) => {
      const { requestId } = await client.process(
        'https://localhost/source.jpg',
        [
          { name: `a${index}.png`, fmt: 'png', target: 'https://localhost/a' },
          { name: `b${index}.png`, fmt: 'png', target: 'https://localhost/b', userData: { index } },
        ],
        { run: index },
      )
      const events = await client.waitActivation(requestId)
      return events.every(
        (event, position) =>
          event.requestId === requestId &&
          event.userData.run === index &&
          event.rendition.name === `${'ab'[position]}${index}.png` &&
          event.rendition.userData.index ===
            (position === 1 ? index : event.rendition.userData.index),
      )
    }),
  )
  const pending = client.pendingRenditions
  await client.unregister()
  await client.close()
  const right = results.filter(Boolean).length
  console.log(JSON.stringify({ ready, right, received, pending, errors }))
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
