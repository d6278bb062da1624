import {
  type CopiedFile,
  type CopiedRequest,
  describeRequest,
  fileOfText,
} from './copied-request.ts'
import { Expression, escapeHereDocument, printValue, quoteBash } from './literals.ts'

/**
 * A request as a snippet for a shell: whatever that is, bash runs it, since shells disagree on much and a failure must not
 * close the window. It works in the folder of the project while the service runs, with curl and node, and leaves the
 * renditions in `renditions/`.
 */
export function copyAsCurl(request: CopiedRequest): string {
  const { origin, source, files, renditions } = request
  return `bash <<'END'
# Makes ${describeRequest(request)}. Run it in the folder of the project while the service runs.
# It takes curl, and node to read JSON.
set -euo pipefail
service=${quoteBash(origin)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/created" renditions
call() { curl --silent --show-error --fail-with-body --globoff --cacert .darkroom/ca.pem "$@"; }
value() { node -p "JSON.parse(fs.readFileSync(0, 'utf8')).$1"; }

# An access token for the credentials of the project.
credentials() {
  node -p "
    const { org, workspace } = JSON.parse(fs.readFileSync('.darkroom/console.json', 'utf8')).project
    const oauth = workspace.details.credentials[0].oauth_server_to_server
    $1"
}
token=$(credentials "new URLSearchParams({
  grant_type: 'client_credentials', client_id: oauth.client_id,
  client_secret: oauth.client_secrets[0], scope: oauth.scopes.join()
}).toString()" | call --data @- "$service/ims/token/v4" | value access_token)
headers=(
  --header "Authorization: Bearer $token"
  --header "x-api-key: $(credentials oauth.client_id)"
  --header "x-gw-ims-org-id: $(credentials org.ims_org_id)"
)

# Presigned URLs to read and write for an hour. The files are sent from where they are said to be here.
presign() {
  call "\${headers[@]}" --header 'Content-Type: application/json' \\
    --data "{\\"path\\": $1, \\"permissions\\": \\"rw\\", \\"expiresInSeconds\\": 3600}" \\
    "$service/storage/presign" | value url
}
${[
  ...(source === undefined ? [] : uploadLines('source', source, 'source')),
  ...files.flatMap((file, index) => uploadLines(`file${index}`, file, `files/${index}`)),
  ...renditions.map((_, index) => `target${index}=$(presign '"curl/renditions/${index}"')`),
].join('\n')}

# The request.
journal=$(call "\${headers[@]}" --request POST "$service/register" | value journal)
request=$(node -p 'crypto.randomUUID()')
call "\${headers[@]}" --header 'Content-Type: application/json' --header "x-request-id: $request" \\
  --data-binary @- "$service/process" <<JSON
${printBody(request)}
JSON
echo

# The journal tells what became of each rendition, and in its Link header where it goes on. A small one
# is in its event when the request asked for that.
next="$journal?latest=true"
left=${renditions.length}
while [ "$left" -gt 0 ]; do
  call "\${headers[@]}" --dump-header "$folder/headers" "$next" >"$folder/page"
  next=$(node -p "
    const [, link] = /<([^>]+)>; *rel=\\"next\\"/.exec(fs.readFileSync('$folder/headers', 'utf8'))
    new URL(link, '$journal').href")
  told=$(node -e '
    const [request, folder] = process.argv.slice(1)
    const page = fs.readFileSync(folder + "/page", "utf8")
    const events = (page === "" ? [] : JSON.parse(page).events).map(({ event }) => event)
    const own = events.filter(({ requestId }) => requestId === request)
    for (const { type, rendition, errorReason = "", errorMessage = "", data } of own) {
      console.error(rendition.name, type, errorReason, errorMessage)
      if (data) fs.writeFileSync("renditions/" + rendition.name, data.split(",")[1], "base64")
      else if (type === "rendition_created") fs.writeFileSync(folder + "/created/" + rendition.name, "")
    }
    console.log(own.length)' "$request" "$folder")
  left=$((left - told))
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
