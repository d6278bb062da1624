'use strict'

const { delegate } = require('./delegate.cjs')

/**
 * What `aio app build` calls for the actions. It would itself zip all of them anew each time, which takes minutes.
 *
 * @param {{ actions?: { dist: string } }} config - that of the project; `aio app dev`, which zips nothing, hands on more than that
 * @returns {Promise<boolean>} whether there is nothing left to be done
 * @throws {Error} when one of them could not be built
 */
module.exports = async ({ actions }) => {
  if (actions === undefined) return false
  const status = await delegate('build', ['--zip', actions.dist])
  if (status !== 0) throw new Error('There is an action that could not be built.')
  return true
}
