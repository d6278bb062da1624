/** A project as `aio app init` lays it down with Adobe's template of Asset Compute: its worker copies the source. */
export const TEMPLATE_PROJECT: Readonly<Record<string, string>> = {
  'package.json': `{
  "name": "template",
  "version": "0.0.1",
  "dependencies": { "@adobe/asset-compute-sdk": "^4.5.0" },
  "devDependencies": { "@adobe/aio-cli-plugin-asset-compute": "^4.0.4" },
  "engines": { "node": ">=18" }
}
`,
  '.env': '',
  'app.config.yaml': `extensions:
  dx/asset-compute/worker/1:
    $include: src/dx-asset-compute-worker-1/ext.config.yaml
`,
  'src/dx-asset-compute-worker-1/ext.config.yaml': `operations:
  workerProcess:
    - type: action
      impl: dx-asset-compute-worker-1/worker
hooks:
  post-app-run: adobe-asset-compute asset-compute:devtool
  test: adobe-asset-compute asset-compute:test-worker
actions: actions
runtimeManifest:
  packages:
    dx-asset-compute-worker-1:
      license: Apache-2.0
      actions:
        worker:
          function: actions/worker/index.js
          web: 'yes'
          runtime: nodejs:22
          limits:
            concurrency: 10
          annotations:
            require-adobe-auth: true
`,
  'src/dx-asset-compute-worker-1/actions/worker/index.js': `'use strict'

const { worker, SourceCorruptError } = require('@adobe/asset-compute-sdk')
const fs = require('fs').promises

exports.main = worker(async (source, rendition) => {
  const stats = await fs.stat(source.path)
  if (stats.size === 0) throw new SourceCorruptError('source file is empty')
  await fs.copyFile(source.path, rendition.path)
})
`,
}
