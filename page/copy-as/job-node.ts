import { bodyOf, type CopiedJob, describeJob } from './copied-job.ts'
import { JS_NOTATION, printValue, quoteJs } from './literals.ts'
import { homeFile, type ServiceHome } from './service-home.ts'

/** A job as a program that uses `cloudconvert` of npm, an ECMAScript module. It leaves the files in `files/`. */
export function copyJobAsNode(job: CopiedJob, home: ServiceHome): string {
  const { uploads } = job
  return `// ${describeJob(job)}, as a job. Run it while the service runs:
//   npm install cloudconvert
//   . ${homeFile(home, 'jobs.env')} && NODE_EXTRA_CA_CERTS=${homeFile(home, 'ca.pem')} node job.mjs
${uploads.length === 0 ? '' : "import { createReadStream } from 'node:fs'\n"}import { mkdir, writeFile } from 'node:fs/promises'
import CloudConvert from 'cloudconvert'

const { CLOUDCONVERT_API_KEY: key, CLOUDCONVERT_REGION: region } = process.env
const cloudConvert = new CloudConvert(key, false, region)

const created = await cloudConvert.jobs.create(${printValue(bodyOf(job), JS_NOTATION)})
${uploads.length === 0 ? '' : UPLOAD}${uploads
    .map(
      ({ task, file }) =>
        `await upload(${quoteJs(task)}, ${quoteJs(file.path)}, ${quoteJs(file.name)})\n`,
    )
    .join('')}
const job = await cloudConvert.jobs.wait(created.id)
for (const { name, status, code, message, result } of job.tasks) {
  console.log(name, status, code ?? '', message ?? '', result?.metadata ?? '')
}
await mkdir('files', { recursive: true })
const names = new Set()
for (const { filename, url } of cloudConvert.jobs.getExportUrls(job)) {
  const name = names.has(filename) ? \`\${names.size}-\${filename}\` : filename
  names.add(name)
  const response = await fetch(url)
  if (!response.ok) throw new Error(await response.text())
  await writeFile(\`files/\${name}\`, response.body)
}
if (job.status !== 'finished') process.exitCode = 1
`
}

const UPLOAD = `
async function upload(name, path, filename) {
  const task = created.tasks.find((each) => each.name === name)
  await cloudConvert.tasks.upload(task, createReadStream(path), filename)
}
`
