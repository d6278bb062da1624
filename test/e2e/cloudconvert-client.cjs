'use strict'
/** Makes the client as its README tells in JavaScript, where a region is a text; its types allow nothing but null. */
const CloudConvert = require('cloudconvert')

exports.createClient = (key, region) => new CloudConvert(key, false, region)
