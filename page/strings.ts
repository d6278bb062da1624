import type { KeptObjects } from '../src/doors/page/api.ts'

/** Every word that the page says, in English; each view has its section. Those of jobs are loaded with their views. */

const number = new Intl.NumberFormat('en')

const DAY_MS = 24 * 60 * 60 * 1000

const dateTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' })

/** A number with its thousands apart, such as `12,345`. */
export function formatNumber(value: number): string {
  return number.format(value)
}

/** A date and time of the day, such as `Nov 21, 2026, 7:50:12 PM`. */
export function formatDateTime(milliseconds: number): string {
  return dateTime.format(milliseconds)
}

const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

/** A date, such as `Nov 21, 2026`. */
export function formatDate(milliseconds: number): string {
  return date.format(milliseconds)
}

const clock = new Intl.DateTimeFormat('en', {
  hourCycle: 'h23',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

/** A time of the day to the millisecond, such as `19:50:12.084`. */
export function formatClock(milliseconds: number): string {
  return clock.format(milliseconds)
}

/** A number of bytes, such as `1,985 bytes` or `4.2 MB` (of 1000 × 1000). */
export function formatBytes(bytes: number): string {
  if (bytes < 10_000) return `${number.format(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`
  if (bytes < 1e6) return `${number.format(Math.round(bytes / 1000))} kB`
  return `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`
}

/** A time span, such as `87 ms` or `1.24 s`. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(2)} s`
}

function countOfCases(count: number): string {
  return `${number.format(count)} ${count === 1 ? 'test case' : 'test cases'}`
}

/** An enlargement, such as `38 %`. */
export function formatPercent(ratio: number): string {
  return `${number.format(Math.round(ratio * 100))} %`
}

export const strings = {
  app: {
    loading: 'Loading the view…',
    title: 'Darkroom',
    skip: 'Skip to content',
    navigation: 'Views',
    way: 'Where you are',
    docs: 'Docs',
    run: 'Run',
    history: 'History',
    jobs: 'Jobs',
    cases: 'Test cases',
    actions: 'Actions',
    compose: 'New job',
    images: 'Images',
    image: 'URL lab',
    presets: 'Presets',
    exports: 'Exports',
    newExport: 'New export',
    api: 'API',
    signOut: 'Sign out',
    offline: 'The service does not answer. This page goes on as soon as it is back.',
    answered: (status: number) => `The service answered ${status}.`,
  },
  standing: {
    version: (version: string) => `v${version}`,
    ready: 'Ready',
    unwell: 'Not ready',
    away: 'Does not answer',
    signedIn: 'Signed in as',
  },
  run: {
    title: 'Run',
    sources: 'Sources',
    renditions: 'Renditions',
    run: 'Run',
    keys: 'Ctrl + Enter, or ⌘ Enter',
    /** Why a run cannot be sent. */
    hindrances: {
      uploading: 'The sources are still on their way to the service.',
      offline: 'The service does not answer.',
      unreadable: 'The renditions are not right yet.',
      renditions: 'Add a rendition first.',
      source: 'Add a source first.',
    },
  },
  sources: {
    drop: 'Drop files anywhere here, or paste them',
    dropNow: 'Let go to add the files',
    choose: 'Choose files…',
    samples: 'Samples',
    addSample: (name: string) => `Add the sample ${name}`,
    chosen: 'Chosen sources',
    uploading: 'on its way…',
    remove: (name: string) => `Remove ${name}`,
    removeAll: 'Remove all',
    showAll: (count: number) => `Show all ${number.format(count)}`,
    showFewer: 'Show fewer',
    folders: (names: readonly string[]) =>
      `${names.length === 1 ? `“${names[0]}” is a folder` : `${names.map((name) => `“${name}”`).join(', ')} are folders`}; only files can be sources. Drop the files in it.`,
  },
  profiles: {
    label: 'Profile',
    none: 'None',
    changed: 'Changed',
    reset: 'Undo changes',
    saveAs: 'Save as profile…',
    delete: 'Delete…',
    saveTitle: 'Save as profile',
    name: 'Name',
    save: 'Save',
    replaceTitle: 'Replace the profile?',
    replaceQuestion: (name: string) =>
      `There is a profile “${name}” already. Its renditions will be replaced by these.`,
    replace: 'Replace',
    deleteTitle: 'Delete the profile?',
    deleteQuestion: (name: string) =>
      `The profile “${name}” will be gone. The renditions stay in the editor.`,
    deleteConfirm: 'Delete',
    needName: 'Give it a name.',
    builtIn: (name: string) => `“${name}” comes with the service. Take another name.`,
  },
  results: {
    title: 'Latest run',
    loading: 'Loading…',
    states: {
      queued: 'Queued',
      running: 'Running',
      created: 'Created',
      failed: 'Failed',
      stopped: 'Stopped',
    },
    toldAbove: (count: number) =>
      `${number.format(count)} failed as others did, which is told above.`,
    unnamed: (position: number) => `Rendition ${position}`,
    noSource: 'Without a source',
    files: (first: string, more: number) =>
      more === 0 ? first : `${first} and ${number.format(more)} more`,
    pixels: (width: number, height: number) => `${number.format(width)} × ${number.format(height)}`,
    entries: (count: number) => (count === 1 ? '1 entry' : `${number.format(count)} entries`),
    edited: (name: string) => `Sources and renditions are those of ${name} now.`,
    notShown: 'No preview',
    emptyFile: 'Empty',
    stoppedBefore: 'Stopped before its end',
    download: 'Download',
    downloadNamed: (name: string) => `Download ${name}`,
    downloadAll: 'Download all',
    runAgain: 'Run again',
    edit: 'Edit',
    actionsOf: (name: string) => `What can be done with the request for ${name}`,
    created: (count: number) => `${number.format(count)} created`,
    failed: (count: number) => `${number.format(count)} failed`,
    stopped: (count: number) => `${number.format(count)} stopped`,
    pending: (count: number) => `${number.format(count)} to come`,
    ended: (summary: string) => `The run has ended: ${summary}.`,
  },
  /** A run as a whole. */
  wholeRun: {
    title: 'Run',
    loading: 'Loading the run…',
    missing: 'This run cannot be shown',
    removed: 'It was deleted from the history.',
    sources: (count: number) => `${number.format(count)} ${count === 1 ? 'source' : 'sources'}`,
    summary: (sources: string, rest: string) => `${sources}: ${rest}`,
    progress: 'Renditions that have ended',
    sending: 'It is being sent…',
    stop: 'Stop',
    stopping: 'It is being stopped…',
    failedOnly: 'Failed only',
    alike: (reason: string, count: number) => `${reason}: ${number.format(count)} times`,
    renditions: (count: number) => `${number.format(count)} renditions`,
    alikeNames: 'Renditions that failed alike',
    shared: 'What failed alike',
    ofSources: (count: number) => `of ${number.format(count)} sources`,
    alikeSources: 'Sources of which it failed',
    more: (count: number) =>
      `Show ${count === 1 ? 'the last one' : `the other ${number.format(count)}`}`,
    unnamedReason: 'No reason given',
    actions: 'What can be done with the run',
    part: (ended: number, total: number) =>
      `${number.format(ended)} of ${number.format(total)} renditions`,
  },
  firstRun: {
    title: 'Three steps to the first renditions',
    source: 'Drop a file anywhere, or choose one of the samples.',
    renditions: 'Say what is to be made of it: a profile, or renditions of your own.',
    run: 'Press Run. The renditions appear here as they are made.',
    done: '(done)',
    or: 'Or see it at once:',
    runSample: (name: string) => `Run the sample ${name}`,
  },
  request: {
    loading: 'Loading the request…',
    missing: 'This request cannot be shown',
    toHistory: 'To the history',
  },
  history: {
    title: 'History',
    loading: 'Loading the history…',
    empty: 'No requests yet',
    invitation:
      'What you run is listed here, and stays when the page or the service is started anew.',
    toRun: 'Run something',
    failed: 'The history cannot be read',
    again: 'Try again',
    list: 'Runs, newest first',
    now: 'just now',
    search: 'Search the history',
    states: 'Shown runs',
    all: 'All',
    /** What has become of a run. */
    outcomes: {
      pending: 'Under way',
      created: 'Created',
      failed: 'With failures',
      stopped: 'Stopped',
    },
    shown: (shown: number, total: number) =>
      shown === total
        ? `${number.format(total)} ${total === 1 ? 'run' : 'runs'}`
        : `${number.format(shown)} of ${number.format(total)} runs`,
    noneShown: 'No run is like that.',
    showAll: 'Show all',
    found: 'Found in',
    foundMore: (count: number) => `and ${number.format(count)} more`,
    more: 'Load more',
    delete: (name: string) => `Delete the run of ${name}`,
    deleteTitle: 'Delete the run?',
    deleteQuestion: (name: string, isUnderWay: boolean) =>
      `${isUnderWay ? 'What of it is under way is stopped, and the' : 'The'} run of ${name} will be gone from the history.`,
    deleteConfirm: 'Delete',
    deleted: (name: string) => `The run of ${name} is gone.`,
  },
  cases: {
    title: 'Test cases',
    loading: 'Reading the test cases…',
    none: 'This project has no test cases yet.',
    howToWrite:
      'Save one from a rendition of a request, or write a folder test/asset-compute/ACTION/NAME/ with a source, params.json and the expected rendition: docs/write-a-worker.md tells how.',
    search: 'Search test cases',
    states: 'Shown test cases',
    all: 'All',
    /** How a case stands. */
    standings: {
      'not-run': 'Not run',
      queued: 'Waiting',
      running: 'Running',
      passed: 'Passed',
      'expected-error': 'Failed as expected',
      failed: 'Failed',
      error: 'Error',
      skipped: 'Skipped',
      stopped: 'Stopped',
      'not-runnable': 'Not runnable',
    },
    testMode: 'Test mode',
    testModeAbout:
      'As aio app test runs them: workers see WORKER_TEST_MODE and files in place of URLs, one case after the other.',
    runAll: 'Run all',
    runShown: 'Run shown',
    stop: 'Stop',
    run: 'Run',
    runNamed: (key: string) => `Run ${key}`,
    progress: (done: number, total: number, bad: number) =>
      `${number.format(done)} of ${number.format(total)}${bad === 0 ? '' : `, ${number.format(bad)} failed`}`,
    progressName: 'Test cases that have run',
    begun: 'Test cases are running.',
    quarters: (quarters: 1 | 2 | 3, total: number) =>
      `${{ 1: 'A quarter', 2: 'Half', 3: 'Three quarters' }[quarters]} of ${countOfCases(total)} done.`,
    done: (total: number, bad: number) =>
      `${countOfCases(total)} done, ${bad === 0 ? 'all as expected' : `${number.format(bad)} failed`}.`,
    goThrough: (bad: number) =>
      bad === 1 ? 'Look at the one that failed' : `Look at the ${number.format(bad)} that failed`,
    shown: (shown: number, total: number) =>
      shown === total ? countOfCases(total) : `${number.format(shown)} of ${countOfCases(total)}`,
    noneShown: 'No test case is like that.',
    showAll: 'Show all',
    accepted: (key: string) => `${key} expects the new rendition now.`,
  },
  case: {
    unknown: (key: string) => `There is no test case ${key}.`,
    failedCases: 'What failed',
    previousFailed: 'Previous failed',
    nextFailed: 'Next failed',
    position: (position: number, total: number) =>
      `${number.format(position)} of ${number.format(total)} that failed`,
    noneOfThem: (total: number) => `${countOfCases(total)} failed`,
    runAgain: 'Run again',
    run: 'Run',
    accept: 'Accept the new rendition',
    acceptQuestion: (key: string) => `Replace the expected rendition of ${key}?`,
    acceptConsequence: 'The file in test/asset-compute/ becomes the one that was made last.',
    acceptConfirm: 'Replace',
    took: (time: string) => `Took ${time}`,
    files: 'Files',
    source: 'Source',
    expected: 'Expected',
    actual: 'Actual',
    difference: 'Difference',
    expectedError: (reason: string) => `It has to fail with the reason ${reason}.`,
    noExpected: 'Nothing is expected.',
    noSource: 'It has no source.',
    noActual: 'No rendition was made.',
    notRun: 'It has not been run yet.',
    actualToCome: 'It comes once the case has run.',
    broken: 'This picture cannot be shown.',
    legend: 'The expected rendition, faint; red where the new one differs.',
    download: 'Download',
    downloadNamed: (what: string) => `Download: ${what}`,
    closer: (picture: string) => `Look closer: ${picture}`,
    pictureOf: (what: string, key: string) => `${what} of ${key}`,
    instructions: 'Instructions',
    output: 'What validate said',
    log: 'Log of the worker',
  },
  files: {
    close: 'Close',
    notShown: 'Files of this kind are not shown here. Download it.',
  },
  confirm: {
    cancel: 'Cancel',
  },
  actions: {
    title: 'Actions',
    loading: 'Asking for the actions…',
    none: 'This service has no actions.',
    lead: 'What the service runs, and what it does now. The numbers follow by themselves.',
    storage: ({ bytes, mostBytes, longestMs }: KeptObjects) => {
      const most =
        mostBytes === null ? 'as much as the disk has' : `${number.format(mostBytes / 1e9)} GB`
      const days = longestMs === null ? 'for ever' : `for ${number.format(longestMs / DAY_MS)} days`
      return `The storage has ${formatBytes(bytes)} of ${most}, and keeps what clients put there ${days}. DARKROOM_STORAGE_GB and DARKROOM_STORAGE_DAYS say otherwise.`
    },
    loadingStorage: 'Asking for the storage…',
    noStorage: 'What the storage keeps could not be asked.',
    action: 'Action',
    deployed: 'Deployed',
    own: 'Own',
    ofProject: 'Of the project',
    limits: 'Limits',
    timeout: 'Time',
    memory: 'Memory',
    concurrency: 'Concurrency',
    seconds: (seconds: number) => `${number.format(seconds)} s`,
    megabytes: (megabytes: number) => `${number.format(megabytes)} MB`,
    processes: 'Warm processes',
    noProcess: 'None',
    process: (pid: number | undefined) => (pid === undefined ? 'Process' : `Process ${pid}`),
    running: (count: number) =>
      count === 0
        ? 'idle'
        : `${number.format(count)} ${count === 1 ? 'activation' : 'activations'}`,
    memoryOf: (megabytes: number, limit: number) =>
      `${number.format(megabytes)} of ${number.format(limit)} MB`,
    unmeasured: (limit: number) => `? of ${number.format(limit)} MB`,
    memoryName: (pid: number | undefined) =>
      `Memory of process${pid === undefined ? '' : ` ${pid}`}`,
    queued: 'Queue',
    url: 'URL',
    noUrl: 'None',
    copy: 'Copy',
    copyUrl: (name: string) => `Copy the URL of ${name}`,
    copied: 'The URL is copied.',
  },
  composition: {
    whole: 'The JSON',
    view: 'How to edit the renditions',
    form: 'Form',
    json: 'JSON',
    editor: 'Renditions as JSON',
    loading: 'The editor is being loaded…',
    notLoaded: 'The editor could not be loaded; reload the page to try again.',
    keys: 'Ctrl-Space completes, F8 goes to the next problem, Tab leaves the editor.',
    problems: 'Problems',
    problemAt: (line: number, column: number, message: string) =>
      `Line ${line}, column ${column}: ${message}`,
    unreadable: 'The form cannot show this JSON. Mend it here:',
    editJson: 'Edit the JSON',
    none: 'No renditions yet.',
    add: 'Add a rendition',
    table: 'Renditions',
    columns: {
      name: 'Name',
      format: 'Format',
      size: 'Size',
      tools: 'What can be done with it',
    },
    fieldsOf: (title: string) => `Fields of ${title}`,
    size: (width: string, height: string) => `${width} × ${height}`,
    any: 'any',
    quality: (quality: string) => `quality ${quality}`,
    mistakes: (count: number) => (count === 1 ? '1 mistake' : `${number.format(count)} mistakes`),
    mistakeList: 'What has to be mended',
    remarkList: 'What is worth a look',
    remarkLead: 'Worth a look:',
    moreMistakes: (count: number) => `and ${number.format(count)} more`,
    wholeMistake: 'The JSON as a whole',
    fieldOf: (title: string, field: string) => `${title}: ${field}`,
    removeAll: 'Remove all',
    removeAllTitle: 'Remove all renditions?',
    removeAllQuestion: (total: number) =>
      `All ${number.format(total)} renditions will be gone from the editor; profiles stay as they are.`,
    rendition: (position: number, name: string) =>
      name === '' ? `Rendition ${position}` : `Rendition ${position}: ${name}`,
    moveUp: (name: string) => `Move ${name} up`,
    moveDown: (name: string) => `Move ${name} down`,
    duplicate: (name: string) => `Duplicate ${name}`,
    remove: (name: string) => `Remove ${name}`,
    added: (total: number) => `Rendition ${total} was added.`,
    duplicated: (position: number) => `The copy is rendition ${position}.`,
    moved: (position: number, total: number) => `It is number ${position} of ${total} now.`,
    removed: (total: number) => `Removed; ${total} ${total === 1 ? 'is' : 'are'} left.`,
    addInstruction: 'Add an instruction…',
    addInstructionTo: (title: string) => `Add an instruction to ${title}`,
    searchInstruction: 'Search the instructions',
    instructions: 'Instructions',
    removeInstruction: (name: string) => `Remove ${name}`,
    usually: (value: string) => `Usually ${value}.`,
    between: (least: number | undefined, most: number | undefined) => {
      if (least === undefined) return most === undefined ? '' : `At most ${most}.`
      return most === undefined ? `At least ${least}.` : `From ${least} to ${most}.`
    },
    doubled: (name: string) =>
      `${JSON.stringify(name)} is written more than once here; only the last one would count.`,
    tooDeep: 'This is nested deeper than anything can mean.',
    noJson: 'This is not JSON.',
    /** By the names that jsonc-parser has for what is wrong. */
    syntax: {
      InvalidSymbol: 'This is no value of JSON; a text must be in "double quotes".',
      InvalidNumberFormat: 'This is no number of JSON.',
      PropertyNameExpected: 'Here must be the name of a field, in "double quotes".',
      ValueExpected: 'Here must be a value.',
      ColonExpected: 'Here must be a colon.',
      CommaExpected: 'Here must be a comma.',
      CloseBraceExpected: 'Here must be a closing brace.',
      CloseBracketExpected: 'Here must be a closing bracket.',
      EndOfFileExpected: 'Here the JSON must end.',
      InvalidCommentToken: 'JSON has no comments.',
      UnexpectedEndOfComment: 'JSON has no comments.',
      UnexpectedEndOfString: 'This text must end with a double quote.',
      UnexpectedEndOfNumber: 'This number must go on.',
      InvalidUnicode: 'After \\u must be four hexadecimal digits.',
      InvalidEscapeCharacter: 'After a backslash must be one of " \\ / b f n r t u.',
      InvalidCharacter: 'This character must be written as an escape, such as \\n.',
    },
  },
  composer: {
    title: 'New job',
    lead: 'Add tasks, each with the files of those before it, and send the job; or copy it as a program.',
    loading: 'Loading what jobs can be made of…',
    editor: 'Job as JSON',
    view: 'How to edit the job',
    start: 'Start from',
    templates: {
      convert: { title: 'Convert a file', sentence: 'One file in another format.' },
      pages: {
        title: 'Pages of a PDF to pictures',
        sentence: 'A PNG of each page; of several, in a ZIP.',
      },
      thumbnail: { title: 'Thumbnail of a URL', sentence: 'A small picture of a file elsewhere.' },
      zip: { title: 'ZIP of several files', sentence: 'All in one archive.' },
      merge: { title: 'Merge to one PDF', sentence: 'PDFs and pictures, one after the other.' },
      mark: { title: 'Mark a picture', sentence: 'A text over it, and then as small as it goes.' },
    },
    tasks: 'Tasks',
    makers: {
      caption: (operation: string) => `What makes the formats of ${operation}`,
      from: 'From',
      to: 'To',
      by: 'Made',
      any: 'any',
      embedded: 'comes with npm ci',
      with: (programs: readonly string[]) => `with ${programs.join(' and ')}`,
      some: (programs: readonly string[]) =>
        `comes with npm ci; some formats with ${programs.join(', ')}`,
      pair: (from: string, to: string) => `${from} → ${to}`,
      unknown: 'not among the formats of this machine',
    },
    noTasks: 'This job has no tasks yet.',
    addTask: 'Add a task',
    searchOperations: 'Search operations',
    groups: { import: 'Import', make: 'Make', export: 'Export' },
    addOption: 'Add an option',
    addOptionTo: (name: string) => `Add an option to ${name}`,
    searchOptions: 'Search options',
    name: 'Name',
    remove: (name: string) => `Remove ${name}`,
    removed: (name: string) => `${name} was removed.`,
    added: (name: string) => `${name} was added.`,
    inputs: 'Input',
    noInputs: 'There is no task before it that has files.',
    inputNumber: (position: number) => `number ${position}`,
    uploads: {
      choose: 'Choose files…',
      chooseFor: (name: string) => `Choose files for ${name}`,
      drop: 'or drop them here; each further one gets a task of its own.',
      none: 'No file chosen yet.',
      remove: (name: string) => `Do without ${name}`,
      folders: 'A folder cannot be sent; drop the files in it.',
    },
    job: 'The job itself',
    startOver: 'Start over…',
    startOverTitle: 'Start over?',
    startOverQuestion: 'All tasks of this draft will be gone.',
    startOverConfirm: 'Start over',
    replaceTitle: 'Replace the draft?',
    replaceQuestion: 'There is a draft already. All of its tasks will be gone.',
    replaceConfirm: 'Replace',
    send: 'Send',
    sending: 'It is being sent…',
    /** Why it cannot be sent, or what Send does then. */
    hindrances: {
      offline: 'The service does not answer.',
      unreadable: 'The JSON is not right yet.',
      tasks: 'Add a task first.',
    },
    unfilled: (count: number) =>
      count === 1
        ? 'One thing is not right yet:'
        : `${number.format(count)} things are not right yet:`,
    ofJob: (field: string) => `The job itself: ${field}`,
    file: 'file',
    noFile: (name: string) => `Choose a file for ${name} first.`,
    keys: 'Ctrl + Enter, or ⌘ Enter',
    refused: 'The service has refused the job; what is wrong stands where it is.',
    notUploaded: (file: string, why: string) => `${file} could not be sent: ${why}`,
    reopened: 'This is a copy of the job; files that were uploaded have to be chosen again.',
    hidden: (names: readonly string[]) =>
      `What is secret is not shown, so it has to be entered again: ${names.join(', ')}.`,
    tag: 'Any text by which the job can be found.',
    webhookUrl: 'Which URL is told of its end.',
    operation: 'What the task does.',
    input: 'The task whose files it takes; or several, in their order.',
    noJob: 'A job is an object with "tasks", an object of objects.',
    wrongName: 'The name of a task must be of letters, digits, - and _.',
    takenName: (name: string) => `There is a task ${name} already.`,
    noOperation: 'operation is missing; it says what the task does.',
    unknownOperation: (operation: string, nearest: string | undefined, known: readonly string[]) =>
      nearest === undefined
        ? `operation must be one of ${known.join(', ')}, but it is ${JSON.stringify(operation)}.`
        : `There is no operation ${JSON.stringify(operation)}; did you mean ${nearest}?`,
    noInput: 'Choose the task whose files it takes.',
    strayInput: (field: string, name: string, nearest: string | undefined) =>
      `${field} must name tasks of this job, but there is no task ${JSON.stringify(name)}${nearest === undefined ? '.' : `; did you mean ${nearest}?`}`,
  },
  api: {
    title: 'API',
    lead: 'Every call of the jobs API, to be tried as the user at this machine; no key is needed here.',
    document: 'The document it is made of',
    loading: 'Loading what the API has…',
    search: 'Search calls',
    none: 'No call is called so.',
    parameters: 'Parameters',
    body: 'Body',
    bodyOf: (call: string) => `Body of ${call}`,
    file: 'File',
    chooseFile: 'Choose a file…',
    noFile: 'No file chosen yet.',
    send: 'Send',
    stop: 'Stop',
    sending: 'Waiting for the answer…',
    answerTo: (call: string) => `Answer to ${call}`,
    took: (time: string) => `after ${time}`,
    headers: 'Headers',
    noBody: 'It has no body.',
    notShown: (type: string, size: string) =>
      `${size} of the type ${type}, which is not shown here.`,
    failed: (why: string) => `There is no answer: ${why}`,
    stopped: 'It was stopped.',
    missing: (name: string) => `${name} is missing.`,
    copy: 'Copy as curl',
    curl: {
      title: 'The call as a shell snippet',
      about:
        'Paste it into a terminal while the service runs. It takes bash (on Windows that of Git) and curl.',
    },
    noJson: 'The body must be JSON.',
  },
  choose: { none: 'Nothing is called so.' },
  dictionary: {
    name: (position: number) => `Name ${position}`,
    value: (position: number) => `Value ${position}`,
    namePlaceholder: 'Name',
    valuePlaceholder: 'Value',
    add: 'Add a name',
    remove: (name: string) => (name === '' ? 'Remove the nameless' : `Remove ${name}`),
  },
  rendition: {
    way: 'Renditions of this request',
    previous: 'Previous',
    next: 'Next',
    position: (position: number, total: number) =>
      `${number.format(position)} of ${number.format(total)}`,
    unknown: 'This request has no such rendition.',
    file: 'What was made',
    facts: 'Facts',
    format: 'Format',
    pixels: 'Pixels',
    size: 'Size',
    time: 'Time',
    worker: 'Worker',
    source: 'Source',
    sourceNamed: (name: string) => `${name} (source)`,
    saveCase: 'Save as test case…',
    inside: 'Look inside',
    noFile: {
      queued: 'It waits for its worker.',
      running: 'It is being made.',
      created: 'Its file is not there any more.',
      failed: 'Nothing was made.',
      stopped: 'It was stopped before its end.',
    },
  },
  media: {
    unplayable: (name: string) => `This browser does not play ${name}; download it.`,
  },
  font: {
    loading: 'Loading the font…',
    unreadable: (name: string) => `This browser cannot read the font ${name}; download it.`,
    sample:
      'The quick brown fox jumps over the lazy dog. Zwölf Boxkämpfer. Voix ambiguë. Ζαφείρι. Съешь. 0123456789 €$£ &@!?',
  },
  zoom: {
    bar: 'Zoom',
    fit: 'Fit',
    actual: '1:1, one pixel for one of the screen',
    in: 'Zoom in',
    out: 'Zoom out',
    stage: (name: string) => `Picture ${name}`,
    keys: 'The arrow keys move the picture, plus and minus zoom, 0 fits it, 1 shows pixel for pixel.',
    compare: 'Compare with',
    nothing: 'Nothing',
    ways: 'How they are compared',
    slider: 'Slider',
    beside: 'Side by side',
    difference: 'Difference, × 4',
    sides: (before: string, after: string) => `${before} on the left, ${after} on the right`,
    split: (percent: number, before: string) => `${percent} percent ${before}`,
    unreadable: 'The browser cannot show this picture.',
  },
  fileText: {
    loading: 'Loading the file…',
    empty: 'The file is empty.',
    numbers: 'Line numbers',
    cut: (shown: string, size: string) => `The first ${shown} of ${size}; download it to see all.`,
    noXml: 'This is no well-formed XML, so it is shown as text.',
    notThere: (status: number) => `The file cannot be shown: the service answered ${status}.`,
  },
  tree: { unfoldAll: 'Expand all', foldAll: 'Collapse all' },
  archive: {
    loading: 'Loading the entries…',
    caption: (entries: number, size: string) =>
      `${entries === 1 ? '1 entry' : `${number.format(entries)} entries`}, ${size} unpacked`,
    path: 'Path',
    size: 'Size',
    compressed: 'Compressed',
  },
  inspection: {
    request: 'Request',
    event: 'Event',
    logs: 'Logs',
    timings: 'Timings',
    noEvent: 'The journal has no event of it yet.',
    noLogs: 'No activation has ended yet; its logs come then.',
  },
  log: {
    of: (action: string) => `Log of ${action}`,
    loading: 'Loading the log…',
    empty: 'It printed nothing.',
    /** What the lines of activations are told apart by. */
    ofActivation: {
      short: 'Of the worker',
      all: 'All lines',
      noneShort: 'The worker itself printed nothing.',
    },
    choices: (log: string) => `${log}: which lines are shown`,
    search: 'Search the log',
    noneFound: 'No line has that in it.',
    found: (count: number) =>
      count === 1 ? '1 line found' : `${number.format(count)} lines found`,
    rest: (count: number) =>
      `${number.format(count)} more lines are not shown; search for what you look for, or copy them.`,
    telling: 'This line tells why.',
    copy: 'Copy',
    copied: (count: number) =>
      count === 1 ? 'The line is copied.' : `${number.format(count)} lines are copied.`,
    notCopied: (why: string) => `They could not be copied (${why}).`,
  },
  timings: {
    none: 'Nothing has been measured yet.',
    steps: {
      wait: 'Waiting',
      queue: 'Queue',
      download: 'Download',
      render: 'Render',
      run: 'Action',
      upload: 'Upload',
      transfer: 'Transfer by the service',
      event: 'Event',
      pack: 'ZIP',
    },
    rest: (count: number) =>
      `${number.format(count)} more ${count === 1 ? 'is' : 'are'} not drawn.`,
    bar: (step: string, start: string, duration: string) =>
      `${step}: ${duration}, from ${start} on`,
    cell: (duration: string, start: string) => `${duration} (at ${start})`,
    asTable: 'As a table',
    caption: 'How long each step took, and when it began after the request was sent',
    rendition: 'Rendition',
  },
  failure: {
    title: (reason: string) => (reason === '' ? 'It failed' : `It failed: ${reason}`),
    line: (line: number) => `Line ${number.format(line)} of the log:`,
    showLine: 'Show it in the log',
    reasons: {
      SourceCorrupt: {
        meaning: 'The source is damaged: it ends too early, or what is in it cannot be decoded.',
        remedy: 'Open it in a program that is strict about it, or export it once more.',
      },
      SourceUnsupported: {
        meaning: 'This source cannot be read, whole as it may be.',
        remedy:
          'The sentence says why: the worker takes no such files, or this one is too large, encrypted or of a variant that is not supported.',
      },
      SourceFormatUnsupported: {
        meaning: 'The worker cannot read sources of this type.',
        remedy: 'Choose another source, or a worker that takes this type.',
      },
      RenditionFormatUnsupported: {
        meaning: 'The worker cannot make renditions of this format.',
        remedy: 'Change fmt in the instructions, or name the worker that makes it.',
      },
      RenditionTooLarge: {
        meaning: 'The rendition is larger than its target takes.',
        remedy: 'Ask for fewer pixels or a lower quality, or give its target more parts.',
      },
      GenericError: {
        meaning:
          'None of the known reasons: an instruction is wrong, or something went wrong in the worker.',
        remedy: 'The sentence and the log say what.',
      },
    },
    otherReason: {
      meaning: 'This is a reason that the worker has made up.',
      remedy: 'The sentence and the log say what it means.',
    },
  },
  copyAs: {
    title: 'Copy as',
    curl: {
      button: 'curl',
      title: 'The request as a shell snippet',
      about:
        'Paste it into a terminal in the folder of the files, while the service runs. It takes bash (on Windows that of Git) and curl, and writes to renditions/.',
    },
    client: {
      button: 'Client code',
      title: 'The request with @adobe/asset-compute-client',
      about:
        'Save it as renditions.mjs in the folder of the files; its first lines say how it is run. It writes to renditions/.',
    },
    params: {
      button: 'Test case',
      title: 'The rendition as params.json of a test case',
      about:
        'It goes into a folder in test/asset-compute/ACTION/, beside the source as file.*. "Save as test case…" writes all of it.',
    },
    job: {
      curl: {
        button: 'curl',
        title: 'The job as a shell snippet',
        about:
          'Paste it into a terminal in the folder of the files, while the service runs. It takes bash (on Windows that of Git) and curl, and writes to files/.',
      },
      node: {
        button: 'Node',
        title: 'The job with cloudconvert of npm',
        about:
          'Save it as job.mjs in the folder of the files; its first lines say how it is run. It writes to files/.',
      },
      python: {
        button: 'Python',
        title: 'The job with cloudconvert of PyPI',
        about:
          'Save it as job.py in the folder of the files; its first lines say how it is run. It writes to files/.',
      },
      php: {
        button: 'PHP',
        title: 'The job with cloudconvert/cloudconvert-php',
        about:
          'Save it as job.php in the folder of the files; its first lines say how it is run. It writes to files/.',
      },
      fusion: {
        button: 'Fusion',
        title: 'The job as modules of Workfront Fusion',
        about:
          'The modules and what is filled into their fields. Fusion runs in a cloud, which has to reach this service: docs/jobs-api.md tells how.',
      },
      fill: (placeholders: readonly string[]) =>
        `What is secret, and files that were not chosen, are left out: fill in ${placeholders.join(', ')}.`,
      none: 'It can be copied once it has a task.',
    },
    copied: 'It is on the clipboard.',
    notCopied: (why: string) => `It could not be put on the clipboard (${why}); select it here.`,
    again: 'Copy again',
    close: 'Close',
  },
  /** What of the pictures is said before their views are loaded. */
  exports: {
    loading: 'Asking for the exports…',
    notLoaded: 'This view could not be loaded; reload the page to try again.',
    gone: 'It has been deleted.',
    titled: (job: number) => `Export ${job}`,
  },
  images: {
    folders: (names: readonly string[]) =>
      `${names.length === 1 ? `“${names[0]}” is a folder` : `${names.map((name) => `“${name}”`).join(', ')} are folders`}; only files can be assets. Drop the files in it.`,
    ways: 'Views of pictures',
    images: 'Catalogue',
    image: 'URL lab',
    presets: 'Presets',
    loading: 'Asking for the assets…',
    notLoaded: 'This view could not be loaded; reload the page to try again.',
  },
  saveCase: {
    title: 'Save as test case',
    about:
      'The source, the instructions and this rendition as the expected one become a test case.',
    action: 'Action',
    name: 'Name',
    place: (action: string, name: string) => `test/asset-compute/${action}/${name}/`,
    save: 'Save',
    cancel: 'Cancel',
    close: 'Close',
    written: (action: string, name: string) =>
      `The test case was written to test/asset-compute/${action}/${name}/.`,
    look: 'Look at the test case',
  },
} as const
