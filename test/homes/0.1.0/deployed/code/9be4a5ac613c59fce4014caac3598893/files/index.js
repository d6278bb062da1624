function main({ greeting, name }) { return { said: greeting + ", " + name } }
;module.exports = { main: (() => {
  try { return main } catch (error) {
    if (error.name === 'ReferenceError') return module.exports.main || exports.main
    throw error
  }
})() }
