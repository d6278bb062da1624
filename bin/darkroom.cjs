#!/usr/bin/env node
'use strict'

// The first that runs, on whatever Node.js there is: one that is too old has to be told so in words that it understands.
const NEEDED = 24

const { node } = process.versions
if (Number.parseInt(node, 10) >= NEEDED) {
  // Already of the modules that find the command; the folder is that of src/base/compile-cache.ts, which is one of them.
  require('node:module').enableCompileCache(`${__dirname}/../node_modules/.cache/darkroom`)
  void import('../src/cli/darkroom.ts')
} else {
  console.error(
    `Darkroom needs Node.js ${NEEDED} or newer, and this is ${node}. In a project, npm install --save-dev node@${NEEDED} brings one that npx and npm run take.`,
  )
  process.exitCode = 1
}
