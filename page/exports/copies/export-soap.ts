import { escapeHereDocument } from '../../copy-as/literals.ts'
import { assignHome, CALL, type ServiceHome } from '../../copy-as/service-home.ts'
import { type CopiedExport, describeExport, UNDATED } from './copied-export.ts'

/** The version of the API whose namespace the message is in: the newest that has no beta. */
const NAMESPACE = `${UNDATED}/2014-04-03`

/** An element with a text, on a line of its own; nothing where there is none. */
function element(name: string, text: string | undefined, indent: string): string {
  return text === undefined
    ? ''
    : `${indent}<${name}>${escapeHereDocument(escapeText(text))}</${name}>\n`
}

/** XML has no room for other control characters than these three. */
function escapeText(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\P{Cc}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/**
 * An export as a message of SOAP with curl around it; bash runs it, whatever the shell is. User and password are those of the
 * environment, also where they have letters that XML has other words for.
 */
export function copyExportAsSoap(copied: CopiedExport, home: ServiceHome): string {
  const { name, company, handles, fmt, modifier, macro, emailSetting } = copied
  const deep = ' '.repeat(8)
  return `bash <<'END'
# ${describeExport(copied)}. Run it while the service runs; it takes curl.
set -euo pipefail
${assignHome(home)}
. "$home/scene7.env"
${CALL}
xml() { printf '%s' "$1" | sed 's/&/\\&amp;/g; s/</\\&lt;/g; s/>/\\&gt;/g'; }
call --header 'Content-Type: text/xml; charset=utf-8' --header 'SOAPAction: "submitJob"' \\
  --data-binary @- "\${SCENE7_WSDL%%/scene7/*}/scene7/services/IpsApiService" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">
  <soapenv:Header>
    <authHeader xmlns="${UNDATED}">
      <user>$(xml "$SCENE7_USER")</user>
      <password>$(xml "$SCENE7_PASSWORD")</password>
    </authHeader>
  </soapenv:Header>
  <soapenv:Body>
    <submitJobParam xmlns="${NAMESPACE}">
${element('companyHandle', `c|${company}`, ' '.repeat(6))}${element('jobName', name, ' '.repeat(6))}      <exportJob>
        <assetHandleArray>
${handles.map((handle) => element('items', handle, ' '.repeat(10))).join('')}        </assetHandleArray>
${element('fmt', fmt, deep)}${element('is_modifier', modifier, deep)}${element('macro', macro, deep)}${element('emailSetting', emailSetting, deep)}      </exportJob>
    </submitJobParam>
  </soapenv:Body>
</soapenv:Envelope>
XML
END
`
}
