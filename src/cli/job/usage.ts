/** What `--help` prints. */
export const JOB_USAGE = `Usage: npm run job -- JOB.json [options]

Has a job done by the jobs API of a service that is started for it, or of one that runs, and downloads what its tasks
export/url bring.

  JOB.json            the job, as POST /v2/jobs takes it
  --input TASK=FILE   the file for the task import/upload of this name; each such task needs one
  --out DIR           where to put the files (default: the current folder)
  --out -             write the only file to the standard output
  --force             overwrite files that are there
  --quiet             print nothing but what is wrong
  --json              print the job as it ended, and where its files are, as JSON
  --url URL           use the service that runs there; that of CLOUDCONVERT_API_URL unless given
  --key KEY           the key for it; that of CLOUDCONVERT_API_KEY, or of jobs.env in DARKROOM_HOME, unless given
  --help              print this

Exit status: 0 when the job has finished, 1 when it failed, 2 for a mistake in the call or in the job.`
