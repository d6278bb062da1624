import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { getIntegrationConfiguration } from '@adobe/asset-compute-client'
import { type Credentials, openCredentials, SCOPES } from '../../src/identity/credentials.ts'
import { writeIntegrationFiles } from '../../src/identity/integration-files.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const ORIGIN = 'https://localhost:9443'

const modeOf = async (file: string) => (await stat(file)).mode & 0o777

describe('The credentials of a service', () => {
  const folder = useTemporaryFolder()
  let credentials: Credentials
  let file: string

  before(async () => {
    credentials = await openCredentials(folder.pathTo(''))
    file = folder.pathTo('credentials.json')
  })

  it('are readable for their owner only, and leave no draft behind', async () => {
    assert.equal(await modeOf(file), 0o600)
    assert.deepEqual(await readdir(folder.pathTo('')), ['changes.lock', 'credentials.json'])
  })

  it('have the form of those of a Developer Console project', () => {
    assert.match(credentials.orgId, /^[0-9A-F]{24}@AdobeOrg$/)
    assert.match(credentials.clientId, /^[0-9a-f]{32}$/)
    assert.match(credentials.technicalAccountId, /^[0-9A-F]{24}@techacct\.adobe\.com$/)
    assert.match(credentials.runtimeKey, /^[0-9a-f-]{36}:[\w-]{64}$/)
  })

  it('stay the same over restarts', async () => {
    const text = await readFile(file, 'utf8')
    assert.deepEqual(await openCredentials(folder.pathTo('')), credentials)
    assert.equal(await readFile(file, 'utf8'), text)
  })

  it('are others in another service', async () => {
    const other = folder.pathTo('other')
    await mkdir(other)
    const { orgId, clientSecret, tokenKey } = await openCredentials(other)
    assert.notEqual(orgId, credentials.orgId)
    assert.notEqual(clientSecret, credentials.clientSecret)
    assert.notEqual(tokenKey, credentials.tokenKey)
  })

  const damages: [title: string, text: string][] = [
    ['is empty', ''],
    ['is no JSON', '{"orgId": "1@AdobeOrg"'],
    ['is no object', '[]'],
    ['has a field of another kind', '{"orgId": 1}'],
  ]
  for (const [title, text] of damages) {
    it(`are refused with one sentence when their file ${title}`, async () => {
      const home = folder.pathTo(`damaged-${title.replaceAll(' ', '-')}`)
      await mkdir(home)
      const damaged = path.join(home, 'credentials.json')
      await writeFile(damaged, text)
      await assert.rejects(openCredentials(home), {
        message: `${damaged} is damaged; delete it to have it made anew.`,
      })
      assert.equal(await readFile(damaged, 'utf8'), text)
    })
  }

  it('are completed with what an older version did not have', async () => {
    const home = folder.pathTo('older')
    await mkdir(home)
    const { storageSecret: _added, ...older } = await openCredentials(folder.pathTo('.'))
    await writeFile(path.join(home, 'credentials.json'), JSON.stringify(older))
    const { storageSecret, ...kept } = await openCredentials(home)
    assert.deepEqual(kept, older)
    assert.match(storageSecret, /^[0-9a-f]{64}$/)
    assert.deepEqual(await openCredentials(home), { storageSecret, ...kept })
  })
})

describe('The integration files', () => {
  const folder = useTemporaryFolder()
  let credentials: Credentials
  const write = (origin = ORIGIN) =>
    writeIntegrationFiles({
      home: folder.pathTo(''),
      credentials,
      namespace: 'darkroom',
      origin,
      caFile: folder.pathTo("it's/ca.pem"),
    })

  before(async () => {
    credentials = await openCredentials(folder.pathTo(''))
    await write()
  })

  for (const name of ['console.json', 'integration.yaml', 'aio.env']) {
    it(`${name} is readable for its owner only`, async () => {
      assert.equal(await modeOf(folder.pathTo(name)), 0o600)
    })
  }

  it("integration.yaml is accepted by Adobe's client as a technical account", async () => {
    assert.deepEqual(await getIntegrationConfiguration(folder.pathTo('integration.yaml')), {
      metascopes: ['asset_compute_meta', 'event_receiver_api', 'ent_adobeio_sdk'],
      imsEndpoint: ORIGIN,
      technicalAccount: {
        id: credentials.technicalAccountId,
        org: credentials.orgId,
        clientId: credentials.clientId,
        clientSecret: credentials.clientSecret,
        privateKey: credentials.technicalAccountKey,
      },
    })
  })

  it("console.json is accepted by Adobe's client as an OAuth server-to-server credential", async () => {
    const read: unknown = await getIntegrationConfiguration(folder.pathTo('console.json'))
    assert.partialDeepStrictEqual(read, {
      TYPE: 'oauthservertoserver',
      ORG_ID: credentials.orgId,
      CLIENT_ID: credentials.clientId,
      CLIENT_SECRETS: [credentials.clientSecret],
      TECHNICAL_ACCOUNT_ID: credentials.technicalAccountId,
      TECHNICAL_ACCOUNT_EMAIL: credentials.technicalAccountEmail,
      SCOPES: [...SCOPES],
      technicalAccount: { org: credentials.orgId },
    })
  })

  it('console.json has the form of a download of the Developer Console', async () => {
    const read: unknown = JSON.parse(await readFile(folder.pathTo('console.json'), 'utf8'))
    assert.partialDeepStrictEqual(read, {
      project: {
        org: { ims_org_id: credentials.orgId },
        workspace: {
          details: {
            credentials: [
              {
                integration_type: 'oauth_server_to_server',
                oauth_server_to_server: {
                  client_id: credentials.clientId,
                  client_secrets: [credentials.clientSecret],
                  technical_account_email: credentials.technicalAccountEmail,
                  technical_account_id: credentials.technicalAccountId,
                  scopes: [...SCOPES],
                },
              },
            ],
            runtime: { namespaces: [{ name: 'darkroom', auth: credentials.runtimeKey }] },
          },
        },
      },
    })
  })

  it('aio.env sets what aio reads, also where a path has a quote', async () => {
    const { stdout } = await promisify(execFile)(
      'sh',
      [
        '-c',
        '. "$0"; exec "$1" -p "JSON.stringify(process.env)"',
        folder.pathTo('aio.env'),
        process.execPath,
      ],
      { env: {} },
    )
    assert.partialDeepStrictEqual(JSON.parse(stdout), {
      AIO_RUNTIME_APIHOST: ORIGIN,
      AIO_RUNTIME_NAMESPACE: 'darkroom',
      AIO_RUNTIME_AUTH: credentials.runtimeKey,
      AIO_DEPLOY_SERVICE_URL: ORIGIN,
      AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_TOKEN: credentials.runtimeKey,
      AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_EXPIRY: '4102444800000',
      NODE_EXTRA_CA_CERTS: folder.pathTo("it's/ca.pem"),
    })
  })

  it('follow the service to another port', async () => {
    await write('https://localhost:1234')
    const read = await getIntegrationConfiguration(folder.pathTo('integration.yaml'))
    assert.partialDeepStrictEqual(read, { imsEndpoint: 'https://localhost:1234' })
    await write()
  })
})
