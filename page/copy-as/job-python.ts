import { bodyOf, type CopiedJob, describeJob } from './copied-job.ts'
import { PYTHON_NOTATION, printValue, quoteJs } from './literals.ts'
import { homeFile, homeFileInPython, type ServiceHome } from './service-home.ts'

/** A job as a program that uses `cloudconvert` of PyPI. It leaves the files in `files/`. */
export function copyJobAsPython(job: CopiedJob, home: ServiceHome): string {
  const { uploads } = job
  return `# ${describeJob(job)}, as a job. Run it while the service runs:
#   pip install cloudconvert
#   . ${homeFile(home, 'jobs.env')} && python3 job.py
import os
import sys

# What the client trusts, and what it downloads with.
os.environ['REQUESTS_CA_BUNDLE'] = os.environ['SSL_CERT_FILE'] = ${homeFileInPython(home, 'ca.pem')}
import cloudconvert

service = os.environ['CLOUDCONVERT_API_URL'].rsplit('/', 1)[0]
cloudconvert.configure(
    api_key=os.environ['CLOUDCONVERT_API_KEY'],
    endpoint=service,
    sync_endpoint=service + '/.sync.api.cloudconvert.com',
)

job = cloudconvert.Job.create(payload=${printValue(bodyOf(job), PYTHON_NOTATION)})
if 'id' not in job:
    sys.exit(job)
${uploads.length === 0 ? '' : UPLOAD}${uploads
    .map(({ task, file }) => `upload(${quoteJs(task)}, ${quoteJs(file.path)})\n`)
    .join('')}
job = cloudconvert.Job.wait(id=job['id'])
os.makedirs('files', exist_ok=True)
names = set()
for task in job['tasks']:
    result = task['result'] or {}
    print(task['name'], task['status'], task['code'] or '', task['message'] or '', result.get('metadata', ''))
    if task['operation'] != 'export/url':
        continue
    for file in result.get('files', []):
        name = file['filename']
        if name in names:
            name = '%d-%s' % (len(names), name)
        names.add(name)
        if cloudconvert.download(url=file['url'], filename=os.path.join('files', name)) is None:
            sys.exit(1)
sys.exit(job['status'] != 'finished')
`
}

const UPLOAD = `

def upload(name, path):
    task = next(each for each in job['tasks'] if each['name'] == name)
    if not cloudconvert.Task.upload(file_name=path, task=task):
        sys.exit(path + ' could not be sent.')


`
