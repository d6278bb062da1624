/** What `--help` prints. */
export const CONVERT_USAGE = `Usage: npm run convert -- FILE... --to FORMAT [options]
       npm run convert -- FILE MADE [options]

FILE is a file, a folder, of which all files are taken with those of the folders below it, a pattern in quotes such as "photos/**/*.jpg",
or - for the standard input.

Converts pictures, documents, video, audio and whatever else there is in docs/conversions.md by the jobs API of a service that is started for it, or of one that runs.

  --to FORMAT           the format to make, such as jpg, pdf, mp4 or docx; MADE has it as its extension
  --out DIR             where to put the files (default: the current folder); those of a folder stay in its folders
  --out -               write the only file to the standard output
  --force               overwrite files that are there
  --width N, --height N the size in pixels
  --fit FIT             how the size is meant: max, crop or scale
  --quality N           1 to 100, of formats that lose some
  --pages RANGE         pages of a document, such as 1-3,5; each becomes a file (default: all)
  --option NAME=VALUE   any other option of the operation "convert", such as crf=28 (may be repeated)
  --concurrency N       how many files are on their way at a time, 1 to 64 (default: 8)
  --quiet               print nothing but what is wrong
  --json                print the outcome as JSON
  --url URL             use the service that runs there; that of CLOUDCONVERT_API_URL unless given
  --key KEY             the key for it; that of CLOUDCONVERT_API_KEY, or of jobs.env in DARKROOM_HOME, unless given
  --help                print this

Exit status: 0 when all files were converted, 1 when one failed, 2 for a mistake in the call.`
