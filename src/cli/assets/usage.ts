/** What `npm run assets -- --help` prints. */
export const ASSETS_USAGE = `Usage: npm run assets -- add FILES… [--folder FOLDER] [--company COMPANY] [--url URL]
       npm run assets -- list [--folder FOLDER] [--company COMPANY] [--url URL]
       npm run assets -- remove NAMES… [--company COMPANY] [--url URL]

Assets of Image Serving in a service that runs: /is/image/COMPANY/NAME?wid=800 shows one. FILES may be folders, of which
everything that is not hidden is uploaded with its folders, and patterns in quotes such as "photos/**/*.jpg". A file is called
by its name without the extension; one of the same name is replaced.

  --folder FOLDER    the folder of the company that files go to, or that is listed with those below it
  --company COMPANY  whose assets they are; that of scene7.env unless given
  --url URL          the service; that of the state folder unless given
  --json             print JSON: the assets that are listed, or what became of each
  --help             print this

User and password are those of scene7.env in the state folder (DARKROOM_HOME).

Exit status: 0 when all was done; 1 when something could not be, or no service answers; 2 for a mistake in the call.`
