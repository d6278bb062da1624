#!/usr/bin/env node
'use strict'

/**
 * What `exec node FILE` means in the scripts of package.json: elsewhere than on Windows it is a word of the shell, which hands its
 * process on, so that signals to npm arrive. cmd.exe takes this instead, from node_modules/.bin.
 */
const { spawn } = require('node:child_process')

const [program, ...args] = process.argv.slice(2)
if (program !== 'node') throw new Error(`exec runs node alone, and not ${program}.`)

const child = spawn(process.execPath, args, { stdio: 'inherit' })
// A console tells Ctrl-C to the child as well; what that then tidies up is waited for.
for (const signal of ['SIGINT', 'SIGBREAK']) process.on(signal, () => undefined)
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.once('exit', (code) => process.exit(code ?? 1))
