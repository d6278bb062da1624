/** Commands of Adobe's server that cannot be done here, and what to do instead; a request that has one is refused. */
export const REFUSED_COMMANDS: Readonly<Record<string, string>> = {
  textPs: 'texts are set by text= alone',
  textPath: 'texts are set on straight lines alone, turned by textAngle',
  pathAttr: 'texts are set on straight lines alone, turned by textAngle',
}

/** Commands of Adobe's server that are taken and change nothing, and why. */
export const IGNORED_COMMANDS: Readonly<Record<string, string>> = {
  clipPathE: 'paths of Photoshop are not read, and a path that is not found counts for nothing',
  clipXPathE: 'paths of Photoshop are not read, and a path that is not found counts for nothing',
  cropPathE: 'paths of Photoshop are not read, and a path that is not found counts for nothing',
  textFlowXPath: 'it is for textPs alone; textFlowPath is the rectangle that a text flows into',
  map: 'areas that can be clicked belong to viewers, and change no picture',
  type: 'it chooses a viewer, and changes no picture',
}
