import { JSON_LINES } from './bash-json.ts'
import { bodyOf, type CopiedJob, describeJob } from './copied-job.ts'
import { quoteBash } from './literals.ts'
import { assignHome, CALL, type ServiceHome } from './service-home.ts'

/**
 * A job as a snippet for a shell; bash runs it, whatever the shell is. It takes curl, and what every system with bash has besides; it
 * works in any folder that the files are in while the service runs, and leaves the files in `files/`.
 */
export function copyJobAsCurl(job: CopiedJob, home: ServiceHome): string {
  const { uploads } = job
  return `bash <<'END'
# ${describeJob(job)}, as a job. Run it while the service runs; it takes curl.
set -feuo pipefail
${assignHome(home)}
. "$home/jobs.env"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
${CALL}
${JSON_LINES}
printf 'header = "Authorization: Bearer %s"\\n' "$CLOUDCONVERT_API_KEY" >"$folder/identity"
api() { call --config "$folder/identity" "$@"; }

# The job.
api --header 'Content-Type: application/json' --data-binary @- "$CLOUDCONVERT_API_URL/jobs" >"$folder/job" <<'JSON' || {
${JSON.stringify(bodyOf(job), undefined, 2)}
JSON
  cat "$folder/job" >&2
  exit 1
}
json <"$folder/job" >"$folder/lines"
id=$(member .data.id)
${uploads.length === 0 ? '' : UPLOAD}${uploads
    .map(({ task, file }) => `upload ${quoteBash(task)} ${quoteBash(formFile(file.path))}\n`)
    .join('')}
# Once it has ended, it says what became of its tasks, and where the files are.
api "$CLOUDCONVERT_API_URL/jobs/$id/wait" | json >"$folder/lines"
mkdir -p files
touch "$folder/names"
at() { sed -n 's/^\\(\\.data\\.tasks\\[[0-9]*\\]'"$1"'\\)'$'\\t''.*/\\1/p' "$folder/lines"; }
for task in $(at '\\.name'); do
  task=\${task%.name}
  echo "$(member "$task.name") $(member "$task.status") $(member "$task.code" | grep -vx null) $(member "$task.message" | grep -vx null)" >&2
  path=$task.result.metadata. awk -F '\\t' 'index($1, ENVIRON["path"]) == 1 { print substr($1, length(ENVIRON["path"]) + 1) ": " $2 }' "$folder/lines" >&2
  [ "$(member "$task.operation")" = export/url ] || continue
  for file in $(at '\\.result\\.files\\[[0-9]*\\]\\.url' | grep -F "$task.result."); do
    name=$(member "\${file%.url}.filename")
    ! grep -Fqx -e "$name" "$folder/names" || name=$(wc -l <"$folder/names" | tr -d ' ')-$name
    printf '%s\\n' "$name" >>"$folder/names"
    call --output "files/$name" "$(member "$file")"
  done
done
[ "$(member .data.status)" = finished ]
END
`
}

const UPLOAD = `
# Each file is sent with the form of its task.
upload() {
  task=$(task=$1 awk -F '\\t' '
    $1 ~ /^\\.data\\.tasks\\[[0-9]+\\]\\.name$/ && $2 == ENVIRON["task"] { sub(/\\.name$/, "", $1); print $1 }
  ' "$folder/lines")
  prefix=$task.result.form.parameters.
  form=()
  while IFS=$'\\t' read -r path text; do
    case $path in "$prefix"*) form+=(--form-string "\${path#"$prefix"}=$text") ;; esac
  done <"$folder/lines"
  call "\${form[@]}" --form "$2" --output /dev/null --url "$(member "$task.result.form.url")"
}
`

/** A file as curl has it in a form, where quotes keep commas and semicolons from meaning something. */
function formFile(path: string): string {
  return `file=@"${path.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
