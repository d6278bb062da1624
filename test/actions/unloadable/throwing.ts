console.log('loading')
throw new Error('no licence for today')
