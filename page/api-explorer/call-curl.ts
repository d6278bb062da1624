import { quoteBash } from '../copy-as/literals.ts'
import { assignHome, CALL, type ServiceHome } from '../copy-as/service-home.ts'
import type { ApiRequest } from './api-request.ts'

/**
 * A call as a snippet for a shell, which bash runs in any folder.
 *
 * @param request - its path begins with `/v2`
 * @param file - the name of the file that a form ends with
 */
export function copyCallAsCurl(
  { method, path, headers, body, form }: ApiRequest,
  home: ServiceHome,
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
    `call --include --no-fail-with-body --request ${method}`,
    '--header "Authorization: Bearer $CLOUDCONVERT_API_KEY"',
    ...others,
    ...sent,
    ...fields,
    `"$CLOUDCONVERT_API_URL"${quoteBash(path.replace(/^\/v2/, ''))}`,
  ]
  const call = words.join(' \\\n  ')
  return `bash <<'END'
# Run it while the service runs.
${assignHome(home)}
. "$home/jobs.env"
${CALL}
${body === undefined ? call : `${call} <<'JSON'\n${body}\nJSON`}
END
`
}
