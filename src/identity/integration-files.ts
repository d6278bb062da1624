import path from 'node:path'
import { stringify } from 'yaml'
import { writePrivateFile } from '../home/private-file.ts'
import { shellValue } from '../home/shell-value.ts'
import { type Credentials, METASCOPES, SCOPES } from './credentials.ts'

/**
 * Writes what a developer would download for a project of the Adobe Developer Console, so that programs made for
 * Adobe's service find here what they look for there:
 *
 * - `console.json`: the project with its `oauth_server_to_server` credential and its Runtime namespace
 * - `integration.yaml`: the technical account with its private key
 * - `aio.env`: what makes every command of the `aio` program talk to this service, for a shell
 *
 * `getIntegrationConfiguration` of `@adobe/asset-compute-client` reads the first two.
 *
 * @param options.origin - where the service answers, such as `https://localhost:9443`
 * @param options.caFile - the certificate that the service is trusted by, as an absolute path
 */
export async function writeIntegrationFiles(options: {
  home: string
  credentials: Credentials
  namespace: string
  origin: string
  caFile: string
}): Promise<void> {
  const { home, credentials, namespace, origin } = options
  const consoleProject = {
    // The download of the credential alone, which is where `@adobe/asset-compute-client` looks, beside the project's.
    ORG_ID: credentials.orgId,
    CLIENT_ID: credentials.clientId,
    CLIENT_SECRETS: [credentials.clientSecret],
    TECHNICAL_ACCOUNT_ID: credentials.technicalAccountId,
    TECHNICAL_ACCOUNT_EMAIL: credentials.technicalAccountEmail,
    SCOPES,
    imsEndpoint: origin,
    // Without it, isEventJournalReady() of that client's 5.2.1 throws.
    technicalAccount: { org: credentials.orgId },
    project: {
      id: '4566206088344000001',
      name: 'darkroom',
      title: 'Darkroom',
      org: { id: '100001', name: 'Darkroom', ims_org_id: credentials.orgId },
      workspace: {
        id: '4566206088344000002',
        name: 'Local',
        title: 'Local',
        action_url: `${origin}/api/v1/web/${namespace}`,
        app_url: origin,
        details: {
          credentials: [
            {
              id: '200001',
              name: 'Darkroom OAuth Server-to-Server',
              integration_type: 'oauth_server_to_server',
              oauth_server_to_server: {
                client_id: credentials.clientId,
                client_secrets: [credentials.clientSecret],
                technical_account_email: credentials.technicalAccountEmail,
                technical_account_id: credentials.technicalAccountId,
                scopes: SCOPES,
              },
            },
          ],
          services: [
            { code: 'AssetComputeSDK', name: 'Asset Compute' },
            { code: 'AdobeIOManagementAPISDK', name: 'I/O Management API' },
            { code: 'AdobeIOEventsSDK', name: 'I/O Events' },
          ],
          runtime: { namespaces: [{ name: namespace, auth: credentials.runtimeKey }] },
        },
      },
    },
  }
  const integration = {
    metascopes: Object.keys(METASCOPES),
    imsEndpoint: origin,
    technicalAccount: {
      id: credentials.technicalAccountId,
      org: credentials.orgId,
      clientId: credentials.clientId,
      clientSecret: credentials.clientSecret,
      privateKey: credentials.technicalAccountKey,
    },
  }
  await Promise.all([
    writePrivateFile(
      path.join(home, 'console.json'),
      `${JSON.stringify(consoleProject, undefined, 2)}\n`,
    ),
    writePrivateFile(path.join(home, 'integration.yaml'), stringify(integration)),
    writePrivateFile(path.join(home, 'aio.env'), aioEnvironment(options)),
  ])
}

/** Later than any token of Adobe's; `aio` asks for a new one only when this one has expired. */
const NEVER = Date.UTC(2100, 0)

function aioEnvironment(options: {
  credentials: Credentials
  namespace: string
  origin: string
  caFile: string
}): string {
  const { credentials, namespace, origin, caFile } = options
  const variables = {
    AIO_RUNTIME_APIHOST: origin,
    AIO_RUNTIME_NAMESPACE: namespace,
    AIO_RUNTIME_AUTH: credentials.runtimeKey,
    AIO_DEPLOY_SERVICE_URL: origin,
    AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_TOKEN: credentials.runtimeKey,
    AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_EXPIRY: String(NEVER),
    NODE_EXTRA_CA_CERTS: caFile,
  }
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}=${shellValue(value)}`,
  )
  return ['# Read by a shell (". aio.env"), it makes aio talk to this service.', ...lines, ''].join(
    '\n',
  )
}
