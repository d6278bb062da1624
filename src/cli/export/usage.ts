/** What `npm run export -- --help` prints. */
export const EXPORT_USAGE = `Usage: npm run export -- ASSETS… --out DIR [--macro '$NAME$'] [--modifier COMMANDS] [options]
       npm run export -- --files FILES… --out DIR [--macro '$NAME$'] [--modifier COMMANDS] [options]

Exports assets of a service that runs, as exportJob of IPS does: as they are, or as pictures of Image Serving. ASSETS are names,
patterns of names in quotes such as "shoe*", and folders such as summer/. With --files they are files, folders and patterns of this
machine, or - for the standard input, exported by a service that is started for it.

  --out DIR            where to put the files (default: the current folder)
  --out -              write the only file to the standard output
  --macro '$NAME$'     the image format to convert to, such as '$web$'; that of the service that runs
  --modifier COMMANDS  commands of Image Serving, such as "wid=800&fmt=webp"; the macro wins where both say something
  --fmt FMT            orig or convert (default: convert when there is a macro or a modifier, else orig)
  --name NAME          the name of the job
  --force              overwrite files that are there
  --quiet              print nothing but what is wrong
  --json               print the outcome as JSON
  --company COMPANY    whose assets they are; that of scene7.env unless given
  --url URL            the service; that of the state folder unless given
  --help               print this

User and password are those of scene7.env in the state folder (DARKROOM_HOME).

Exit status: 0 when all was exported; 1 when something could not be, or no service answers; 2 for a mistake in the call.`
