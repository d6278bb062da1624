import { PYTHON_NOTATION, printValue, quoteJs } from '../../copy-as/literals.ts'
import { homeFile, homeFileInPython, type ServiceHome } from '../../copy-as/service-home.ts'
import { type CopiedExport, describeExport, UNDATED } from './copied-export.ts'

/** An export as a program that uses `zeep` of PyPI. It prints the log, whose last line has the address of the ZIP. */
export function copyExportAsPython(copied: CopiedExport, home: ServiceHome): string {
  const { name, company, handles, fmt, modifier, macro, emailSetting } = copied
  const exportJob = {
    assetHandleArray: { items: handles },
    fmt,
    ...(modifier !== undefined && { is_modifier: modifier }),
    ...(macro !== undefined && { macro }),
    emailSetting,
  }
  return `# ${describeExport(copied)}. Run it while the service runs:
#   pip install zeep
#   . ${homeFile(home, 'scene7.env')} && python3 export.py
import os
import sys
import time

# The certificate of the service.
os.environ['REQUESTS_CA_BUNDLE'] = ${homeFileInPython(home, 'ca.pem')}
import zeep

client = zeep.Client(os.environ['SCENE7_WSDL'])
header = client.get_element('{${UNDATED}}authHeader')(
    user=os.environ['SCENE7_USER'], password=os.environ['SCENE7_PASSWORD'])
company = ${quoteJs(`c|${company}`)}

job = client.service.submitJob(
  companyHandle=company,
  jobName=${quoteJs(name)},
  exportJob=${printValue(exportJob, PYTHON_NOTATION, '  ')},
  _soapheaders=[header],
)
print(job)

# Its log is there once it has ended.
while True:
    logs = client.service.getJobLogDetails(companyHandle=company, jobHandle=job, _soapheaders=[header])
    if logs:
        break
    time.sleep(1)
for line in logs[0]['detailArray']['items']:
    print(line['logType'], line['logMessage'])
sys.exit(logs[0]['fatalError'])
`
}
