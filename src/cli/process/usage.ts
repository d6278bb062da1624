/** What `--help` prints. */
export const PROCESS_USAGE = `Usage: npm run process -- SOURCE... [options]

Makes renditions of pictures and documents with a service that is started for it, or with one that runs. SOURCE is a file, a folder,
of which all pictures, documents and videos are taken with those of the folders below it, a pattern in quotes such as
"photos/**/*.jpg", or - for the standard input.

  --rendition KEY=VALUE,...  a rendition to make, such as name=thumb.webp,fmt=webp,width=200
                             (may be repeated)
  --profile aem              the six renditions that AEM makes of every asset; the default
  --profile FILE.json        the renditions to make, as an array or as {"renditions": [...]}
  --out DIR                  where to put the files (default: renditions); of several sources each has a folder in there
  --out -                    write the only rendition of the only source to the standard output
  --concurrency N            how many sources are on their way at a time, 1 to 64 (default: 8)
  --quiet                    print nothing but what is wrong
  --json                     print the outcome as JSON
  --url URL                  use the service that runs there, with the credentials in DARKROOM_HOME
  --help                     print this

Exit status: 0 when all renditions were made, 1 when one failed, 2 for a mistake in the call. What has been made when the command is
interrupted is there; no file is half written.`
