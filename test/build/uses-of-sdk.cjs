/** An action that has the packages of Adobe's SDK do what few activations have them do, and tells what came of it. */
'use strict'

const { writeFileSync } = require('node:fs')
const {
  TemporaryCloudStorage,
} = require('@adobe/asset-compute-pipeline/lib/storage/temporary-cloud-storage')
const { Rendition } = require('@adobe/asset-compute-pipeline/lib/rendition')
const { AdobeAuth, AdobeIOEvents } = require('@adobe/asset-compute-events-client')
const { NewRelic } = require('@adobe/openwhisk-newrelic')
const transfer = require('@adobe/httptransfer')
const Metadata = require('@adobe/asset-compute-pipeline/lib/metadata')
const typeOf = require('@adobe/asset-compute-pipeline/lib/utils/type')
const ShellScript = require('@adobe/asset-compute-sdk/lib/shell/shellscript')
const postProcessing = require('@adobe/asset-compute-sdk/lib/postprocessing/image')
const summarize = require('@adobe/metrics-sampler/lib/metrics').summary
const webAction = require('@adobe/asset-compute-sdk/lib/webaction')
const nodeFetch = require('@adobe/node-fetch-retry')
const fetchOfTransfer = require('node-fetch-npm')

const USES = {
  storage: () => {
    // Without a namespace it asks nobody for one.
    delete process.env['__OW_NAMESPACE']
    return new TemporaryCloudStorage()
      .generatePresignURL('a.png')
      .catch(({ name, code }) => `${name} ${code}`)
  },
  extension: () => new Rendition({ type: 'image/png' }, '/').name,
  client: ({ token: accessToken }) => new AdobeIOEvents({ accessToken, orgId: 'a' }).auth.clientId,
  token: ({ origin, privateKey }) =>
    new AdobeAuth({ adobeLoginHost: origin }).createAccessToken(
      { id: 'a', org: 'b', clientId: 'c', clientSecret: 'd', privateKey },
      ['e'],
    ),
  summary: () => summarize([1, 2, 3]).mean,
  invoke: async ({ token }) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'x-gw-ims-org-id': 'a',
      'x-request-id': 'r',
    }
    const { body } = await webAction(() => undefined)({
      __ow_method: 'post',
      __ow_headers: headers,
    })
    return body.activationId
  },
  metrics: ({ origin }) =>
    NewRelic.instrument(
      async () => {
        const metrics = new NewRelic({
          newRelicEventsURL: `${origin}/metrics`,
          newRelicApiKey: 'k',
          disableActionTimeout: true,
        })
        await metrics.send('made', {}, true)
        return 'sent'
      },
      { disableHttpClient: true },
    )(),
  json: async ({ origin }) => (await nodeFetch(`${origin}/json`)).json(),
  latin: async ({ origin }) => (await fetchOfTransfer(`${origin}/latin`)).textConverted(),
  uploads: async ({ origin, file }) => {
    for (const name of ['one', 'two', 'three']) {
      await transfer.uploadFileConcurrently(file, `${origin}/uploads/${name}`)
    }
    return 'done'
  },
  parts: async ({ origin, file }) => {
    const urls = [1, 2, 3].map((part) => `${origin}/parts/${part}`)
    await transfer.uploadMultiPartFileConcurrently(file, { urls, minPartSize: 1, maxPartSize: 10 })
    return 'done'
  },
  again: async ({ origin, file }) => {
    await transfer.uploadFileConcurrently(file, `${origin}/again`)
    return 'done'
  },
  // Whether or not ImageMagick is installed, there is no such file for its program.
  described: () =>
    new Metadata({ name: 'a.png' })
      .getImageMetadataWithImageMagick('missing.png')
      .catch(({ name, message }) => `${name} ${/convert/.test(message)}`),
  processed: ({ folder }) =>
    postProcessing
      .imagePostProcess(
        {
          path: `${folder}/missing.png`,
          _intermediateMetadata: { FileType: 'PNG' },
          instructions: {},
        },
        { path: `${folder}/made.png`, instructions: { fmt: 'png' } },
        {},
      )
      .catch(({ message }) => /convert|identify/.test(message)),
  type: async ({ picture }) => (await typeOf(picture)).mime,
  script: async ({ folder, file }) => {
    const rendition = {
      id: () => 'one',
      directory: folder,
      path: `${folder}/made`,
      instructions: {},
    }
    const types = []
    rendition.setContentType = (type) => types.push(type)
    const script = `${folder}/worker.sh`
    writeFileSync(script, 'echo text/plain > "$typefile"')
    await ShellScript.prototype.processWithScript.call({ script }, { path: file }, rendition)
    return types
  },
  refused: ({ origin, file }) =>
    transfer
      .uploadFileConcurrently(file, `${origin}/refused`)
      .catch(({ name, status }) => `${name} ${status}`),
}

exports.main = async (params) => {
  const made = {}
  for (const [name, use] of Object.entries(USES)) made[name] = await use(params)
  return made
}
