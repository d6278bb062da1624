import { getCallSites } from 'node:util'
import { callsIn } from './stack-calls.ts'

/** How far what prints is looked for, in calls: the SDK, which prints most, is near, and each call takes its time. */
const NEAR = 12
const FARTHEST = 60

/** The SDK, and what it is made of. */
const SDK =
  /[/\\]node_modules[/\\]@adobe[/\\](?:asset-compute-|node-httptransfer|openwhisk-newrelic|metrics-sampler)/

/** It stands between all that is printed and whoever prints. */
const BETWEEN = /[/\\]@adobe[/\\]asset-compute-commons[/\\]lib[/\\]log-utils\./

/** The files that are none of an action's own: packages, and what runs it here. */
const OF_OTHERS = /[/\\]node_modules[/\\]/

/**
 * Makes the function that tells, when something is printed, whether the code of an action does so: whoever of that code and of the SDK
 * has called last has printed it, whatever packages are between. The stack of an error is of that code when a file of it is in there.
 *
 * @param house - the folder of what runs the action, whose files are not the action's
 */
export function createPrintedBy(house: string): (text: string) => boolean {
  const isOthers = (file: string): boolean => OF_OTHERS.test(file) || file.includes(house)

  function findCaller(farthest: number, sourceMap: boolean): string | undefined {
    return getCallSites(farthest, { sourceMap })
      .map(({ scriptName }) => scriptName)
      .find((file) => isDecisive(file) && !file.includes(house))
  }

  return (text) => {
    const near = findCaller(NEAR, false)
    // What is no package may be a bundle, which only its map tells the files of.
    const isPackage = near !== undefined && SDK.test(near)
    const caller = isPackage ? near : findCaller(FARTHEST, true)
    if (caller === undefined || !SDK.test(caller)) return true
    return callsIn(text).some(({ file }) => !isOthers(file))
  }
}

/** Whether a file says who prints: those of Node.js do not, nor do packages but for the SDK. */
function isDecisive(file: string): boolean {
  if (file === '' || file.startsWith('node:') || BETWEEN.test(file)) return false
  return SDK.test(file) || !OF_OTHERS.test(file)
}
