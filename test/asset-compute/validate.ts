/** What `validate` runs: compares two renditions and says what is different. */
import { compareRenditions } from '../../src/cases/comparison.ts'

async function main(paths: readonly string[]): Promise<number> {
  const [expected, actual] = paths
  if (expected === undefined || actual === undefined || paths.length > 2) {
    console.error('Usage: validate EXPECTED ACTUAL')
    return 2
  }
  try {
    const differences = await compareRenditions(expected, actual)
    for (const difference of differences) console.error(difference)
    return differences.length === 0 ? 0 : 1
  } catch (error) {
    console.error(`The renditions cannot be compared: ${String(error)}`)
    return 2
  }
}

process.exitCode = await main(process.argv.slice(2))
