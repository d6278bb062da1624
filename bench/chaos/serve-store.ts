/** Runs an object store, which keeps its objects in a folder; the arguments are the folder and a port. Prints its environment as JSON. */
import { runElsewhere } from '../../test/e2e/elsewhere-server.ts'

const [folder = '', port = '0'] = process.argv.slice(2)
const { environment } = await runElsewhere(folder, Number(port))
console.log(JSON.stringify(environment))
