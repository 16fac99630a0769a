// Chrome 80 lacks it, and the encryption asks for it while it is loaded.
if (!Object.hasOwn) Object.hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key)
