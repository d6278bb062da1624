import { JSON_LINES } from './bash-json.ts'
import {
  type CopiedFile,
  type CopiedRequest,
  describeRequest,
  fileOfText,
} from './copied-request.ts'
import { Expression, escapeHereDocument, printValue, quoteBash } from './literals.ts'
import { assignHome, CALL, type ServiceHome } from './service-home.ts'

/**
 * A request as a snippet for a shell: whatever that is, bash runs it, since shells disagree on much and a failure must not
 * close the window. It takes curl, and what every system with bash has besides; it works in any folder that the files are in while the
 * service runs, and leaves the renditions in `renditions/`.
 */
export function copyAsCurl(request: CopiedRequest, home: ServiceHome): string {
  const { origin, source, files, renditions } = request
  return `bash <<'END'
# Makes ${describeRequest(request)}. Run it while the service runs; it takes curl.
set -feuo pipefail
service=${quoteBash(origin)}
${assignHome(home)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/created" renditions
${CALL}
${JSON_LINES}

# An access token for the credentials of the project, which is in no arguments of a program.
credential() { value "$1" <"$home/console.json"; }
token=$(printf 'grant_type=client_credentials&client_id=%s&client_secret=%s' \\
  "$(credential .CLIENT_ID)" "$(credential '.CLIENT_SECRETS[0]')" |
  call --data @- "$service/ims/token/v4" | value .access_token)
cat >"$folder/identity" <<IDENTITY
header = "Authorization: Bearer $token"
header = "x-api-key: $(credential .CLIENT_ID)"
header = "x-gw-ims-org-id: $(credential .ORG_ID)"
IDENTITY
api() { call --config "$folder/identity" "$@"; }

# Presigned URLs to read and write for an hour. The files are sent from where they are said to be here.
presign() {
  api --header 'Content-Type: application/json' \\
    --data "{\\"path\\": $1, \\"permissions\\": \\"rw\\", \\"expiresInSeconds\\": 3600}" \\
    "$service/storage/presign" | value .url
}
${[
  ...(source === undefined ? [] : uploadLines('source', source, 'source')),
  ...files.flatMap((file, index) => uploadLines(`file${index}`, file, `files/${index}`)),
  ...renditions.map((_, index) => `target${index}=$(presign '"curl/renditions/${index}"')`),
].join('\n')}

# The journal, from here on: its Link header says where it goes on.
read_journal() {
  api --dump-header "$folder/headers" "$1" | json >"$folder/lines"
  next=$service$(sed -n 's/^[Ll]ink: <\\([^>]*\\)>; rel="next".*/\\1/p' "$folder/headers")
}
journal=$(api --request POST "$service/register" | value .journal)
read_journal "$journal?latest=true"

# The request.
api --header 'Content-Type: application/json' --data-binary @- "$service/process" \\
  >"$folder/accepted" <<JSON || { cat "$folder/accepted" >&2; exit 1; }
${printBody(request)}
JSON
cat "$folder/accepted"
echo
request=$(value .requestId <"$folder/accepted")

# The journal tells what became of each rendition. A small one is in its event when the request asked for that.
own() {
  request=$request awk -F '\\t' '
    $1 ~ /^\\.events\\[[0-9]+\\]\\.event\\.requestId$/ && $2 == ENVIRON["request"] { sub(/\\.requestId$/, "", $1); print $1 }
  ' "$folder/lines"
}
left=${renditions.length}
while [ "$left" -gt 0 ]; do
  read_journal "$next"
  for event in $(own); do
    name=$(member "$event.rendition.name")
    type=$(member "$event.type")
    data=$(member "$event.data")
    echo "$name $type $(member "$event.errorReason") $(member "$event.errorMessage")" >&2
    if [ -n "$data" ]; then printf '%s' "\${data#*,}" | base64 --decode >"renditions/$name"
    elif [ "$type" = rendition_created ]; then touch "$folder/created/$name"; fi
    left=$((left - 1))
  done
done

# The others are where they were put.
save() { [ ! -e "$folder/created/$2" ] || call --output "renditions/$2" "$1"; }
${renditions.map(({ name }, index) => `save "$target${index}" ${quoteBash(name)}`).join('\n')}
END
`
}

function uploadLines(name: string, file: CopiedFile, key: string): string[] {
  return [
    `${name}=$(presign ${quoteBash(JSON.stringify(`curl/${key}/${file.name}`))})`,
    `call --upload-file ${quoteBash(file.path)} "$${name}"`,
  ]
}

function printBody({ source, files, renditions }: CopiedRequest): string {
  const body = {
    ...(source && { source: { url: variable('source'), name: source.name } }),
    renditions: renditions.map((rendition, index) => ({
      ...rendition,
      target: variable(`target${index}`),
    })),
  }
  return printValue(body, {
    text(text) {
      const file = fileOfText(files, text)
      return file === undefined ? quoteHereJson(text) : variable(`file${file}`).code
    },
    key: quoteHereJson,
    padding: '',
    trailingComma: false,
  })
}

/** A text of JSON that is the value of a variable. */
function variable(name: string): Expression {
  return new Expression(`"$${name}"`)
}

function quoteHereJson(text: string): string {
  return escapeHereDocument(JSON.stringify(text))
}
