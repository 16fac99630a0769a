// The text of a cell that was read byte by byte: UTF-8, as most programs write it, or Windows-1252, as Excel on Windows saves a CSV.
// Whatever is valid UTF-8 is UTF-8; a name in the other would hardly ever be.
export function textIn(bytes: string): string {
  if (!/[\x80-\xff]/.test(bytes) || /[\u0100-\uffff]/.test(bytes)) return bytes
  try {
    return utf8.decode(Buffer.from(bytes, 'latin1'))
  } catch {
    return bytes.replace(/[\x80-\x9f]/g, (sign) => OF_WINDOWS[sign.charCodeAt(0) - 0x80]!)
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

// 80 to 9F; the rest is as in Unicode. Node's own decoder of that name leaves these as they are.
const OF_WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
