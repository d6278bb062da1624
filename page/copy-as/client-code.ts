import {
  type CopiedFile,
  type CopiedRequest,
  describeRequest,
  fileOfText,
} from './copied-request.ts'
import { Expression, printValue, quoteJs, quoteJsKey } from './literals.ts'
import { homeFile, homeFileInJs, type ServiceHome } from './service-home.ts'

/**
 * A request as a program that uses `@adobe/asset-compute-client`, an ECMAScript module. It works in any folder that the files are in
 * while the service runs, and leaves the renditions in `renditions/`.
 */
export function copyAsClientCode(request: CopiedRequest, home: ServiceHome): string {
  const { origin, source, files } = request
  const uploads = [
    ...(source === undefined ? [] : [uploadLine('source', source, 'source')]),
    ...files.map((file, index) => uploadLine(`file${index}`, file, `files/${index}`)),
  ]
  return `// Makes ${describeRequest(request)}. Run it while the service runs:
//   npm install @adobe/asset-compute-client
//   NODE_EXTRA_CA_CERTS=${homeFile(home, 'ca.pem')} node renditions.mjs
import { ${uploads.length === 0 ? '' : 'readFile, '}mkdir, writeFile } from 'node:fs/promises'
import { AssetComputeClient, getIntegrationConfiguration } from '@adobe/asset-compute-client'

const service = ${quoteJs(origin)}
const integration = await getIntegrationConfiguration(${homeFileInJs(home, 'console.json')})
const client = new AssetComputeClient(integration, { url: service })
await client.register()

/** Makes a URL of the service's storage, to read and write for an hour. */
async function presign(path) {
  const response = await fetch(\`\${service}/storage/presign\`, {
    method: 'POST',
    headers: {
      authorization: \`Bearer \${client.accessToken}\`,
      'x-api-key': integration.CLIENT_ID,
      'x-gw-ims-org-id': integration.ORG_ID,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ path, permissions: 'rw', expiresInSeconds: 3600 }),
  })
  if (!response.ok) throw new Error(await response.text())
  const { url } = await response.json()
  return url
}
${uploads.length === 0 ? '' : UPLOAD}
${uploads.map((line) => `${line}\n`).join('')}const renditions = ${printRenditions(request)}
const { requestId } = await client.process(${printSource(source)}, renditions)
const events = await client.waitActivation(requestId)

await mkdir('renditions', { recursive: true })
for (const [index, { name, target }] of renditions.entries()) {
  const { type, errorReason = '', errorMessage = '', data } = events[index]
  console.log(name, type, errorReason, errorMessage)
  if (type !== 'rendition_created') continue
  // A small rendition is in its event, as a data: URL, when the request asked for that.
  const response = await fetch(data ?? target)
  if (!response.ok) throw new Error(await response.text())
  await writeFile(\`renditions/\${name}\`, Buffer.from(await response.arrayBuffer()))
}
await client.close()
`
}

const UPLOAD = `
async function upload(file, path) {
  const url = await presign(path)
  const response = await fetch(url, { method: 'PUT', body: await readFile(file) })
  if (!response.ok) throw new Error(await response.text())
  return url
}
`

function uploadLine(variable: string, { path, name }: CopiedFile, key: string): string {
  return `const ${variable} = await upload(${quoteJs(path)}, ${quoteJs(`client/${key}/${name}`)})`
}

function printSource(source: CopiedFile | undefined): string {
  return source === undefined ? 'undefined' : `{ url: source, name: ${quoteJs(source.name)} }`
}

function printRenditions({ files, renditions }: CopiedRequest): string {
  const targeted = renditions.map((rendition, index) => ({
    ...rendition,
    target: new Expression(`await presign('client/renditions/${index}')`),
  }))
  return printValue(targeted, {
    text(text) {
      const file = fileOfText(files, text)
      return file === undefined ? quoteJs(text) : `file${file}`
    },
    key: quoteJsKey,
    padding: ' ',
    trailingComma: true,
  })
}
