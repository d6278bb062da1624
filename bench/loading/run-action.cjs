'use strict'

/**
 * Does one activation of the built action that is named, with the parameters that follow, and ends. Written as OpenWhisk's own runtime
 * is, so that nothing but Node.js and the action is loaded: no types that are to be removed, and no library.
 */
const [, , action = '', params = ''] = process.argv
const { main } = require(action)
// The SDK tells of each step, which goes to nobody here.
console.log = () => undefined
console.error = () => undefined
void main(JSON.parse(params)).then((result) =>
  process.stdout.write(JSON.stringify(result), () => process.exit()),
)
