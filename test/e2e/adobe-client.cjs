'use strict'
/**
 * A program that uses `@adobe/asset-compute-client` as its README tells, in a process of its own.
 * Arguments: origin, DARKROOM_HOME, `oauth` or `jwt`, number of requests. Prints one line of JSON.
 */
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { AssetComputeClient, getIntegrationConfiguration } = require('@adobe/asset-compute-client')

const [origin, home, kind, count] = process.argv.slice(2)

function readOAuthIntegration() {
  const { project } = JSON.parse(readFileSync(path.join(home, 'console.json'), 'utf8'))
  const credential = project.workspace.details.credentials[0].oauth_server_to_server
  return {
    TYPE: 'oauthservertoserver',
    ORG_ID: project.org.ims_org_id,
    CLIENT_ID: credential.client_id,
    CLIENT_SECRETS: credential.client_secrets,
    TECHNICAL_ACCOUNT_ID: credential.technical_account_id,
    TECHNICAL_ACCOUNT_EMAIL: credential.technical_account_email,
    SCOPES: credential.scopes,
    // isEventJournalReady() of client 5.2.1 reads this for an OAuth integration too.
    technicalAccount: { org: project.org.ims_org_id },
  }
}

async function main() {
  const integration =
    kind === 'oauth'
      ? readOAuthIntegration()
      : await getIntegrationConfiguration(path.join(home, 'integration.yaml'))
  const client = new AssetComputeClient(integration, { url: origin, imsEndpoint: origin })
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
