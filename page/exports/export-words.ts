import type {
  ExportDeed,
  ExportMail,
  WishedExport,
} from '../../src/doors/page/exports/export-shapes.ts'
import type { Work, WorkState } from '../../src/doors/page/work/work-shapes.ts'
import { formatDateTime, formatNumber } from '../strings.ts'

function countOf(count: number): string {
  return `${formatNumber(count)} ${count === 1 ? 'asset' : 'assets'}`
}

/** Every word that the views of exports say, in English. */
export const exportWords = {
  states: {
    waiting: 'Waiting',
    paused: 'Paused',
    scheduled: 'Scheduled',
    running: 'Running',
    done: 'Done',
    problems: 'Done, with problems',
    failed: 'Failed',
    stopped: 'Stopped',
  } satisfies Record<WorkState, string>,
  list: {
    title: 'Exports',
    lead: 'Jobs of Scene7’s Image Production System that put assets into a ZIP: those that programs have submitted by SOAP, and those of this page.',
    newExport: 'New export',
    name: 'Exports, newest first',
    loading: 'Asking for the exports…',
    failed: 'The exports could not be read',
    again: 'Try again',
    more: 'Show older ones',
    empty: 'There are no exports yet.',
    invitation:
      'An export takes assets of the catalogue, as they are or as pictures of Image Serving, and makes one ZIP of them, which can be downloaded for seven days.',
    shown: (count: number, more: boolean) =>
      `${formatNumber(count)} ${count === 1 ? 'export' : 'exports'}${more ? ', and older ones' : ''}`,
    counts: ({ total, done, failed }: Pick<Work, 'total' | 'done' | 'failed'>) =>
      [
        total === done ? countOf(total) : `${formatNumber(done)} of ${countOf(total)}`,
        ...(failed > 0 ? [`${formatNumber(failed)} with problems`] : []),
      ].join(', '),
    download: 'Download ZIP',
    of: (name: string) => `of ${name}`,
    expired: 'The ZIP has expired',
  },
  job: {
    loading: 'Asking for the export…',
    missing: 'This export is not here',
    actions: 'What can be done with this export',
    deeds: {
      stop: 'Stop',
      pause: 'Pause',
      resume: 'Resume',
      begin: 'Begin now',
    } satisfies Record<ExportDeed, string>,
    again: 'Open as a new export',
    delete: 'Delete…',
    confirmDelete: {
      title: 'Delete this export?',
      text: 'Its log and its ZIP are deleted, and what runs is stopped. The assets stay.',
      confirm: 'Delete',
    },
    progress: 'How far the export is',
    progressOf: (done: number, total: number) => `${formatNumber(done)} of ${countOf(total)} done`,
    waits: 'It waits: exports run one after the other.',
    paused:
      'It is paused. What it has made is kept, and it goes on with the rest when it is resumed.',
    scheduled: (time: number) => `It begins at ${formatDateTime(time)}.`,
    submitted: 'Submitted',
    by: 'By',
    took: 'Took',
    company: 'Company',
    files: 'Files',
    original: 'As they are',
    commands: 'Commands',
    mail: 'Mail',
    number: 'Handle',
    zip: 'ZIP',
    until: (time: number) => `It can be downloaded until ${formatDateTime(time)}.`,
    expired: (time: number) =>
      `It could be downloaded until ${formatDateTime(time)}, and is deleted. Open this as a new export to have it made once more.`,
    noZip: {
      open: 'It comes when the export is done.',
      failed: 'There is none, since the export failed; the log says why.',
    },
    log: 'Log',
    logLabel: 'Lines of the log',
    logLines: {
      short: 'Problems only',
      all: 'All lines',
      noneShort: 'Nothing went wrong.',
    },
    noLines: 'Nothing is logged yet.',
    earlier: (count: number) =>
      `${formatNumber(count)} earlier ${count === 1 ? 'line is' : 'lines are'} not shown; getJobLogDetails tells them.`,
    assets: (count: number) => `Assets (${formatNumber(count)})`,
    goneAsset: (name: string) => `${name}, which is not there any more`,
    parts: {
      waiting: 'Waiting',
      scheduled: 'Waiting',
      paused: 'Waiting',
      running: 'Running',
      done: 'Exported',
      problems: 'Left out',
      failed: 'Failed',
      stopped: 'Not reached',
    } satisfies Record<WorkState, string>,
    timings: 'Timings',
    whole: 'All of it',
    timedAsset: 'Asset',
    timingsCaption: 'How long each asset took, and when it began after the export was submitted',
  },
  /** What a line of the log tells, by its type in IPS; others are told by their type. */
  lines: {
    FileEnd: 'Exported',
    GetFailure: 'Failed',
    FileCancel: 'Left out',
    FatalError: 'Ended',
    EndGet: 'Done',
  } as Readonly<Record<string, string>>,
  mails: {
    title: 'Mail',
    wanted: (wish: string) => `Wanted: ${wish}.`,
    subject: 'Subject',
    to: 'To',
    text: 'Text',
    html: 'As a mail program shows it',
    frame: 'The mail',
    links: 'Links do nothing in here.',
    places: {
      file: 'It is a file in the folder mail of the state folder: there is no mail server, or the user has no address.',
      server: 'It was sent by the mail server.',
      nowhere:
        'It was written into the folder mail of the state folder, and is not there any more.',
      later: 'How the export ends says whether a mail is sent.',
      due: 'It is on its way. What the mail server does not take is tried again every hour.',
      unwanted: 'None is sent.',
    } satisfies Record<ExportMail['place'], string>,
    sentTo: (to: string) => `It was sent to ${to} by the mail server.`,
  },
  wishes: {
    None: 'Never (None)',
    All: 'Whenever it ends (All)',
    JobCompletion: 'Whenever it ends (JobCompletion)',
    Error: 'When something failed (Error)',
    ErrorAndWarning: 'When something failed or was left out (ErrorAndWarning)',
  } satisfies Record<WishedExport['emailSetting'], string>,
  draft: {
    title: 'New export',
    lead: 'Pick assets, say what becomes of them, and look at the files before they are made.',
    assets: 'Assets',
    picked: (count: number) => `${formatNumber(count)} picked`,
    nonePicked: 'None is picked yet: tick some below.',
    pickedList: 'Picked assets',
    remove: (name: string) => `Take out ${name}`,
    removeAll: 'Take out all',
    otherCompany: (picked: string, shown: string) =>
      `The picked assets are of ${picked}. An export has assets of one company: picking one of ${shown} takes those out.`,
    pickShown: (count: number) => `Pick all ${formatNumber(count)} shown`,
    catalogue: 'Catalogue to pick from',
    files: 'Files',
    formats: { orig: 'As they are', convert: 'As pictures of Image Serving' },
    preset: 'Preset',
    noPreset: 'None',
    presetAbout: 'What it says comes behind the commands below, and what comes last wins.',
    commands: 'Commands',
    preview: 'Preview',
    previewLate: 'Looking what it will be…',
    previewEmpty: 'The first files are shown here as soon as there are assets and commands.',
    previewRest: (count: number) => `And ${formatNumber(count)} more.`,
    entries: 'Files of the ZIP',
    size: (width: number, height: number) =>
      `${formatNumber(width)} × ${formatNumber(height)} pixels`,
    pages: (count: number) => `the first of ${formatNumber(count)} pages`,
    original: 'As it is',
    job: 'Job',
    name: 'Name',
    suggested: (first: string, more: number) =>
      more === 0 ? first : `${first} and ${formatNumber(more)} more`,
    mail: 'Mail',
    submit: 'Export',
    submitting: 'Submitting…',
    noAssets: 'Pick an asset first.',
    noCommands: 'Choose a preset, or write a command such as fmt=png.',
    noName: 'Give the job a name.',
  },
  copies: {
    soap: {
      button: 'SOAP',
      title: 'The export by SOAP',
      about:
        'A message of SOAP 1.1 that curl sends. The credentials come from scene7.env in the state folder; run it while the service runs.',
    },
    python: {
      button: 'Python (zeep)',
      title: 'The export as a Python program',
      about:
        'It submits the export with zeep, waits for its end and prints its log. The credentials come from scene7.env in the state folder; run it while the service runs.',
    },
  },
} as const
