/** Runs deployed code that never pauses, in its sandbox, and prints the numbers of its processes; stays until it is killed. */
import path from 'node:path'
import { listProcesses, wasStartedWith } from '../../src/programs/process-table.ts'
import { findPrograms } from '../../src/programs/programs.ts'
import { findActionSandbox } from '../../src/runtime/run/action-sandbox.ts'
import { openPlatform } from '../runtime/deploying-fixture.ts'

const [, , folder = ''] = process.argv
const { bwrap } = findPrograms({ PATH: '/usr/bin:/bin' })
const sandbox = await findActionSandbox({ bwrap, work: path.join(folder, 'work') })
if (typeof sandbox === 'string') throw new Error(sandbox)
const { host, deployments } = await openPlatform(path.join(folder, 'deployed'), { sandbox })
const code = `function main() { for (;;); }`
await deployments.putAction('looping', { exec: { kind: 'nodejs:24', code } }, false)
host.onActivationBegin(() => {
  const name = '__OW_ACTION_NAME=/space/looping'
  const pids = listProcesses().flatMap(({ pid }) => (wasStartedWith(pid, name) ? pid : []))
  console.log(pids.join(' '))
})
host.invoke('looping', {})
