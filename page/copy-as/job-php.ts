import { type CopiedJob, type CopiedTask, describeJob } from './copied-job.ts'
import { PHP_NOTATION, printValue, quotePhp } from './literals.ts'
import { homeFile, type ServiceHome } from './service-home.ts'

/** What the client's `Job` can be told besides its tasks. */
const SETTERS: Readonly<Record<string, string>> = { tag: 'setTag', webhook_url: 'setWebhookUrl' }

/** A job as a program that uses `cloudconvert/cloudconvert-php`. It leaves the files in `files/`. */
export function copyJobAsPhp(job: CopiedJob, home: ServiceHome): string {
  const { tasks, others, uploads } = job
  const set = Object.entries(others).flatMap(([name, value]) => {
    const { [name]: setter } = SETTERS
    return setter === undefined ? [] : [`\n    ->${setter}(${printValue(value, PHP_NOTATION)})`]
  })
  return `<?php
// ${describeJob(job).replaceAll('?>', '? >')}, as a job. Run it while the service runs:
//   composer require cloudconvert/cloudconvert-php guzzlehttp/guzzle
//   . ${homeFile(home, 'jobs.env')} && php -d curl.cainfo=${homeFile(home, 'ca.pem')} job.php
require 'vendor/autoload.php';

use CloudConvert\\CloudConvert;
use CloudConvert\\Models\\Job;
use CloudConvert\\Models\\Task;

$cloudconvert = new CloudConvert([
  'api_key' => getenv('CLOUDCONVERT_API_KEY'),
  'region' => getenv('CLOUDCONVERT_REGION'),
]);

$job = (new Job())${set.join('')}${tasks.map((task) => `\n    ->addTask(${printTask(task)})`).join('')};
$cloudconvert->jobs()->create($job);
${uploads.length === 0 ? '' : UPLOAD}${uploads
    .map(
      ({ task, file }) =>
        `$upload(${quotePhp(task)}, ${quotePhp(file.path)}, ${quotePhp(file.name)});\n`,
    )
    .join('')}
$cloudconvert->jobs()->wait($job);
foreach ($job->getTasks() as $task) {
  echo implode(' ', [$task->getName(), $task->getStatus(), $task->getCode(), $task->getMessage()]), "\\n";
  if (isset($task->getResult()->metadata)) print_r($task->getResult()->metadata);
}
if (!is_dir('files')) mkdir('files');
$names = [];
foreach ($job->getExportUrls() as $file) {
  $name = in_array($file->filename, $names) ? count($names) . '-' . $file->filename : $file->filename;
  $names[] = $name;
  $content = $cloudconvert->getHttpTransport()->download($file->url)->detach();
  stream_copy_to_stream($content, fopen("files/$name", 'w'));
}
exit($job->getStatus() === Job::STATUS_FINISHED ? 0 : 1);
`
}

const UPLOAD = `
$upload = function (string $name, string $path, string $filename) use ($cloudconvert, $job) {
  $task = $job->getTasks()->whereName($name)[0];
  $cloudconvert->tasks()->upload($task, fopen($path, 'r'), $filename);
};
`

function printTask({ name, operation, options }: CopiedTask): string {
  const set = Object.entries(options).map(
    ([option, value]) =>
      `\n        ->set(${quotePhp(option)}, ${printValue(value, PHP_NOTATION, '        ')})`,
  )
  return `(new Task(${quotePhp(operation)}, ${quotePhp(name)}))${set.join('')}`
}
