import { bodyOf, type CopiedJob, describeJob } from './copied-job.ts'
import { quoteBash } from './literals.ts'

/**
 * A job as a snippet for a shell; bash runs it, whatever the shell is. It works in the folder of the project while the service
 * runs, with curl and node, and leaves the files in `files/`.
 */
export function copyJobAsCurl(job: CopiedJob): string {
  const { uploads } = job
  return `bash <<'END'
# ${describeJob(job)}, as a job. Run it in the folder of the project while the service runs.
# It takes curl, and node to read JSON.
set -euo pipefail
. .darkroom/jobs.env
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
call() { curl --silent --show-error --fail-with-body --globoff --cacert "$NODE_EXTRA_CA_CERTS" "$@"; }
api() { call --header "Authorization: Bearer $CLOUDCONVERT_API_KEY" "$@"; }

# The job.
api --header 'Content-Type: application/json' --data-binary @- "$CLOUDCONVERT_API_URL/jobs" >"$folder/job" <<'JSON' || {
${JSON.stringify(bodyOf(job), undefined, 2)}
JSON
  cat "$folder/job" >&2
  exit 1
}
id=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1])).data.id' "$folder/job")
${uploads.length === 0 ? '' : UPLOAD}${uploads
  .map(({ task, file }) => `upload ${quoteBash(task)} ${quoteBash(formFile(file.path))}\n`)
  .join('')}
# Once it has ended, it says what became of its tasks, and where the files are.
api "$CLOUDCONVERT_API_URL/jobs/$id/wait" >"$folder/job"
node -e '
  const { tasks } = JSON.parse(fs.readFileSync(process.argv[1])).data
  const names = new Set()
  for (const { name, operation, status, code, message, result } of tasks) {
    console.error([name, status, code, message].filter(Boolean).join(" "))
    if (result?.metadata) console.error(JSON.stringify(result.metadata, undefined, 2))
    if (operation !== "export/url") continue
    for (const { filename, url } of result?.files ?? []) {
      const own = names.has(filename) ? names.size + "-" + filename : filename
      names.add(own)
      console.log(url + "\\n" + own)
    }
  }' "$folder/job" >"$folder/files"
mkdir -p files
while IFS= read -r url && IFS= read -r name; do
  call --output "files/$name" "$url"
done <"$folder/files"
node -e 'process.exitCode = JSON.parse(fs.readFileSync(process.argv[1])).data.status === "finished" ? 0 : 1' "$folder/job"
END
`
}

const UPLOAD = `
# Each file is sent with the form of its task.
upload() {
  form=()
  while IFS= read -r word; do form+=("$word"); done < <(node -e '
    const { tasks } = JSON.parse(fs.readFileSync(process.argv[1])).data
    const { url, parameters } = tasks.find(({ name }) => name === process.argv[2]).result.form
    for (const [name, value] of Object.entries(parameters)) console.log("--form-string\\n" + name + "=" + value)
    console.log("--url\\n" + url)' "$folder/job" "$1")
  call "\${form[@]}" --form "$2" --output /dev/null
}
`

/** A file as curl has it in a form, where quotes keep commas and semicolons from meaning something. */
function formFile(path: string): string {
  return `file=@"${path.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
