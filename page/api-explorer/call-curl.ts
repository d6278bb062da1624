import { quoteBash } from '../copy-as/literals.ts'
import type { ApiRequest } from './api-request.ts'

/**
 * A call as a snippet for a shell, which bash runs in the folder of the project.
 *
 * @param request - its path begins with `/v2`
 * @param file - the name of the file that a form ends with
 */
export function copyCallAsCurl(
  { method, path, headers, body, form }: ApiRequest,
  file = '<file>',
): string {
  const others = Object.entries(headers).map(
    ([name, value]) => `--header ${quoteBash(`${name}: ${value}`)}`,
  )
  const sent =
    body === undefined ? [] : ["--header 'Content-Type: application/json'", '--data-binary @-']
  const fields =
    form === undefined
      ? []
      : [
          ...Object.entries(form).map(
            ([name, value]) => `--form-string ${quoteBash(`${name}=${value}`)}`,
          ),
          `--form ${quoteBash(`file=@"${`./${file}`.replaceAll(/["\\]/g, String.raw`\$&`)}"`)}`,
        ]
  const words = [
    `curl --include --globoff --request ${method} --cacert "$NODE_EXTRA_CA_CERTS"`,
    '--header "Authorization: Bearer $CLOUDCONVERT_API_KEY"',
    ...others,
    ...sent,
    ...fields,
    `"$CLOUDCONVERT_API_URL"${quoteBash(path.replace(/^\/v2/, ''))}`,
  ]
  const call = words.join(' \\\n  ')
  return `bash <<'END'
# Run it in the folder of the project while the service runs.
. .darkroom/jobs.env
${body === undefined ? call : `${call} <<'JSON'\n${body}\nJSON`}
END
`
}
